/// Whom an event concerns answers it; the answer is shown with it.
package struct ResponseRecorded: ListedKind, KeptKind {
  package static let kind = Kind.responseRecorded
  package var body: Body { .responseRecorded(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true
  package static let table = ProjectionTable.notice

  package let target: EventID
  package let response: Response
  package let text: AttachmentReference

  package init(target: EventID, response: Response, text: AttachmentReference) {
    self.target = target
    self.response = response
    self.text = text
  }

  package static let form = Form<Self>(
    "Whom an event concerns answers it; the answer is shown with it.",
    about: .event(\.target, "The event that is answered, by its id."),
    Member("target", \.target, "The event that is answered.", concern: Topic.event),
    Member("response", \.response, "What the answer comes to."),
    Member("text", \.text, "The answer, as UTF-8 text."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    try judging.checkAnswerable(target)
  }
}

/// What an answer comes to.
package enum Response: String, Vocabulary {
  case accepted, declined, partly, information
  /// The time to answer ran out.
  case unanswered
}
