internal import CanonicalJSON
package import Files
package import LedgerCrypto
package import Provenance

/// A file of statements on their way to their signers.
///
/// One a line, each the payload's canonical bytes or, once somebody signed, the DSSE envelope. With one
/// statement there is no line end, so that the file is exactly what `openssl` and others hash and sign
/// around.
package enum StatementFile {
  /// The most bytes of such a file: 256 statements of the largest size.
  package static let maximum = 256 * (Entry.maximumSize + 1)

  package static func write(_ drafts: [PartlySigned], to target: OutputTarget) throws {
    try target.write(bytes(of: drafts))
  }

  package static func bytes(of drafts: [PartlySigned]) -> [UInt8] {
    Array(drafts.map(\.bytes).joined(separator: [0x0a]))
  }

  /// Reads statements strictly, but for line ends, which an editor or a mail may have added, and
  /// envelopes in any spelling: one a line, or one in the file.
  ///
  /// - Parameters:
  ///   - bytes: of the file.
  ///   - keys: the public keys that are known, by which signatures without a keyid are found.
  /// - Returns: the statements in their order.
  /// - Throws: ``WorkflowFailure`` or what is wrong with one of them.
  package static func parse(
    _ bytes: [UInt8], keys: (Digest) -> VerifyingKey? = { _ in nil }
  ) throws -> [PartlySigned] {
    var lines = bytes.split(separator: 0x0a)
      .map { $0.last == 0x0d ? $0.dropLast() : $0 }
      .filter { !$0.isEmpty }
    if lines.count > 1, (try? JSON(parsing: Array(lines[0]))) == nil { lines = [bytes[...]] }
    guard !lines.isEmpty else { throw WorkflowFailure.noStatement }
    guard lines.count <= 256 else {
      throw WorkflowFailure.badInput(
        "The file holds \(lines.count.of("statement")) and at most 256 go together; split it.")
    }
    return try lines.map { line in
      let line = Array(line)
      guard let json = try? JSON(parsing: line), EnvelopeSpelling.isEnvelope(json) else {
        return try PartlySigned(bytes: line)
      }
      return try EnvelopeSpelling.draft(json, keys: keys)
    }
  }

  /// The same; the ledger's keys tell whose a signature without a keyid is.
  package static func parse(_ bytes: [UInt8], _ view: LedgerView) throws -> [PartlySigned] {
    try parse(bytes) { view.state.authority.keys[$0]?.publicKey }
  }

  package static func read(_ path: String) throws -> [PartlySigned] {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try parse(try WholeInput.read(path, maxBytes: maximum))
  }
}
