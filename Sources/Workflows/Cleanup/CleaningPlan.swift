internal import Datasets
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What cleaning would do now.
  package struct CleaningPlan: Sendable {
    /// Decoys included.
    package let removed: Tally
    /// Keys that come back, with the rows that they had.
    package let returned: Tally
    /// Whether the list of what leaves could be shown.
    package let disclosure: Disclosure
    /// Where it could not: the fewest decoys with which it could; `nil` when no number would do.
    package let decoysNeeded: UInt64?
  }

  /// What cleaning `release` to `target` would remove and bring back now, with as many decoys.
  ///
  /// The files are neither read nor written, so that what only they show is not found.
  package func cleaningPlan(
    _ release: VersionedName, to target: VersionedName, decoys count: UInt64? = nil
  ) throws -> CleaningPlan {
    try checkTarget(target, of: release)
    _ = try self.release(release)
    try ledger.state.checkIsNew(target)
    var pending = try pending(release, secrets: try secrets())
    pending.decoys = try count.map { try drawDecoys($0, of: release, beside: pending) }
    let back = try returning(pending, to: release)
    let source = try index(of: release).source
    // Keys that left before are not there.
    let there = try pending.leaving.members.filter { try source.holds($0) }
    let removed = Tally(keys: UInt64(there.count), rows: try rows(of: there, in: release))
    let batch = LeavingBatch(
      parent: release, pending: pending, removed: removed, returned: back)
    let disclosure = try disclosure(of: batch)
    return CleaningPlan(
      removed: removed,
      returned: Tally(
        keys: UInt64(back.count),
        rows: try back.count == 0 ? 0 : lastRows(of: back.members, before: release)),
      disclosure: disclosure,
      decoysNeeded: try disclosure == .sealed ? decoysNeeded(batch) : nil)
  }
}
