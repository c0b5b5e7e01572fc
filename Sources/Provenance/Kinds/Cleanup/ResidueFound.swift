/// A release still has rows that a removal should have taken.
package struct ResidueFound: ListedKind, KeptKind {
  package static let kind = Kind.residueFound
  package var body: Body { .residueFound(self) }
  package static let standing = Standing.world([
    .publisher, .matcher, .verifier, .watchdog, .auditor,
  ])
  package static let table = ProjectionTable.residue

  package let release: VersionedName
  package let removal: EventID?
  package let method: ResidueMethod
  package let count: Count

  package init(release: VersionedName, removal: EventID? = nil, method: ResidueMethod, count: Count)
  {
    self.release = release
    self.removal = removal
    self.method = method
    self.count = count
  }

  package static let form = Form<Self>(
    "A release still has rows that a removal should have taken.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release that has them.", concern: Topic.release),
    Member("removal", \.removal, "The removal that should have taken them.", concern: Topic.event),
    Member("method", \.method, "How they were found."),
    Member("count", \.count, "How much is left."),
    make: Self.init)

  /// A residue is of a removal that a release of the line applied.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let removal else { return }
    switch judging.references[removal]?.statement.body {
    case .removalStated: return
    case .removalDecided:
      let applied = state.catalog.line(of: release).contains {
        $0.publication.derivation?.removals.contains(removal) ?? false
      }
      guard applied else { throw .notApplied(removal, release) }
    default: throw .wrongReference(removal, expected: "a removal")
    }
  }
}

/// How rows that should have gone were found.
package enum ResidueMethod: String, Vocabulary {
  case lookup, rescan, canary, other
}
