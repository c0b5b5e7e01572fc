internal import LedgerCrypto
internal import Provenance

/// Who may sign what: actors come, keys and roles come and go, and the charter changes.
extension TestHistory {
  /// How many actors there are at the most.
  private static let mostActors = 12

  mutating func authorityBody(of kind: Kind) -> Body? {
    let after = ledger.after
    switch kind {
    case .actorRegistered:
      return actors.count < Self.mostActors
        ? .actorRegistered("actor-\(number)", after: after) : nil
    case .keyAdded:
      // Who has no key comes first; at most three count at a time.
      let without = actors.filter { keys[$0, default: []].isEmpty }
      let actor = pick(without.isEmpty ? actors : without)
      guard keys[actor, default: []].count < 3 else { return nil }
      return .keyAdded(
        actor.text, label: "\(actor) \(number)",
        custody: isOne(in: 4) ? .administrator : .own, after: after)
    case .keyRevoked:
      let labels = actors.flatMap { actor in
        keys[actor, default: []].map(\.label).filter { $0 != actor.text }
      }
      let since = isOne(in: 2) ? amount(upTo: ledger.size) : nil
      return labels.isEmpty ? nil : .keyRevoked(pick(labels), suspectSince: since, after: after)
    case .roleGranted:
      return .roleGranted(pick(Role.allCases), pick(actors).text, after: after)
    case .roleRevoked:
      let actor = pick(actors)
      let roles = ledger.state.authority.roles(of: actor)
      guard !roles.isEmpty, !actors.prefix(2).contains(actor) else { return nil }
      return .roleRevoked(pick(roles), actor.text, after: after)
    case .charterSet: return .charterSet(.init(charter: someCharter(), after: after))
    default:
      return .logKey("log \(number)", origin: ledger.origin.text, after: after)
    }
  }

  /// A charter that differs from the first one in up to six kinds, each of which enough actors can
  /// sign now.
  private mutating func someCharter() -> Charter {
    var rules = Charter.initial.rules
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let roles = Set((0..<3).map { _ in pick(Role.allCases) }).sorted()
      let able = able(in: roles, needsOwnKey: true).count
      if able == 0 { continue }
      rules[pick(Kind.allCases.dropFirst())] = SigningRule(
        roles, actors: Int.random(in: 1...min(3, able), using: &random))
    }
    return Charter(
      rules: rules, allowsUnreconciled: isOne(in: 2))
  }

  /// The actors who hold one of `roles` and a key that counts.
  private func able(in roles: [Role], needsOwnKey: Bool) -> [ActorName] {
    actors.filter { actor in
      keys[actor, default: []].contains { !needsOwnKey || $0.custody == .own }
        && ledger.state.authority.holds(actor, anyOf: roles)
    }
  }

  /// Keys of as many actors as the charter asks for, at times of one more, and the key that the body
  /// brings; `nil` when there are too few actors.
  mutating func signers(of body: Body) -> [SigningKey]? {
    var kind = body.kind
    // Who may open a dispute may take it back.
    if case .disputeResolved(let body) = body, body.outcome == .withdrawn { kind = .disputeOpened }
    guard let rule = ledger.state.authority.founding?.charter.rule(for: kind) else { return nil }
    let isQuorum = rule.actors > 1
    var able = able(in: rule.roles, needsOwnKey: isQuorum)
    guard able.count >= rule.actors else { return nil }
    able.shuffle(using: &random)
    if let wanted = signer(wantedFor: body), let index = able.firstIndex(of: wanted) {
      able.swapAt(0, index)
    }
    let count = isOne(in: 10) ? min(able.count, rule.actors + 1) : rule.actors
    var signing = able.prefix(count).map { actor in
      pick(keys[actor, default: []].filter { !isQuorum || $0.custody == .own }).label
    }
    if case .keyAdded(let body) = body { signing.append("\(body.actor) \(number)") }
    if case .logKeyChanged = body { signing.append("log \(number)") }
    return signing.map { TestLedger.TestKeys[$0] }
  }

  /// The one actor, if any, whose signature a rule asks for.
  private func signer(wantedFor body: Body) -> ActorName? {
    switch body {
    case .noticeAcknowledged(let body):
      guard case .noticeSent(let notice) = self.body(body.notice) else { return nil }
      return notice.to
    case .disputeResolved(let body) where body.outcome == .withdrawn:
      return ledger.state.disputes.records[body.dispute]?.openers.first
    case .eventCorrected(let body): return ledger.replay.events[body.target]?.actors.first
    default: return nil
    }
  }
}
