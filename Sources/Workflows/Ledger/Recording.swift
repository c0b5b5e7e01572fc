package import LedgerCrypto
package import LedgerStore
package import Provenance

/// What a deciding command recorded.
package struct Recorded: Sendable {
  package let receipt: Ledger.Receipt
  package let kind: Kind
  /// The nonce, for a retry.
  package let nonce: [UInt8]
  /// The sequence of an earlier event with an equal predicate, nonce and times aside.
  package let repeats: UInt64?
}

extension Session {
  /// Signs one statement by the session's actor and appends it.
  package func record(
    _ body: @Sendable @escaping (LedgerState) throws -> Body,
    causes: [EventID] = [], attributedTo: ActorName? = nil
  ) throws -> Recorded {
    let key = try signer()
    return try ledger.append(now: now) { transaction in
      try record(
        try body(transaction.state), keys: [key], causes: causes, in: &transaction)
    }
  }

  /// Signs one statement with `keys` and admits it within a transaction.
  package func record(
    _ body: Body, keys: [SigningKey], causes: [EventID] = [],
    in transaction: inout Ledger.Transaction
  ) throws -> Recorded {
    let moment = now()
    var header = try header(signers: keys, at: moment, ledger: transaction.state.ledger)
    header.causes = causes.sorted()
    if body.kind.isAuthority {
      header.notAfter = header.occurredAt.advanced(bySeconds: 86_400)
    }
    let statement = Statement(header: header, body: body)
    if nonce != nil, let receipt = try transaction.firstTry(of: statement) {
      return Recorded(receipt: receipt, kind: body.kind, nonce: header.nonce, repeats: nil)
    }
    let repeats = try transaction.hasRepetition(of: statement)
    let receipt = try transaction.admit(
      try SignedEvent(signing: statement, with: keys), verified: true)
    return Recorded(
      receipt: receipt, kind: body.kind, nonce: header.nonce,
      repeats: receipt.isNew ? repeats : nil)
  }
}
