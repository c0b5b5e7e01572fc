internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// An entry with all that follows from its bytes alone: what a row claims is compared with this.
struct ReadEntry: Sendable {
  let entry: Entry
  let leaf: Digest
  let repetition: Int64

  init(bytes: [UInt8]) throws(EventError) {
    entry = try Entry(bytes: bytes)
    leaf = TreeHash.leaf(bytes)
    repetition = entry.event.repetitionKey.prefix
  }
}

/// A row of the event table as it stands in the file, nothing of it believed.
struct EventRow: Sendable {
  let sequence: Int64?
  let id: Digest?
  let kind: [UInt8]?
  let recordedAt: Int64?
  let repetition: Int64?
  let bytes: [UInt8]?

  /// The first column that does not say what the entry says, or `nil`.
  func relabelled(against read: ReadEntry) -> String? {
    if id != read.entry.event.id.digest { return "id" }
    if kind != Array(read.entry.event.statement.body.kind.rawValue.utf8) { return "kind" }
    if recordedAt != read.entry.recordedAt.milliseconds { return "recorded_at" }
    if repetition != read.repetition { return "repetition" }
    return nil
  }
}
