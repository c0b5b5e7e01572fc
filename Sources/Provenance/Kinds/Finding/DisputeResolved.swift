/// A dispute ends.
package struct DisputeResolved: ListedKind {
  package static let kind = Kind.disputeResolved
  package var body: Body { .disputeResolved(self) }
  package static let standing = Standing.ledger([.administrator, .publisher])
  package static let sealsWords = true

  package let dispute: EventID
  package let outcome: DisputeOutcome
  package let text: AttachmentReference?

  package init(dispute: EventID, outcome: DisputeOutcome, text: AttachmentReference? = nil) {
    self.dispute = dispute
    self.outcome = outcome
    self.text = text
  }

  package static let form = Form<Self>(
    "A dispute ends.", about: .event(\.dispute, "The dispute, by its id."),
    Member("dispute", \.dispute, "The dispute-opened event.", concern: Topic.event),
    Member("outcome", \.outcome, "Whether the dispute was found right."),
    Member("text", \.text, "The reasons, as UTF-8 text."),
    make: Self.init)

  /// A dispute ends once; who opened it takes it back, and does not judge it alone.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let record = state.disputes.records[dispute] else {
      throw .wrongReference(dispute, expected: "a dispute that was opened")
    }
    if let at = record.resolved { throw .disputeEnded(dispute, at: at) }
    let speakers = state.speakers(judging.header)
    if outcome == .withdrawn {
      guard !speakers.isDisjoint(with: record.openers) else {
        throw .notTheDisputer(dispute, at: record.opened)
      }
    } else if speakers.isSubset(of: record.openers) {
      throw .ownCause(dispute, at: record.opened)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    guard var record = state.disputes.records[dispute] else { return [] }
    record.resolved = event.sequence
    record.resolution = event.id
    record.outcome = outcome
    state.disputes.records[dispute] = record
    return [ProjectionChange(record)]
  }

  /// Who may open a dispute may take it back.
  package var ruledKind: Kind { outcome == .withdrawn ? .disputeOpened : Self.kind }
}

/// How a dispute ended.
package enum DisputeOutcome: String, Vocabulary {
  /// Who opened it was right.
  case upheld
  case partly, rejected
  /// Who opened it took it back.
  case withdrawn
}
