internal import LedgerCrypto

/// What a complete log says against its own events: corrections, disputes, responses, withdrawals, and
/// keys under suspicion, which are always shown with what they concern.
extension BundleVerifier {
  /// The most events that get a sentence, and the most sequences that one sentence lists.
  private static let mostSentences = 50
  private static let mostSequences = 20

  /// What every sentence about the event at `sequence` says at its end: whether it was withdrawn,
  /// disputed, answered or corrected; nothing where the bundle could leave that out.
  func marked(_ sequence: UInt64) -> String {
    guard let state, let concerns, let entry = proven[sequence] else { return "" }
    let withdrawals = standingWithdrawals(of: entry.event.statement.body, state).map { record in
      " WITHDRAWN\(record.host.map { " from \($0)" } ?? "") (\(record.scope.rawValue)) at sequence \(record.sequence)\(importClause(record.sequence))."
    }
    func mark(_ word: String, _ sort: Concerns.Sort, _ standing: (Concerns.Concern) -> String)
      -> String
    {
      var found = concerns.about(entry.event.id, sort)
      // Those that nobody ended are not hidden behind others.
      if sort == .dispute {
        found = found.filter { stands($0, in: state) } + found.filter { !stands($0, in: state) }
      }
      guard !found.isEmpty else { return "" }
      let listed = found.prefix(Self.mostSequences).map { "\($0.sequence)\(standing($0))" }
      let more = found.count - listed.count
      let rest = more > 0 ? " and \(more.grouped) more" : ""
      return " \(word) at sequence \(listed.joined(separator: ", "))\(rest)."
    }
    return withdrawals.joined()
      + mark("DISPUTED", .dispute) {
        " (\(standing(of: state.disputes.records[$0.entry.event.id])))"
      }
      + mark("RESPONSE", .response) { concern in
        guard case .responseRecorded(let body) = concern.entry.event.statement.body else {
          return ""
        }
        return " (\(body.response.rawValue))"
      }
      + mark("CORRECTED", .correction) { _ in "" }
  }

  /// The withdrawals that still stand of the release or model that an event is about.
  private func standingWithdrawals(of body: Body, _ state: LedgerState) -> [WithdrawalRecord] {
    let thing: Topic
    switch body {
    case .releasePublished(let body): thing = .release(body.release)
    case .releaseStated(let body): thing = .release(body.release)
    case .modelRegistered(let body): thing = .model(body.model)
    case .modelDeprecated(let body): thing = .model(body.model)
    default: return []
    }
    return state.withdrawals.records.values
      .filter { $0.thing == thing && $0.scope != .lifted }
      .sorted { $0.sequence < $1.sequence }
  }

  /// Whether a dispute is open or was resolved in favour of who opened it.
  private func stands(_ concern: Concerns.Concern, in state: LedgerState) -> Bool {
    switch state.disputes.records[concern.entry.event.id]?.outcome {
    case nil, .upheld, .partly: true
    case .rejected, .withdrawn: false
    }
  }

  /// Says each such event once, in the log's order; past ``mostSentences`` only how many there are of a
  /// sort, corrections first.
  ///
  /// Cost: one pass over the log for each suspect key that gets a sentence.
  mutating func sayConcerns(of state: LedgerState) {
    guard let concerns else { return }
    let last = state.size - 1
    let ranked = Concerns.Sort.allCases.flatMap { sort in concerns.all.filter { $0.sort == sort } }
    let listed = ranked.prefix(Self.mostSentences).sorted { $0.sequence < $1.sequence }
    for concern in listed {
      guard let words = words(for: concern, of: state, concerns) else { continue }
      say("\(words)\(importClause(concern.sequence)).", asOf: last)
    }
    for sort in Concerns.Sort.allCases {
      let others = ranked.dropFirst(Self.mostSentences).filter { $0.sort == sort }
      guard let first = others.first else { continue }
      say(
        "the log has \(others.count.of(sort.singular, sort.plural)) from sequence \(first.sequence) on that \(others.count == 1 ? "is" : "are") not listed here.",
        asOf: last)
    }
  }

  /// The sentence about one event, without its full stop.
  private func words(
    for concern: Concerns.Concern, of state: LedgerState, _ concerns: Concerns
  ) -> String? {
    let sequence = concern.sequence
    switch concern.entry.event.statement.body {
    case .eventCorrected(let body):
      return "sequence \(sequence) corrects \(concerns.place(body.target))"
    case .responseRecorded(let body):
      return
        "sequence \(sequence) is a response to \(concerns.place(body.target)) (\(body.response.rawValue))"
    case .disputeOpened(let body):
      let standing = standing(of: state.disputes.records[concern.entry.event.id])
      return "sequence \(sequence) disputes \(concerns.place(body.target)) (\(standing))"
    case .releaseWithdrawn(let body):
      return withdrawal("\(body.release)", of: nil, body.scope, at: sequence)
    case .modelWithdrawn(let body):
      return withdrawal("the model \(body.model)", of: body.host, body.scope, at: sequence)
    case .keyRevoked(let body): return revocation(body, at: sequence, of: state)
    default: return nil
    }
  }

  private func withdrawal(
    _ thing: String, of host: HostName?, _ scope: WithdrawalScope, at sequence: UInt64
  ) -> String {
    switch scope {
    case .temporary, .permanent:
      "\(thing) was withdrawn\(host.map { " from \($0)" } ?? "") (\(scope.rawValue)) at sequence \(sequence)"
    case .lifted:
      "\(thing) was offered again\(host.map { " on \($0)" } ?? "") at sequence \(sequence)"
    }
  }

  private func standing(of dispute: DisputeRecord?) -> String {
    guard let dispute, let outcome = dispute.outcome, let resolved = dispute.resolved else {
      return "open"
    }
    let words = outcome == .partly ? "partly upheld" : outcome.rawValue
    return "\(words) at \(resolved)\(importClause(resolved))"
  }

  /// A revocation, with what the key signed while it may have been in other hands.
  private func revocation(
    _ body: KeyRevoked, at sequence: UInt64, of state: LedgerState
  ) -> String? {
    guard let since = body.suspectSince else { return nil }
    let actor = state.authority.keys[body.key].map { " of \($0.actor)" } ?? ""
    let key = "the key \(body.key.hex.prefix(16))\(actor) was revoked at sequence \(sequence)"
    let signed = proven.filter { place in
      place.key >= since && place.value.event.signatures.contains { $0.keyID == body.key }
    }.keys.sorted()
    if signed.isEmpty { return "\(key); it signed nothing from sequence \(since) on" }
    let listed = signed.prefix(Self.mostSequences).map { "\($0)" }.joined(separator: ", ")
    let more = signed.count - Self.mostSequences
    let rest = more > 0 ? " and \(more.grouped) more" : ""
    return "\(key); what it signed from sequence \(since) on is doubtful: \(listed)\(rest)"
  }
}
