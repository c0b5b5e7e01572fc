/// Something was reported to an authority.
package struct AuthorityReportFiled: ListedKind, KeptKind {
  package static let kind = Kind.authorityReportFiled
  package var body: Body { .authorityReportFiled(self) }
  package static let standing = Standing.world([.publisher, .matcher, .verifier])
  package static let table = ProjectionTable.authorityReport

  package let authority: ActorName
  package let about: [Topic]
  package let count: Count
  package let receipt: AttachmentReference?

  package init(
    authority: ActorName, about: [Topic], count: Count, receipt: AttachmentReference? = nil
  ) {
    self.authority = authority
    self.about = about.sorted()
    self.count = count
    self.receipt = receipt
  }

  package static let form = Form<Self>(
    "Something was reported to an authority.", about: .topics(\.about),
    Member("authority", \.authority, "The authority.", concern: Topic.actor),
    Member("about", \.about, "What the report is about.", concern: \.self),
    Member("count", \.count, "How much was reported."),
    Member("receipt", sealed: \.receipt, "The authority's receipt, sealed."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}
