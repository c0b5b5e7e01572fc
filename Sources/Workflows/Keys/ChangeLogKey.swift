internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// Makes a new key for the log, which co-signs the event that names it and, from the size that
/// includes that event on, the checkpoints.
///
/// The key lies beside the others before its event is recorded, so that no log is left without one;
/// which file signs is for the ledger to say.
package struct ChangeLogKey: Deciding {
  package init() {}

  /// - Returns: the new verifier key (vkey).
  package func statements(_ plan: Void, _ staging: inout Staging) throws -> String {
    if let first = staging.desk.first, case .logKeyChanged(let earlier) = first.statement.body {
      staging.repeat(first)
      return earlier.logKey
    }
    let origin = try staging.desk.view.founding.origin
    guard let log = ActorName("log") else {
      throw WorkflowFailure.noLedger(staging.desk.directory.path)
    }
    let key = try staging.makeKey(
      of: log, in: KeyDirectory(staging.desk.directory.keys),
      passphrase: staging.desk.vault.passphrase())
    let vkey = try LogSigner.verifierKey(origin: origin, key: key).description
    try staging.say(
      .logKeyChanged(.init(logKey: vkey, after: staging.desk.after)), by: [Signer(log, key)])
    return vkey
  }
}
