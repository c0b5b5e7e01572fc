internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

extension Session {
  /// What `log-key change` recorded.
  package struct LogKeyDone: Sendable {
    package let recorded: Recorded
    package let vkey: String
  }

  /// Makes a new key for the log, which co-signs the event that names it and, from the size that
  /// includes that event on, the checkpoints.
  ///
  /// The key lies beside the others before its event is recorded, so that no log is left without
  /// one; which file signs is for the ledger to say.
  package func changeLogKey() throws -> LogKeyDone {
    let attempt = try attempt()
    if let first = attempt.first, case .logKeyChanged(let earlier) = first.statement.body {
      try updatePolicy()
      return LogKeyDone(
        recorded: try recorded(earlier: first.id, .logKeyChanged, attempt), vkey: earlier.logKey)
    }
    guard let origin = try ledger.state.authority.founding?.origin,
      let log = ActorName("log")
    else { throw WorkflowFailure.noLedger(directory.path) }
    let done = try undoing {
      let key = try make(
        for: log, in: KeyDirectory(directory.keys), passphrase: try passphrase())
      let vkey = try LogSigner.verifierKey(origin: origin, key: key).description
      let recorded = try append { transaction in
        try record(
          .logKeyChanged(
            .init(logKey: vkey, after: try after(transaction.state, attempt))),
          signers: attempt.signers + [Signer(log, key)], attempt: attempt, in: &transaction)
      }
      return LogKeyDone(recorded: recorded, vkey: vkey)
    }
    if !ledger.isRehearsal { try updatePolicy() }
    return done
  }

  /// The key that signs checkpoints now.
  func logKey() throws -> SigningKey {
    guard let founding = try ledger.state.authority.founding,
      let current = LogKey.publicKey(ofVkey: founding.logKey, origin: founding.origin)
    else { throw WorkflowFailure.noLedger(directory.path) }
    let later = directory.logKey(current.id)
    let key = try KeyDirectory.read(
      Directory.holds(later) ? later : directory.logKey, passphrase: try passphrase())
    guard key.verifyingKey == current else { throw WorkflowFailure.otherLogKey(later) }
    return key
  }

  /// Adds the log's later keys to the policy for verifiers, which keeps the earlier ones: their
  /// checkpoints hold.
  func updatePolicy() throws {
    guard let founding = try ledger.state.authority.founding, founding.logKeys.count > 1,
      Directory.holds(directory.policy)
    else { return }
    let bytes = try OpenFile.readAll(directory.policy, maxBytes: 1 << 20)
    let known = Set(try LogPolicy(parsing: bytes).logs.map(\.key.description))
    let added = founding.logKeys.filter { !known.contains($0.vkey) }.map {
      Array("log \($0.vkey)".utf8)
    }
    guard !added.isEmpty else { return }
    // Beside the earlier keys, for some readers want a policy's parts in their order.
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    let last = lines.lastIndex { $0.starts(with: Array("log ".utf8)) } ?? lines.count - 1
    lines.insert(contentsOf: added, at: last + 1)
    let policy = Array(lines.joined(separator: [0x0a]))
    _ = try LogPolicy(parsing: policy)
    try AtomicFile.write(policy, to: directory.policy)
  }
}
