import Files
import Foundation
import LedgerCrypto
import Testing
import Workflows

@Suite struct `A signer command` {
  private let key = SigningKey(seed: [UInt8](repeating: 7, count: 32))!
  private let message = Array("DSSEv1 what is signed".utf8)

  /// A command that writes what the test made, whatever it reads.
  private func writing(_ bytes: [UInt8], _ rest: String = "") throws -> String {
    let octal = bytes.map { String($0, radix: 8) }
      .map { "\\0" + String(repeating: "0", count: 3 - $0.count) + $0 }
    return "printf '%b' '\(octal.joined())'\(rest)"
  }

  private func refusal(
    _ text: String, seconds: Double = 60, isCancelled: Bool = false
  ) -> String {
    do {
      _ = try SignerCommand(text, seconds: seconds, isCancelled: { isCancelled }).sign(
        message, as: key.verifyingKey)
      return "it signed"
    } catch { return "\(error)" }
  }

  @Test func `signs what it finds on standard input`() throws {
    let signature = try key.sign(message.span)
    let directory = NSTemporaryDirectory() + "winnow-signer-\(UUID().uuidString)"
    try Directory.make(directory)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let command = SignerCommand(
      "cat > '\(directory)/message' && \(try writing(signature))")
    #expect(try command.sign(message, as: key.verifyingKey) == signature)
    #expect(try OpenFile.readAll("\(directory)/message", maxBytes: 4096) == message)
  }

  @Test func `may talk without end on standard error, and leave something running`() throws {
    let signature = try key.sign(message.span)
    let command = SignerCommand(
      "head -c 1000000 /dev/zero >&2; sleep 600 & \(try writing(signature))")
    #expect(try command.sign(message, as: key.verifyingKey) == signature)
  }

  @Test func `takes a message of any size of a statement`() throws {
    let long = [UInt8](repeating: 0x61, count: 65_535)
    let signature = try key.sign(long.span)
    let command = SignerCommand(
      "test $(wc -c) = 65535 && \(try writing(signature))")
    #expect(try command.sign(long, as: key.verifyingKey) == signature)
  }

  @Test func `that signs with another key, or something else, is refused`() throws {
    let other = SigningKey(seed: [UInt8](repeating: 8, count: 32))!
    let wrong = "is not a signature by the key \(key.verifyingKey.id.hex)"
    #expect(refusal(try writing(try other.sign(message.span))).contains(wrong))
    #expect(refusal(try writing(try key.sign((message + [0]).span))).contains(wrong))
    #expect(refusal("head -c 64 /dev/zero").contains(wrong))
  }

  @Test func `that writes too little or too much is refused`() throws {
    let signature = try key.sign(message.span)
    #expect(refusal("true").contains("wrote 0 bytes"))
    #expect(refusal(try writing(Array(signature.dropLast()))).contains("wrote 63 bytes"))
    #expect(refusal(try writing(signature, "; echo")).contains("wrote more than 64 bytes"))
    #expect(refusal("cat /dev/zero").contains("wrote more than 64 bytes"))
  }

  @Test func `that fails is quoted in one line`() {
    #expect(
      refusal("echo first >&2; echo 'no token' >&2; exit 3").hasPrefix(
        "The signer command ended with code 3, saying: no token; "))
    #expect(refusal("exit 5").hasPrefix("The signer command ended with code 5; "))
    #expect(refusal("kill -9 $$").contains("code 137"))
    #expect(refusal("/no/such/program").contains("code 127"))
    #expect(refusal("if").contains("ended with code"))
  }

  @Test func `that hangs is stopped, and so is one that is cancelled`() {
    #expect(refusal("exec sleep 600", seconds: 0.1).contains("did not end within"))
    #expect(refusal("exec sleep 600", isCancelled: true).hasPrefix("Interrupted"))
    #expect(refusal("exec yes >&2", seconds: 0.1).contains("did not end within"))
  }
}
