internal import LedgerStore
package import Provenance

/// A list of rows that anyone could have until a decision of class `illegal` marked its family.
package enum OpenList: Hashable, Sendable {
  /// What left for a release and came.
  case transition(VersionedName)
  /// The rows and digests of a release's files, beside those of an earlier one.
  case manifest(VersionedName)
  /// The set of a match, filter, removal, reinstatement or union, or the expression of a filter.
  case set(sequence: UInt64)
}

extension LedgerView {
  /// What is open of the family of `dataset`.
  func openLists(of dataset: Name) throws -> [OpenList] {
    let catalog = state.catalog
    let family = catalog.family(of: dataset)
    var lists: [OpenList] = []
    for record in catalog.releases.values.sorted(by: { $0.published < $1.published })
    where family.contains(record.publication.release.name) {
      let publication = record.publication
      if let derivation = publication.derivation, derivation.disclosure == .open,
        derivation.removed.keys + derivation.added.keys + derivation.changed.keys > 0
      {
        lists.append(.transition(publication.release))
      }
      if publication.columns == nil, publication.manifest.disclosure == .open {
        lists.append(.manifest(publication.release))
      }
    }
    // In the order of the log, whatever release they are on.
    let releases = catalog.releases.values.map(\.publication.release)
    let found = try releases.filter { family.contains($0.name) }.flatMap { try findings(on: $0) }
    for finding in found.sorted(by: { $0.sequence < $1.sequence }) {
      let isOpen =
        switch try event(finding.sequence).statement.body {
        case .matchCompleted(let body): body.set.disclosure == .open
        case .filterCompleted(let body):
          body.set.disclosure == .open || body.filter.disclosure == .open
        case .unionComputed(let body): body.set.disclosure == .open
        case .removalDecided(let body): body.set.disclosure == .open
        case .reinstatementDecided(let body): body.set.disclosure == .open
        default: false
        }
      if isOpen { lists.append(.set(sequence: finding.sequence)) }
    }
    return lists
  }
}
