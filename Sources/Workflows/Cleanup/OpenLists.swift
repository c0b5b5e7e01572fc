internal import LedgerStore
package import Provenance

/// A list of rows that anyone could have until a decision of class `illegal` marked its family.
package enum OpenList: Hashable, Sendable {
  /// What left for a release and came.
  case transition(VersionedName)
  /// The rows and digests of a release's files, beside those of an earlier one.
  case manifest(VersionedName, published: UInt64)
  /// The set of a match, filter, removal, reinstatement or union.
  case set(sequence: UInt64)
  /// The expression of a filter.
  case filter(sequence: UInt64)

  /// What the log has attached of it, as SEQUENCE/FIELD: it stays open until it is withheld.
  package var attachment: String? {
    switch self {
    case .transition: nil
    case .manifest(_, let sequence): "\(sequence)/manifest"
    case .set(let sequence): "\(sequence)/set"
    case .filter(let sequence): "\(sequence)/filter"
    }
  }
}

extension LedgerView {
  /// What is open of the family of `dataset`, and was not withheld or erased.
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
      if publication.columns == nil, isOpen(publication.manifest) {
        lists.append(.manifest(publication.release, published: record.published))
      }
    }
    // In the order of the log, whatever release they are on.
    let releases = catalog.releases.values.map(\.publication.release)
    let found = try releases.filter { family.contains($0.name) }.flatMap { try findings(on: $0) }
    for finding in found.sorted(by: { $0.sequence < $1.sequence }) {
      let sequence = finding.sequence
      let set: SetReference?
      switch try event(sequence).statement.body {
      case .matchCompleted(let body): set = body.set
      case .filterCompleted(let body):
        set = body.set
        if isOpen(body.filter) { lists.append(.filter(sequence: sequence)) }
      case .unionComputed(let body): set = body.set
      case .removalDecided(let body): set = body.set
      case .reinstatementDecided(let body): set = body.set
      default: set = nil
      }
      if let members = set?.members, isOpen(members) { lists.append(.set(sequence: sequence)) }
    }
    return lists
  }

  private func isOpen(_ attachment: AttachmentReference) -> Bool {
    attachment.disclosure == .open && state.attachments.missing(attachment.sha256) == nil
  }
}
