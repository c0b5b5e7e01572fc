internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// What leaves a release in one cleaning, and what comes back.
struct LeavingBatch {
  let parent: VersionedName
  let pending: Pending
  /// Of all that leaves, decoys included.
  let removed: Tally
  /// The keys that come back.
  let returned: EntrySet
}

extension Session {
  /// What cleaning would do now.
  package struct CleaningPlan: Sendable {
    /// Decoys included.
    package let removed: Tally
    /// Keys that come back, with the rows that they had.
    package let returned: Tally
    /// Whether the list of what leaves could be shown.
    package let disclosure: Disclosure
    /// Where it could not: a number of decoys with which it could; `nil` when no number would do.
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
    let pending = try pending(release, secrets: try secrets())
    let batch = try batch(
      of: release, count.map { try diluted(pending, by: $0, release) } ?? pending)
    let disclosure = try disclosure(of: batch)
    return CleaningPlan(
      removed: batch.removed,
      returned: Tally(
        keys: UInt64(batch.returned.count),
        rows: try batch.returned.count == 0
          ? 0 : lastRows(of: batch.returned.members, before: release)),
      disclosure: disclosure,
      decoysNeeded: try disclosure == .sealed ? decoysNeeded(release, pending) : nil)
  }

  /// Adds `count` decoys to what is pending.
  ///
  /// - Throws: ``WorkflowFailure/stillShown(_:)`` when the list could not be shown with them either:
  ///   they would go for nothing.
  func diluted(
    _ pending: Pending, by count: UInt64, _ release: VersionedName
  ) throws -> Pending {
    var diluted = pending
    diluted.decoys = try drawDecoys(count, of: release, beside: pending)
    guard try disclosure(of: batch(of: release, diluted)) == .open else {
      throw WorkflowFailure.stillShown(release)
    }
    return diluted
  }

  /// What would leave and come back, by the indexes.
  private func batch(of release: VersionedName, _ pending: Pending) throws -> LeavingBatch {
    let source = try index(of: release).source
    // Keys that left before are not there.
    let there = try pending.leaving.members.filter { try source.holds($0) }
    // What was decided on the release itself is there: nothing decides on keys that it lacks.
    let isHere = pending.returned.isEmpty && pending.decisions.allSatisfy { $0.release == release }
    guard !isHere || there.count == pending.leaving.count else {
      throw WorkflowFailure.indexDiffers(release)
    }
    return LeavingBatch(
      parent: release, pending: pending,
      removed: Tally(keys: UInt64(there.count), rows: try rows(of: there, in: release)),
      returned: try returning(pending, to: release))
  }

  /// Whether the list of what leaves may be shown.
  ///
  /// By the rule under which the release is admitted; beyond it, by what else is public and what was
  /// decided as illegal elsewhere.
  func disclosure(of batch: LeavingBatch) throws -> Disclosure {
    let isDilute = try ledger.state.isDilute(
      removed: batch.removed, from: batch.parent, by: batch.pending.figures(of: batch.parent),
      returned: batch.pending.returned)
    guard isDilute else { return .sealed }
    let list = ListedRows(
      parent: batch.parent, removed: batch.pending.leaving, added: batch.returned)
    return try mayProve(list) ? .open : .sealed
  }

  /// A number of decoys with which the list of what leaves could be shown; `nil` when none would do.
  ///
  /// It follows from counts that the log has, as long as there are as many rows to draw.
  private func decoysNeeded(_ release: VersionedName, _ pending: Pending) throws -> UInt64? {
    let state = try ledger.state
    let illegal = pending.decisions.filter { $0.reasonClass == .illegal }
      .reduce(0) { $0 + $1.removed.keys }
    let most = try self.release(release).publication.tally.keys
    let (least, overflow) = illegal.multipliedReportingOverflow(by: state.minimumDilution - 1)
    do {
      let wanted = try decoysWanted(release, pending)
      for count in [overflow ? most : least, wanted] where (1...max(1, most)).contains(count) {
        do {
          _ = try diluted(pending, by: count, release)
          return count
        } catch WorkflowFailure.tooFewRows, WorkflowFailure.stillShown {
          continue
        }
      }
      return nil
    } catch WorkflowFailure.nothingToDilute, WorkflowFailure.tooManyToDilute {
      return nil
    }
  }
}
