/// What several matches and filters found, united: a reconciliation that somebody publishes, in
/// which what two sources share is counted once.
///
/// Nothing else needs it.
package struct UnionComputed: AlsoStated {
  package static let kind = Kind.unionComputed
  package var body: Body { .unionComputed(self) }
  package static let standing = Standing.world([.publisher, .matcher])
  package typealias Stated = UnionStated

  package let release: VersionedName
  package let sources: [SourceTally]
  package let union: Tally
  package let set: SetReference

  package init(
    release: VersionedName, sources: [SourceTally], union: Tally, set: SetReference
  ) {
    self.release = release
    self.sources = sources.sorted { $0.event < $1.event }
    self.union = union
    self.set = set
  }

  package static let form = Form<Self>(
    "What several matches and filters found, united: what two sources share is counted once.",
    about: .release(\.release, set: \.set),
    Member("release", \.release, "The release that the union is counted in."),
    Member(
      "sources", \.sources, "Each match or filter with its own count, by event id ascending."),
    Member("union", present: \.union, "The keys, and those of their rows that were found."),
    Member("set", \.set, "The united keys; as many as `union` says."),
    make: Self.init,
    check: { $0.set.keys == $0.union.keys ? nil : "set" })

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    let tally = try state.exactRelease(release).publication.tally
    try judging.checkSources(sources, of: release, set: self.set)
    let most = sources.reduce(Tally(keys: 0, rows: 0)) { $0 + $1.tally }
    guard union.keys <= min(most.keys, tally.keys), union.rows <= min(most.rows, tally.rows),
      sources.allSatisfy({ $0.tally.keys <= union.keys && $0.tally.rows <= union.rows })
    else { throw .unionImpossible }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to _: inout LedgerState
  ) -> [ProjectionChange] {
    [ProjectionChange(FindingRecord(event, on: release, tally: union))]
  }

  package var listing: Listing? { Listing(of: release.name, [self.set.disclosure]) }
}

/// A union that someone else computed, as they stated it: its set is not known here.
package struct UnionStated: StatedBody {
  package static let kind = Kind.unionComputed
  package var body: Body { .unionStated(self) }

  package let release: VersionedName
  package let sources: [EventID]
  package let stated: [Count]

  package init(release: VersionedName, sources: [EventID], stated: [Count]) {
    self.release = release
    self.sources = sources.sorted()
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "What several matches and filters found, united: what two sources share is counted once.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member(
      "release", \.release, "The release that the union is counted in.", concern: Topic.release),
    Member(
      "sources", \.sources, "What was united, by event id ascending.", concern: Topic.event),
    Member(
      "stated", \.stated, "How much the union has, as stated, each unit once, by unit ascending."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    for id in sources {
      switch judging.references[id]?.statement.body.kind {
      case .matchCompleted, .filterCompleted, .removalDecided, .suspicionReported: continue
      default: throw .wrongReference(id, expected: "a match, filter, removal or suspicion")
      }
    }
  }
}
