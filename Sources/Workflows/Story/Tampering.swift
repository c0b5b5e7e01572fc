internal import Files
internal import Foundation
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

/// Edits one byte of an entry in a copy of a ledger, as someone with write access would, and has the
/// copy verified.
struct Tampering {
  let ledger: LedgerDirectory
  let scratch: String
  /// What a watchdog remembers.
  let checkpoint: [UInt8]

  /// The sequence whose entry is edited: one that an earlier event does not depend on.
  static let sequence: UInt64 = 4

  /// The first sequence that verification names, or `nil` when it saw nothing.
  func findingSequence() throws -> UInt64? {
    try Directory.makeNew(scratch, mode: 0o700)
    defer { try? FileTree.remove(scratch) }
    let needle = try copyLedger()
    try flip(needle)
    let verdict = try Ledger.open(at: scratch, readOnly: true).verify(
      against: [try Checkpoint(parsing: SignedNote(parsing: checkpoint).text).head])
    return verdict.isIntact ? nil : verdict.firstWrong
  }

  /// Copies what verification reads; gives a stretch of the entry that is to be edited.
  private func copyLedger() throws -> [UInt8] {
    for name in ["ledger.db", "ledger.db-wal", "attachments"]
    where Directory.holds("\(ledger.path)/\(name)") {
      try FileTree.copy("\(ledger.path)/\(name)", to: "\(scratch)/\(name)")
    }
    let copy = try Ledger.open(at: scratch)
    // The one file that is then edited must hold everything.
    try copy.settle()
    guard let entry = try copy.event(at: Self.sequence)?.entry.bytes, entry.count > 200 else {
      throw WorkflowFailure.noEvent("at sequence \(Self.sequence)")
    }
    return Array(entry[100..<140])
  }

  /// Changes one letter of the entry in the database file.
  private func flip(_ needle: [UInt8]) throws {
    let path = "\(scratch)/ledger.db"
    var bytes = Data(try OpenFile.readAll(path, maxBytes: 1 << 31))
    guard let place = bytes.range(of: Data(needle)) else {
      throw WorkflowFailure.badInput(
        "The copy of the ledger does not hold the entry to edit; run the story again.")
    }
    let letter = place.lowerBound + 20
    bytes[letter] = bytes[letter] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  /// The verdict on the proof that exactly the removed rows left.
  static func transitionVerdict(
    _ place: Workplace, _ old: VersionedName, _ new: VersionedName, _ anchors: TrustAnchors
  ) throws -> Verdict {
    BundleVerifier(anchors: anchors).verify(
      try place.shelf().proveTransition(from: old, to: new))
  }
}
