/// Someone looked at what a match found.
package struct VerificationRecorded: ListedKind, EventKind {
  package static let kind = Kind.verificationRecorded
  package var body: Body { .verificationRecorded(self) }
  package static let standing = Standing.world([.verifier])

  package let target: EventID
  package let outcome: Outcome
  package let count: Count

  package init(target: EventID, outcome: Outcome, count: Count) {
    self.target = target
    self.outcome = outcome
    self.count = count
  }

  package static let form = Form<Self>(
    "Someone looked at what a match found.", about: .event(\.target, "The match, by its event."),
    Member("target", \.target, "The match-completed event."),
    Member("outcome", \.outcome, "What was found."),
    Member("count", \.count, "How much of what the match found has that outcome."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let event = judging.references[target] else { throw .causeUnknown(target) }
    guard let finding = event.statement.body.content.finding else {
      throw .wrongReference(
        target,
        expected: "a match, filter, removal or suspicion about a release, which can be verified")
    }
    guard let found = finding.most(count.unit) else { return }
    guard count.value <= found else { throw .moreThanFound(target, found: found) }
  }

  package func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    VerificationRecord(self, event, target: references[target]).map { [ProjectionChange($0)] }
      ?? []
  }
}

/// What a verification found.
package enum Outcome: String, Vocabulary {
  case confirmed, likely, inconclusive
  case falsePositive = "false-positive"
}
