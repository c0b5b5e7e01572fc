package import Provenance

/// A removal that is applied to a release though a reinstatement on a later one took rows of it back.
///
/// What was decided on a later release says nothing of this one, so that all of the removal is applied
/// again; whoever cleans an older release is told.
package struct TakenBack: Hashable, Sendable {
  /// The removal's place in the log.
  package let removal: UInt64
  /// That of the reinstatement.
  package let reinstatement: UInt64
  /// The release that the reinstatement is about.
  package let release: VersionedName
}

extension LedgerView {
  /// The reinstatements before `end` that took back from `removals`, outside the line of `release`.
  func takenBack(
    _ removals: [EventID], outside release: VersionedName, before end: UInt64
  ) throws -> [TakenBack] {
    let line = Set(state.catalog.line(of: release).map(\.publication.release))
    var found: [TakenBack] = []
    for (name, record) in state.catalog.releases where !line.contains(name) {
      for decision in record.decisions where decision.sequence < end {
        for removal in removals where decision.removals.contains(removal) {
          guard let event = try event(id: removal) else { continue }
          found.append(
            TakenBack(
              removal: event.sequence, reinstatement: decision.sequence, release: name))
        }
      }
    }
    return found.sorted { ($0.removal, $0.reinstatement) < ($1.removal, $1.reinstatement) }
  }
}
