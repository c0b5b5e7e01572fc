internal import LedgerCrypto
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
  /// Whose signatures are to be made elsewhere before it is recorded.
  package let awaited: [AwaitedSigner]

  /// The same, as a repeat of an earlier event.
  func repeating(_ sequence: UInt64?) -> Recorded {
    Recorded(
      receipt: receipt, kind: kind, nonce: nonce, repeats: sequence ?? repeats, awaited: awaited)
  }
}

extension Session {
  /// Signs one statement by those who sign and appends it.
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
    return try append { transaction in
      try record(
        try body(transaction.state), signers: attempt.signers, causes: causes, attempt: attempt,
        at: moment, header: adjust, in: &transaction)
    }
  }

  /// Signs one statement by `signers` and admits it within a transaction.
  ///
  /// - Throws: ``WorkflowFailure/nonceUsed(_:)`` when the nonce is one of an earlier command that
  ///   said something else.
  package func record(
    _ body: Body, signers: [Signer], causes: [EventID] = [], attempt: Attempt,
    at moment: Timestamp? = nil, header adjust: (inout Header) -> Void = { _ in },
    in transaction: inout Ledger.Transaction
  ) throws -> Recorded {
    guard let ledger = transaction.state.ledger else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var header = Header(
      binding: .ledger(ledger), signers: signers.map(\.publicKey.id), nonce: attempt.nonce,
      occurredAt: moment ?? attempt.moment(self.moment))
    header.causes = causes.sorted()
    header.notAfter = signing.notAfter
    if body.kind.isAuthority, signing.notAfter == nil {
      // Signatures from elsewhere take their time; nobody needs longer here than for a retry.
      let days: Int64 = signing.unsigned == nil ? 1 : 7
      header.notAfter = header.occurredAt.advanced(bySeconds: days * 86_400)
    }
    adjust(&header)
    let statement = Statement(header: header, body: body)
    if nonce != nil {
      if let receipt = try transaction.firstTry(of: statement) {
        return Recorded(
          receipt: receipt, kind: body.kind, nonce: header.nonce, repeats: nil, awaited: [])
      }
      if let other = try transaction.first(nonce: attempt.nonce, signer: attempt.signer) {
        throw WorkflowFailure.nonceUsed(other.sequence)
      }
    }
    let repeats = try transaction.hasRepetition(of: statement)
    let (event, awaited) = try event(of: statement, by: signers)
    let receipt = try transaction.admit(event, verified: true)
    return Recorded(
      receipt: receipt, kind: body.kind, nonce: header.nonce,
      repeats: receipt.isNew ? repeats : nil, awaited: awaited)
  }
}
