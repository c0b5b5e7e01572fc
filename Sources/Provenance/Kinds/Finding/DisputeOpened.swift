/// Someone says that an event is wrong.
package struct DisputeOpened: ListedKind {
  package static let kind = Kind.disputeOpened
  package var body: Body { .disputeOpened(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true

  package let target: EventID
  package let grounds: DisputeGrounds
  package let counts: [Count]
  package let text: AttachmentReference?

  package init(
    target: EventID, grounds: DisputeGrounds, counts: [Count] = [], text: AttachmentReference? = nil
  ) {
    self.target = target
    self.grounds = grounds
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.text = text
  }

  package static let form = Form<Self>(
    "Someone says that an event is wrong.",
    about: .event(\.target, "The disputed event, by its id."),
    Member("target", \.target, "The event that is disputed.", concern: Topic.event),
    Member("grounds", \.grounds, "What is said to be wrong."),
    Member("counts", ifAny: \.counts, "Of how much, each unit once, by unit ascending."),
    Member("text", \.text, "What is said, as UTF-8 text."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    try judging.checkAnswerable(target)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = DisputeRecord(self, event)
    state.disputes.records[event.id] = record
    return [ProjectionChange(record)]
  }
}

/// What is said to be wrong with an event.
package enum DisputeGrounds: String, Vocabulary {
  case falsePositive = "false-positive"
  case falseFigures = "false-figures"
  case wrongClass = "wrong-class"
  case wrongAttribution = "wrong-attribution"
  case procedure, incomplete, other
}
