internal import Files
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// What can be computed of an event outside the write lock.
struct PreparedEvent: Sendable {
  let event: SignedEvent
  /// The first 8 bytes of the statement's repetition key.
  let repetition: Int64
  let signatures: KnownSignatures
  /// The entry that it becomes if it is admitted at the moment of its submission, as nearly always.
  private let likely: Entry
  private let leaf: Digest
  private let envelope: [UInt8]

  /// - Throws: ``LedgerFailure/tooLarge(_:bytes:)``; the size does not depend on the time.
  init(
    _ event: SignedEvent, at now: Timestamp, signatures: KnownSignatures
  ) throws(LedgerFailure) {
    self.event = event
    self.signatures = signatures
    repetition = event.repetitionKey.prefix
    envelope = event.canonicalEnvelope
    likely = try Self.entry(event, envelope, now)
    leaf = TreeHash.leaf(likely.bytes)
  }

  /// The entry that is admitted at `moment`, and its leaf.
  func entry(at moment: Timestamp) throws(LedgerFailure) -> (Entry, Digest) {
    if moment == likely.recordedAt { return (likely, leaf) }
    let entry = try Self.entry(event, envelope, moment)
    return (entry, TreeHash.leaf(entry.bytes))
  }

  private static func entry(
    _ event: SignedEvent, _ envelope: [UInt8], _ moment: Timestamp
  ) throws(LedgerFailure) -> Entry {
    do {
      return try Entry(event: event, canonicalEnvelope: envelope, recordedAt: moment)
    } catch .tooLarge(let bytes) {
      throw .tooLarge(event.id, bytes: bytes)
    } catch {
      throw .damaged("\(error)")
    }
  }

  /// Prepares each event on all cores, to be admitted at `now`.
  ///
  /// The signers' keys are looked up in `state`; without one the caller vouches for the signatures,
  /// having just made them.
  static func all(
    _ events: [SignedEvent], at now: Timestamp, state: LedgerState?, with prepared: PreparedKeys
  ) throws -> [PreparedEvent] {
    var brought: [Digest: VerifyingKey] = [:]
    if state != nil {
      for key in events.flatMap(\.statement.body.broughtKeys).map(\.publicKey) {
        brought[key.id] = key
      }
    }
    let keys = brought
    return try Cores.map(events) { event -> Result<PreparedEvent, LedgerFailure> in
      let signatures =
        state.map { check(event, state: $0, brought: keys, with: prepared) } ?? .good
      return Result { () throws(LedgerFailure) in
        try PreparedEvent(event, at: now, signatures: signatures)
      }
    }.map { try $0.get() }
  }

  /// What it finds rests on no state: a key's id is the hash of its bytes.
  ///
  /// Where a signer's key is not known, the rules will say so.
  private static func check(
    _ event: SignedEvent, state: LedgerState, brought: [Digest: VerifyingKey],
    with prepared: PreparedKeys
  ) -> KnownSignatures {
    func key(_ id: Digest) -> VerifyingKey? { state.publicKey(id, signing: event) ?? brought[id] }
    guard event.signatures.allSatisfy({ key($0.keyID) != nil }) else { return .unchecked }
    return event.firstInvalidSigner(with: prepared, keys: key).map { .bad($0) } ?? .good
  }
}
