package import LedgerCrypto
package import LedgerStore
package import Provenance

/// What a deciding command recorded.
package struct Recorded: Sendable {
  package let receipt: Ledger.Receipt
  package let kind: Kind
  /// The nonce, for a retry.
  package let nonce: [UInt8]
  /// The sequence of an earlier event that says the same, nonce and times aside.
  package let repeats: UInt64?

  /// The same, as a repeat of an earlier event.
  func repeating(_ sequence: UInt64?) -> Recorded {
    Recorded(receipt: receipt, kind: kind, nonce: nonce, repeats: sequence ?? repeats)
  }
}

extension Session {
  /// Signs one statement by the session's actor and appends it.
  ///
  /// `body` says what, given the state as of then; `attempt` is the run of the command, and begins
  /// here by default; `moment` is when it happened, for a body that says so too; `adjust` sets what
  /// else the header says.
  package func record(
    _ body: @Sendable @escaping (LedgerState) throws -> Body,
    causes: [EventID] = [], attempt: Attempt? = nil, at moment: Timestamp? = nil,
    header adjust: @Sendable @escaping (inout Header) -> Void = { _ in }
  ) throws -> Recorded {
    let attempt = try attempt ?? self.attempt()
    return try ledger.append(now: now) { transaction in
      try record(
        try body(transaction.state), keys: [attempt.key], causes: causes, attempt: attempt,
        at: moment, header: adjust, in: &transaction)
    }
  }

  /// Signs one statement with `keys` and admits it within a transaction.
  ///
  /// - Throws: ``WorkflowFailure/nonceUsed(_:)`` when the nonce is one of an earlier command that
  ///   said something else.
  package func record(
    _ body: Body, keys: [SigningKey], causes: [EventID] = [], attempt: Attempt,
    at moment: Timestamp? = nil, header adjust: (inout Header) -> Void = { _ in },
    in transaction: inout Ledger.Transaction
  ) throws -> Recorded {
    guard let ledger = transaction.state.ledger else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var header = Header(
      binding: .ledger(ledger), signers: keys.map(\.verifyingKey.id), nonce: attempt.nonce,
      occurredAt: moment ?? attempt.moment(now()))
    header.causes = causes.sorted()
    if body.kind.isAuthority {
      header.notAfter = header.occurredAt.advanced(bySeconds: 86_400)
    }
    adjust(&header)
    let statement = Statement(header: header, body: body)
    if nonce != nil {
      if let receipt = try transaction.firstTry(of: statement) {
        return Recorded(receipt: receipt, kind: body.kind, nonce: header.nonce, repeats: nil)
      }
      let signer = attempt.key.verifyingKey.id
      if let other = try transaction.first(nonce: attempt.nonce, signer: signer) {
        throw WorkflowFailure.nonceUsed(other.sequence)
      }
    }
    let repeats = try transaction.hasRepetition(of: statement)
    let receipt = try transaction.admit(
      try SignedEvent(signing: statement, with: keys), verified: true)
    return Recorded(
      receipt: receipt, kind: body.kind, nonce: header.nonce,
      repeats: receipt.isNew ? repeats : nil)
  }
}
