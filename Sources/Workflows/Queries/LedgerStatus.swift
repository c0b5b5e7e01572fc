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
  /// Releases where cleaning goes on, by name, and how many removals are to be applied.
  package let pending: [(release: VersionedName, removals: Int)]

  package init(of place: Workplace) throws {
    // First, so that another process cannot put a larger one in between.
    checkpointSize = try place.ledger.latestCheckpoint()?.size
    let view = try place.view()
    state = view.state
    founding = try view.founding
    lead = ClockLead(of: state.lastRecordedAt, at: place.now())
    // A release that another one came from is not where cleaning goes on.
    let catalog = state.catalog
    let parents = Set(catalog.releases.values.compactMap { $0.publication.derivation?.parent })
    pending = catalog.releases.keys.sorted().filter { !parents.contains($0) }
      .map { ($0, catalog.pending(for: $0).count(where: \.isRemoval)) }.filter { $0.1 > 0 }
  }
}
