/// Someone took a measure.
package struct MeasureTaken: ListedKind, KeptKind {
  package static let kind = Kind.measureTaken
  package var body: Body { .measureTaken(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let table = ProjectionTable.claim

  package let about: [Topic]
  package let measure: Measure
  package let answers: [EventID]
  package let detail: AttachmentReference?

  package init(
    about: [Topic], measure: Measure, answers: [EventID] = [], detail: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.measure = measure
    self.answers = answers.sorted()
    self.detail = detail
  }

  package static let form = Form<Self>(
    "Someone took a measure.", about: .topics(\.about),
    Member("about", \.about, "What it is about.", concern: \.self),
    Member("measure", \.measure, "The measure."),
    Member(
      "answers", ifAny: \.answers,
      "Recommendations, notices, requests and suspicions that it answers, ascending.",
      concern: Topic.event),
    Member("detail", \.detail, "More of it, as UTF-8 text."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    for id in answers {
      switch judging.references[id]?.statement.body.kind {
      case .recommendationMade, .noticeSent, .deprecationRequested, .suspicionReported: continue
      default:
        throw .wrongReference(
          id, expected: "a recommendation, notice, request or suspicion that a measure answers")
      }
    }
  }
}
