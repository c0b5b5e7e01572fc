/// A document was kept as it was, so that a later change shows.
package struct EvidencePinned: ListedKind, KeptKind {
  package static let kind = Kind.evidencePinned
  package var body: Body { .evidencePinned(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true
  package static let table = ProjectionTable.claim

  package let about: [Topic]
  package let pinned: Evidence
  package let host: HostName?
  package let address: AttachmentReference?
  package let earlier: EventID?

  package init(
    about: [Topic], pinned: Evidence, host: HostName? = nil, address: AttachmentReference? = nil,
    earlier: EventID? = nil
  ) {
    self.about = about.sorted()
    self.pinned = pinned
    self.host = host
    self.address = address
    self.earlier = earlier
  }

  package static let form = Form<Self>(
    "A document was kept as it was, so that a later change shows.", about: .topics(\.about),
    Member("about", \.about, "What it is evidence for or against.", concern: \.self),
    Member(
      "pinned", \.pinned, "The document, when it was taken, and what it does to what it is about."),
    Member("host", \.host, "The host that it was taken from."),
    Member("address", \.address, "Its exact address, as UTF-8 text."),
    Member("earlier", \.earlier, "The evidence-pinned event of the same document before."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let earlier else { return }
    guard judging.body(of: earlier, EvidencePinned.self) != nil else {
      throw .wrongReference(earlier, expected: "evidence that was pinned")
    }
  }
}
