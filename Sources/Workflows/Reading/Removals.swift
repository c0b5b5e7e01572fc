internal import LedgerStore
package import Provenance

extension LedgerView {
  /// A removal as it was decided.
  package func removal(_ id: EventID) throws -> (event: AdmittedEvent, body: RemovalDecided) {
    guard let event = try event(id: id), case .removalDecided(let body) = event.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return (event, body)
  }

  /// How many rows were drawn to hide others by these removals.
  package func decoyRows(of removals: [EventID]) throws -> UInt64 {
    try removals.reduce(0) { try $0 + (removal($1).body.decoys?.tally.rows ?? 0) }
  }

  /// The releases where cleaning goes on, by name: those that no other one came from.
  package var lineEnds: [VersionedName] {
    let releases = state.catalog.releases
    let parents = Set(releases.values.compactMap { $0.publication.derivation?.parent })
    return releases.keys.filter { !parents.contains($0) }.sorted()
  }

  /// All decisions on `release` and its ancestors, in the order of the log.
  package func decisions(before release: VersionedName) -> [Decision] {
    state.catalog.line(of: release).flatMap(\.decisions).sorted { $0.sequence < $1.sequence }
  }
}
