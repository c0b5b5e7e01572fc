package import LedgerCrypto

/// An observer read a release's files and computed its root anew.
package struct ReleaseObserved: ListedKind {
  package static let kind = Kind.releaseObserved
  package var body: Body { .releaseObserved(self) }
  package static let standing = Standing.world([.verifier, .watchdog, .auditor])

  package let release: VersionedName
  package let publication: EventID
  package let root: Digest
  package let tally: Tally

  package init(release: VersionedName, publication: EventID, root: Digest, tally: Tally) {
    self.release = release
    self.publication = publication
    self.root = root
    self.tally = tally
  }

  package static let form = Form<Self>(
    "An observer read a release's files and computed its root anew.",
    about: .root(\.release, \.root, "The release, by the root that the observer computed."),
    Member("release", \.release, "The release.", concern: Topic.release),
    Member("publication", \.publication, "The release-published event.", concern: Topic.event),
    Member("winnowSet1", \.root, "The root as the observer computed it, whether it agrees or not."),
    Member("tally", present: \.tally, "The keys and rows that the observer counted."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let published = judging.body(of: publication, ReleasePublished.self),
      published.release == release
    else { throw .wrongReference(publication, expected: "the publication of \(release)") }
  }

  package func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    ObservationRecord(self, event, publication: references[publication]).map {
      [ProjectionChange($0)]
    } ?? []
  }
}
