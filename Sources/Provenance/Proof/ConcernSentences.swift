internal import LedgerCrypto

/// What a complete log says against its own events: corrections, disputes, withdrawals, and keys under
/// suspicion, which are always shown with what they concern (DESIGN.md sections 3, 8 and 11).
extension BundleVerifier {
  /// The most events that get a sentence, and the most sequences that one sentence lists.
  private static let mostSentences = 50
  private static let mostSequences = 20

  /// Says each such event once, in the log's order; past ``mostSentences`` only how many there are.
  ///
  /// Cost: one pass over the log, and one for each suspect key that gets a sentence.
  mutating func sayConcerns(of state: LedgerState) {
    let ordered = proven.sorted { $0.key < $1.key }
    var sequences: [EventID: UInt64] = [:]
    for (sequence, entry) in ordered { sequences[entry.event.id] = sequence }
    let concerns = ordered.filter { $0.value.event.statement.body.isConcern }
    for (sequence, entry) in concerns.prefix(Self.mostSentences) {
      let words: String?
      if case .keyRevoked(let body) = entry.event.statement.body {
        words = revocation(body, at: sequence, of: state, among: ordered)
      } else {
        words = concern(sequence, entry, of: state, sequences)
      }
      if let words { sentences.append("\(words)\(importClause(sequence)).") }
    }
    let others = concerns.dropFirst(Self.mostSentences)
    if let first = others.first {
      sentences.append(
        "The log has \(others.count.of("further correction, dispute, withdrawal or revocation", "further corrections, disputes, withdrawals and revocations")) from sequence \(first.key) on that \(others.count == 1 ? "is" : "are") not listed here."
      )
    }
  }

  /// The sentence about one event, without its full stop.
  private func concern(
    _ sequence: UInt64, _ entry: Entry, of state: LedgerState, _ sequences: [EventID: UInt64]
  ) -> String? {
    func place(_ id: EventID) -> String { sequences[id].map { "sequence \($0)" } ?? "event \(id)" }
    switch entry.event.statement.body {
    case .eventCorrected(let body): return "Sequence \(sequence) corrects \(place(body.target))"
    case .disputeOpened(let body):
      let standing = standing(of: state.disputes.records[entry.event.id])
      return "Sequence \(sequence) disputes \(place(body.target)) (\(standing))"
    case .releaseWithdrawn(let body):
      return withdrawal("\(body.release)", of: nil, body.scope, at: sequence)
    case .modelWithdrawn(let body):
      return withdrawal("The model \(body.model)", of: body.host, body.scope, at: sequence)
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
    _ body: KeyRevoked, at sequence: UInt64, of state: LedgerState,
    among ordered: [(key: UInt64, value: Entry)]
  ) -> String? {
    guard let since = body.suspectSince else { return nil }
    let actor = state.authority.keys[body.key].map { " of \($0.actor)" } ?? ""
    let key = "The key \(body.key.hex.prefix(16))\(actor) was revoked at sequence \(sequence)"
    let signed = ordered.filter { place in
      place.key >= since && place.value.event.signatures.contains { $0.keyID == body.key }
    }
    if signed.isEmpty { return "\(key); it signed nothing from sequence \(since) on" }
    let listed = signed.prefix(Self.mostSequences).map { "\($0.key)" }.joined(separator: ", ")
    let more = signed.count - Self.mostSequences
    let rest = more > 0 ? " and \(more.grouped) more" : ""
    return "\(key); what it signed from sequence \(since) on is doubtful: \(listed)\(rest)"
  }
}

extension Body {
  /// Whether it says that something in the log no longer holds as it was said.
  fileprivate var isConcern: Bool {
    switch self {
    case .eventCorrected, .disputeOpened, .releaseWithdrawn, .modelWithdrawn: true
    case .keyRevoked(let body): body.suspectSince != nil
    default: false
    }
  }
}
