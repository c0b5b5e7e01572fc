package import CanonicalJSON
package import LedgerStore
package import Provenance

extension Session {
  /// What `verify` answers.
  package struct LedgerCheck: Sendable {
    package let isValid: Bool
    package let json: JSON
    package let lines: [String]
  }

  /// Recomputes everything; `remembered` is a signed checkpoint that someone kept elsewhere.
  package func verifyLedger(remembered: [UInt8]?) throws -> LedgerCheck {
    let progress = progress
    let verdict = try ledger.verify(remembering: remembered) { done, total in
      progress.report("verify", done, total, 0)
    }
    return LedgerCheck(isValid: verdict.isValid, json: verdict.json, lines: verdict.lines)
  }
}
