/// Who signed an event says what is wrong in it; the event stays as it is.
package struct EventCorrected: ListedKind, KeptKind {
  package static let kind = Kind.eventCorrected
  package var body: Body { .eventCorrected(self) }
  package static let standing = Standing.ledger(Role.allCases)
  package static let table = ProjectionTable.claim

  package let target: EventID
  package let counts: [Count]
  package let correction: AttachmentReference

  package init(target: EventID, counts: [Count] = [], correction: AttachmentReference) {
    self.target = target
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.correction = correction
  }

  package static let form = Form<Self>(
    "Who signed an event says what is wrong in it; the event stays as it is.",
    about: .event(\.target, "The corrected event, by its id."),
    Member("target", \.target, "The event that is corrected.", concern: Topic.event),
    Member("counts", ifAny: \.counts, "The right figures, each unit once, by unit ascending."),
    Member("correction", \.correction, "What is wrong and what is right, as UTF-8 text."),
    make: Self.init)

  /// A correction is by one who signed what it corrects, or by an administrator; others dispute.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let event = judging.references[target] else { throw .causeUnknown(target) }
    let speakers = state.speakers(judging.header)
    guard
      !speakers.isDisjoint(with: event.actors)
        || speakers.contains(where: { state.authority.holds($0, .administrator) })
    else { throw .correctionByOther(target, at: event.sequence) }
  }
}
