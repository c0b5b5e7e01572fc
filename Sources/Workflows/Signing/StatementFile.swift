internal import Files
internal import LedgerCrypto
package import Provenance

/// A file of statements on their way to their signers.
///
/// One a line, each the payload's canonical bytes or, once somebody signed, the DSSE envelope. With one statement there is no line end, so that the
/// file is exactly what `openssl` and others hash and sign around.
package enum StatementFile {
  /// The most bytes of such a file: 256 statements of the largest size.
  package static let maximum = 256 * (Entry.maximumSize + 1)

  package static func write(_ drafts: [PartlySigned], to path: String) throws {
    try AtomicFile.write(bytes(of: drafts), to: path)
  }

  package static func bytes(of drafts: [PartlySigned]) -> [UInt8] {
    Array(drafts.map(\.bytes).joined(separator: [0x0a]))
  }

  /// Reads strictly, but for line ends, which an editor or a mail may have added.
  package static func parse(_ bytes: [UInt8]) throws -> [PartlySigned] {
    let lines = bytes.split(separator: 0x0a)
      .map { $0.last == 0x0d ? $0.dropLast() : $0 }
      .filter { !$0.isEmpty }
    guard !lines.isEmpty else {
      throw WorkflowFailure.badInput(
        "The file holds no statement; write one with --unsigned.")
    }
    guard lines.count <= 256 else {
      throw WorkflowFailure.badInput(
        "The file holds \(lines.count.of("statement")) and at most 256 go together; split it.")
    }
    return try lines.map { try PartlySigned(bytes: Array($0)) }
  }

  package static func read(_ path: String) throws -> [PartlySigned] {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try parse(try WholeInput.read(path, maxBytes: maximum))
  }
}
