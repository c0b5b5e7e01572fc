internal import LedgerStore
package import Provenance

/// How far the log is, and what is pending.
package struct LedgerStatus: Sendable {
  package let state: LedgerState
  package let founding: CharterRecord
  /// The size that the latest checkpoint covers; `nil` before the first.
  package let checkpointSize: UInt64?
  /// How far the last entry lies ahead of this clock, where it does.
  package let lead: ClockLead?
  /// Releases where cleaning goes on and something is to be applied, by name.
  package let pending: [Pending]

  /// How much of what was decided is to be applied to a release.
  package struct Pending: Sendable {
    package let release: VersionedName
    package let removals: Int
    package let reinstatements: Int
  }

  package init(of place: Workplace) throws {
    // First, so that another process cannot put a larger one in between.
    checkpointSize = try place.ledger.latestCheckpoint()?.size
    let view = try place.view()
    state = view.state
    founding = try view.founding
    lead = ClockLead(of: state.lastRecordedAt, at: place.now())
    pending = view.lineEnds.compactMap { release in
      let decisions = view.state.catalog.pending(for: release)
      if decisions.isEmpty { return nil }
      let removals = decisions.count(where: \.isRemoval)
      return Pending(
        release: release, removals: removals, reinstatements: decisions.count - removals)
    }
  }
}
