internal import LedgerCrypto
internal import LedgerStore
internal import Provenance

/// What was recorded before, asked by what it says.
extension LedgerView {
  /// The events that one command recorded under `nonce`, signed by `signer` among others, in the
  /// order of the log; none when there was no such command.
  ///
  /// Cost: a pass over the bytes of the log; only retries ask.
  func earlier(nonce: [UInt8], signer: Digest) throws -> [AdmittedEvent] {
    var events: [AdmittedEvent] = []
    var next = try ledger.first(nonce: nonce, signer: signer)
    while let event = next, event.sequence < size, event.statement.header.nonce == nonce,
      event.statement.header.signers.contains(signer)
    {
      events.append(event)
      next = try ledger.event(at: event.sequence + 1)
    }
    return events
  }

  /// The sequence of the first event that says the same by the same signers, nonce and times aside:
  /// its statement's `repetitionKey` is `key`.
  func repetition(of key: Digest) throws -> UInt64? {
    try ledger.repetition(of: key).flatMap { $0 < size ? $0 : nil }
  }
}
