/// Someone looked at what a match found.
package struct VerificationRecorded: ListedKind {
  package static let kind = Kind.verificationRecorded
  package var body: Body { .verificationRecorded(self) }
  package static let standing = Standing.world([.verifier])

  package let target: EventID
  package let outcome: Outcome
  package let count: Count
  package let replaces: EventID?

  package init(target: EventID, outcome: Outcome, count: Count, replaces: EventID? = nil) {
    self.target = target
    self.outcome = outcome
    self.count = count
    self.replaces = replaces
  }

  package static let form = Form<Self>(
    "Someone looked at what a match found.", about: .event(\.target, "The match, by its event."),
    Member("target", \.target, "The match-completed event."),
    Member("outcome", \.outcome, "What was found."),
    Member(
      "count", \.count,
      "How much of what was found has that outcome; what one actor verifies of it adds up to no more than that."
    ),
    Member(
      "replaces", \.replaces,
      "An earlier verification of the same by the same actor, which counts no longer."),
    make: Self.init)

  /// What is verified was found, and what one actor verified of it adds up to no more than that.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let event = judging.references[target] else { throw .causeUnknown(target) }
    guard let finding = event.statement.body.content.finding else {
      throw .wrongReference(
        target,
        expected: "a match, filter, removal or suspicion about a release, which can be verified")
    }
    let verifiers = state.speakers(judging.header).sorted()
    if let replaces {
      guard let earlier = state.verifications.records[replaces], earlier.target == target,
        earlier.replaced == nil, earlier.verifiers == verifiers
      else {
        throw .wrongReference(
          replaces,
          expected: "a verification of the same by the same actor that no other replaced")
      }
    }
    guard let most = finding.found.most(of: count.unit) else { return }
    guard count.value <= most else { throw .moreThanFound(target, found: most) }
    for actor in verifiers {
      let earlier = state.verifications.standing(of: target).filter {
        $0.event != replaces && $0.verifiers.contains(actor)
      }
      if let last = earlier.last, finding.found.isExceeded(by: earlier.map(\.count) + [count]) {
        throw .moreThanFoundTogether(target, by: actor, at: last.sequence)
      }
    }
  }

  package func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    guard let record = VerificationRecord(self, event, target: references[target]) else {
      return []
    }
    return state.verifications.take(record, replacing: replaces)
  }
}

/// What a verification found.
package enum Outcome: String, Vocabulary {
  case confirmed, likely, inconclusive
  case falsePositive = "false-positive"
}
