internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// A removal of which everything is attached and nothing recorded yet.
struct RemovalDraft {
  let release: VersionedName
  let basis: Basis
  let reasonClass: ReasonClass
  /// The matches and filters that are recorded; `chosen` comes after them.
  let sources: [SourceTally]
  /// The choice of rows that no event chose yet.
  let chosen: FilterCompleted?
  let tally: Tally
  let explainedRows: UInt64?
  let set: SetReference
}

extension Session {
  /// What recording a removal gave.
  package struct RemovalRecorded: Sendable {
    /// The choice of the rows that no event had chosen.
    package let filter: Recorded?
    package let union: Recorded
    package let removal: Recorded

    /// All of them, in the order of the log.
    package var all: [Recorded] { (filter.map { [$0] } ?? []) + [union, removal] }
  }

  /// Records the choice, the union and the removal of a draft.
  func record(
    _ draft: RemovalDraft, causes: [EventID] = [], attempt: Attempt,
    in transaction: inout Ledger.Transaction
  ) throws -> RemovalRecorded {
    var sources = draft.sources
    var filter: Recorded?
    if let chosen = draft.chosen {
      let recorded = try record(
        .filterCompleted(chosen), signers: attempt.signers, attempt: attempt, in: &transaction)
      sources.append(SourceTally(event: recorded.receipt.id, tally: chosen.matched))
      filter = recorded
    }
    let union = try record(
      .unionComputed(
        .init(
          release: draft.release, sources: sources, minus: [], union: draft.tally,
          explainedRows: draft.explainedRows, set: draft.set)),
      signers: attempt.signers, attempt: attempt, in: &transaction)
    let removal = try record(
      .removalDecided(
        .init(
          release: draft.release, basis: draft.basis, reasonClass: draft.reasonClass,
          union: union.receipt.id, removed: draft.tally, explainedRows: draft.explainedRows)),
      signers: attempt.signers, causes: causes, attempt: attempt, in: &transaction)
    return RemovalRecorded(filter: filter, union: union, removal: removal)
  }

  /// A choice of rows as a filter: sealed, for it would say which they are.
  func filter(
    of keys: EntrySet, saying text: String, _ release: VersionedName, attempt: Attempt,
    secrets: SecretDirectory
  ) throws -> FilterCompleted {
    FilterCompleted(
      release: release,
      filter: try attachSealed(
        Array(text.utf8), mediaType: "text/plain", kind: .filterCompleted, field: "filter",
        attempt: attempt, secrets: secrets),
      scannedRows: try self.release(release).publication.tally.rows,
      matched: Tally(
        keys: UInt64(keys.count), rows: try rows(of: keys.members, in: release)),
      set: try sealSet(keys.members, kind: .filterCompleted, attempt: attempt, secrets: secrets))
  }
}
