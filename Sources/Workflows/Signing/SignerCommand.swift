internal import Files
package import LedgerCrypto

/// A program that holds a private key and signs with it: a hardware module, an agent, another host.
///
/// Run by `/bin/sh -c`, as typed. It finds on standard input what is to be signed (DSSE's PAE,
/// with Ed25519 itself, not a hash of it), and writes 64 raw bytes to standard output. It has two
/// minutes, so that somebody can touch a token or type a PIN.
package struct SignerCommand: Sendable {
  package let text: String
  let seconds: Double
  let isCancelled: @Sendable () -> Bool

  package init(
    _ text: String, seconds: Double = 120, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.text = text
    self.seconds = seconds
    self.isCancelled = isCancelled
  }

  /// The signature of `message` by the private half of `key`, checked.
  package func sign(_ message: [UInt8], as key: VerifyingKey) throws -> [UInt8] {
    let outcome: Subprocess.Outcome
    do throws(Subprocess.Failure) {
      outcome = try Subprocess.run(
        "/bin/sh", ["-c", text], input: message,
        scratch: Directory.temporary, maximumOutput: 64,
        seconds: seconds, isCancelled: isCancelled)
    } catch {
      throw failure(error)
    }
    guard outcome.code == 0 else {
      let said =
        String(decoding: outcome.errors, as: UTF8.self)
        .split(whereSeparator: \.isNewline).last.map { ", saying: \($0)" } ?? ""
      throw WorkflowFailure.signerFailed(
        "The signer command ended with code \(outcome.code)\(said); run it by itself with 64 bytes or more on standard input to see why."
      )
    }
    guard outcome.output.count == 64 else {
      throw WorkflowFailure.signerFailed(
        "The signer command wrote \(outcome.output.count.of("byte")) and an Ed25519 signature has 64, raw; write nothing else to standard output."
      )
    }
    guard key.verifies(outcome.output, of: message.span) else {
      throw WorkflowFailure.signerFailed(
        "What the signer command wrote is not a signature by the key \(key.id.hex) over its standard input; let it sign that, unhashed, with that key."
      )
    }
    return outcome.output
  }

  private func failure(_ failure: Subprocess.Failure) -> any Error {
    switch failure {
    case .notStarted(let code):
      WorkflowFailure.signerFailed(
        "The shell for the signer command could not be started (error \(code)); see whether /bin/sh is there."
      )
    case .tooSlow(let seconds):
      WorkflowFailure.signerFailed(
        "The signer command did not end within \(Int(seconds).of("second")) and was stopped; see what it waits for, and run this again."
      )
    case .tooMuchOutput(let limit):
      WorkflowFailure.signerFailed(
        "The signer command wrote more than \(limit.of("byte")), which is what an Ed25519 signature has; write the raw signature alone."
      )
    case .cancelled: WorkflowFailure.cancelled
    case .file(let failure): failure
    }
  }
}
