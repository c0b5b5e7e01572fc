import Provenance
import TestSupport

extension History {
  /// Some record of what happened around `release`, which a rule may refuse.
  mutating func record(_ release: VersionedName?) -> Body? {
    let target = ledger.entries.randomElement(using: &generator)?.event
    let open = ledger.state.disputes.records.values.filter { $0.resolved == nil }
      .min { $0.opened < $1.opened }
    let scope = WithdrawalScope.allCases.randomElement(using: &generator) ?? .temporary
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return release.map { .withdrawal($0.description, scope) }
    case 1: return release.map { .suspicion(about: [.release($0)]) }
    case 2: return release.map { .availability(.release($0)) }
    case 3: return release.map { .claim(about: [.release($0)]) }
    case 4: return target.map { .dispute($0.id) }
    case 5: return open.map { .resolution($0.event, .withdrawn) }
    case 6: return target.map { .response($0.id) }
    default:
      guard let target, let attachment = target.statement.attachments.first?.reference else {
        return nil
      }
      let state = WithholdingState.allCases.randomElement(using: &generator) ?? .withheld
      return Int.random(in: 0..<4, using: &generator) == 0
        ? .erasure(attachment, of: [target.id])
        : .withholding(attachment, of: [target.id], state)
    }
  }
}
