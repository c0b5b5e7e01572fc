internal import Provenance

/// What people say of datasets, models and events.
extension TestHistory {
  /// Suspicions, notices, disputes and what was reported.
  mutating func reportBody(of kind: Kind) -> Body? {
    switch kind {
    case .suspicionReported: return .suspicion(about: someTopics(), [someCount()])
    case .noticeSent: return .notice(to: pick(actors).text, about: someTopics())
    case .noticeAcknowledged: return some(.noticeSent).map { .acknowledgement($0) }
    case .responseRecorded: return someAnswerable().map { .response($0) }
    case .disputeOpened:
      // What takes rows away is disputed most.
      let target = isOne(in: 3) ? someAnswerable() : some(.removalDecided, .matchCompleted)
      return target.map { .dispute($0, pick(DisputeGrounds.allCases)) }
    case .disputeResolved:
      let outcome = isOne(in: 2) ? .upheld : pick(DisputeOutcome.allCases)
      return some(.disputeOpened).map { .resolution($0, outcome) }
    case .residueFound:
      guard let release = someRelease() else { return nil }
      let removal = isOne(in: 2) ? some(.removalDecided) : nil
      return .residue(release.description, removal: removal)
    default: return .authorityReport(to: pick(actors).text, about: someTopics())
    }
  }

  /// Claims, evidence, advice, audits and corrections.
  mutating func claimBody(of kind: Kind) -> Body? {
    switch kind {
    case .claimRecorded:
      return .claim(by: pick(actors).text, about: someTopics(), [someCount()])
    case .evidencePinned:
      return .evidencePinned(about: someTopics(), earlier: isOne(in: 2) ? some(kind) : nil)
    case .recommendationMade:
      let to = Set([pick(actors).text, pick(actors).text])
      return .recommendation(to: to.sorted(), about: someTopics())
    case .measureTaken:
      let answered = [
        some(.recommendationMade, .noticeSent, .deprecationRequested),
        some(.suspicionReported, .noticeSent),
      ].compactMap(\.self)
      return .measure(answers: Set(answered).sorted(), about: someTopics())
    case .eventCorrected: return someAnswerable().map { .correction($0) }
    case .auditCompleted: return .audit(pick(AuditLevel.allCases), about: someTopics())
    default: return .proceeding(about: someTopics())
    }
  }

  /// Models, what they were trained on, and what became of them.
  mutating func modelBody(of kind: Kind) -> Body? {
    if kind == .modelRegistered {
      return .model("model-\(ids[.modelRegistered, default: []].count + 1)")
    }
    guard let model = someModel()?.model else { return nil }
    switch kind {
    case .trainingAsserted:
      return someRelease().map {
        .training(model.text, on: $0.description, pick([.trained, .notTrained]))
      }
    case .modelDerived:
      guard let parent = someModel()?.model, parent != model else { return nil }
      return .derived(model.text, from: parent.text)
    case .deprecationRequested: return .deprecationRequest(model.text, to: pick(actors).text)
    case .modelDeprecated: return .deprecation(model.text)
    case .modelWithdrawn:
      return .modelWithdrawal(model.text, host: someHost(), pick(WithdrawalScope.allCases))
    case .modelTested: return .modelTest(model.text)
    default: return .safeguard(about: someTopics())
    }
  }
}
