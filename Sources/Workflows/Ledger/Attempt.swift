internal import LedgerCrypto
internal import LedgerStore
package import Provenance

/// One run of a deciding command.
///
/// All events that a command appends have the command's one nonce: they are admitted in one
/// transaction, so that either all of a first try are there or none is. A retry under the same nonce
/// then makes the very same statements again: it attaches what the first try attached
/// (`EarlierAttachments.swift`), what is "now" by default is when the first try happened, and
/// authority events follow the same event as then. So each gets its first receipt, and a nonce that
/// its signer used for anything else is refused.
package struct Attempt: Sendable {
  /// Who signs; at least one.
  package let signers: [Signer]
  /// 16 bytes, of all events of the command.
  package let nonce: [UInt8]
  /// The events of an earlier try, in the log's order.
  let earlier: [AdmittedEvent]

  /// The first event of an earlier try; `nil` when there is none.
  package var first: AdmittedEvent? { earlier.first }

  /// The id of one of the signers' keys, the same for the same signers.
  var signer: Digest { signers.map(\.publicKey.id).min() ?? .zero }

  /// When it happens: now, or when the first try did.
  package func moment(_ now: Timestamp) -> Timestamp {
    first?.statement.header.occurredAt ?? now.wholeSecond
  }

  /// Whether `event` is of the earlier try.
  package func recorded(_ event: AdmittedEvent) -> Bool {
    earlier.contains { $0.id == event.id }
  }

  /// What the earlier try's events of `kind` attach in `field`.
  func references(_ kind: Kind, _ field: String) -> [AttachmentReference] {
    earlier.filter { $0.statement.body.kind == kind }.flatMap(\.statement.attachments)
      .filter { $0.field == field }.map(\.reference)
  }
}

extension Session {
  /// Starts a deciding command.
  ///
  /// What an interrupted erasure left is destroyed first.
  package func attempt(completing: Bool = true) throws -> Attempt {
    if completing, !ledger.isRehearsal { try completeErasures() }
    let signers = try signers()
    let fresh = Attempt(
      signers: signers, nonce: try nonce ?? Random.bytes(16), earlier: [])
    guard nonce != nil else { return fresh }
    var earlier: [AdmittedEvent] = []
    var next = try ledger.first(nonce: fresh.nonce, signer: fresh.signer)
    while let event = next, event.statement.header.nonce == fresh.nonce,
      event.statement.header.signers.contains(fresh.signer)
    {
      earlier.append(event)
      next = try ledger.event(at: event.sequence + 1)
    }
    return Attempt(signers: signers, nonce: fresh.nonce, earlier: earlier)
  }

  /// Whether the event with this id is what an earlier try of the command recorded.
  func isEarlier(_ id: EventID, _ attempt: Attempt) throws -> Bool {
    guard attempt.first != nil, let event = try ledger.event(id: id) else { return false }
    return attempt.recorded(event)
  }

  /// What an earlier try recorded, as a retry answers it.
  func recorded(earlier id: EventID, _ kind: Kind, _ attempt: Attempt) throws -> Recorded {
    guard let receipt = try ledger.receipt(id: id) else {
      throw WorkflowFailure.noEvent(id.description)
    }
    return Recorded(
      receipt: receipt, kind: kind, nonce: attempt.nonce, repeats: nil,
      awaited: [])
  }
}
