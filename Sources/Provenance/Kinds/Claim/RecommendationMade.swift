/// Someone recommends a measure.
package struct RecommendationMade: ListedKind, KeptKind {
  package static let kind = Kind.recommendationMade
  package var body: Body { .recommendationMade(self) }
  package static let standing = Standing.world([.publisher, .steward, .watchdog, .auditor])
  package static let table = ProjectionTable.claim

  package let about: [Topic]
  package let measure: Measure
  package let to: [ActorName]
  package let text: AttachmentReference?

  package init(
    about: [Topic], measure: Measure, to: [ActorName] = [], text: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.measure = measure
    self.to = to.sorted()
    self.text = text
  }

  package static let form = Form<Self>(
    "Someone recommends a measure.", about: .topics(\.about),
    Member("about", \.about, "What it is about.", concern: \.self),
    Member("measure", \.measure, "The measure."),
    Member("to", ifAny: \.to, "Whom it is meant for, ascending.", concern: Topic.actor),
    Member("text", \.text, "The recommendation, as UTF-8 text."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}
