internal import LedgerCrypto
internal import LedgerStore
package import Provenance

/// One run of a deciding command.
///
/// All events that a command appends have the command's one nonce: they are admitted in one
/// transaction, so that either all of a first try are there or none is. A retry under the same nonce
/// then makes the very same statements again: salts, secrets and data keys follow from the nonce
/// (``Session/derived(_:kind:field:attempt:content:)``), what is "now" by default is when the first
/// try happened, and authority events follow the same event as then. So each gets its first receipt,
/// and a nonce that its signer used for anything else is refused.
package struct Attempt: Sendable {
  /// Who signs; at least one.
  package let signers: [Signer]
  /// 16 bytes, of all events of the command.
  package let nonce: [UInt8]
  /// The first event of an earlier try; `nil` when there is none.
  package let first: AdmittedEvent?

  /// The id of one of the signers' keys, the same for the same signers.
  var signer: Digest { signers.map(\.publicKey.id).min() ?? .zero }

  /// When it happens: now, or when the first try did.
  package func moment(_ now: Timestamp) -> Timestamp {
    first?.statement.header.occurredAt ?? now.wholeSecond
  }

  /// Whether `event` is of the earlier try.
  package func recorded(_ event: AdmittedEvent) -> Bool {
    first != nil && event.statement.header.nonce == nonce
      && event.statement.header.signers.contains(signer)
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
      signers: signers, nonce: try nonce ?? Random.bytes(16), first: nil)
    guard nonce != nil else { return fresh }
    return Attempt(
      signers: signers, nonce: fresh.nonce,
      first: try ledger.first(nonce: fresh.nonce, signer: fresh.signer))
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

  /// 32 bytes that nobody without the ledger key can tell from random ones, and that are the same
  /// when a command is tried again.
  ///
  /// HMAC-SHA-256 under a key of their own that follows from the ledger key, of
  /// `PURPOSE KIND FIELD` ‖ 0A ‖ nonce (16) ‖ signer's key id (32) ‖ `content` (32). The content is
  /// SHA-256 of what is salted or encrypted, or the plain root of the set that is sealed, so that
  /// one nonce with two contents never gives one key or salt twice: a nonce alone may be repeated.
  func derived(
    _ purpose: Purpose, kind: Kind, field: String, attempt: Attempt, content: Digest
  ) throws -> [UInt8] {
    try secrets().derived(
      Array("\(purpose.rawValue) \(kind.rawValue) \(field)\n".utf8) + attempt.nonce
        + attempt.signer.bytes + content.bytes)
  }

  /// What derived bytes are for.
  enum Purpose: String {
    case salt
    case setSecret = "set-secret"
    case dataKey = "data-key"
    case dataNonce = "data-nonce"
    case rowSecret = "row-secret"
  }
}
