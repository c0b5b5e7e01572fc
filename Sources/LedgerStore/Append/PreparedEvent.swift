internal import Dispatch
internal import LedgerCrypto
internal import Provenance
internal import Synchronization

/// What can be computed of an event outside the write lock.
struct PreparedEvent: Sendable {
  let event: SignedEvent
  /// The first 8 bytes of the statement's repetition key.
  let repetition: Int64
  let envelope: [UInt8]
  let signatures: KnownSignatures

  init(_ event: SignedEvent, signatures: KnownSignatures) {
    self.event = event
    self.signatures = signatures
    envelope = event.canonicalEnvelope
    repetition = event.repetitionKey.prefix
  }

  /// Prepares each event on all cores.
  ///
  /// The signers' keys are looked up in `state`; without one the caller vouches for the signatures,
  /// having just made them.
  static func all(
    _ events: [SignedEvent], state: LedgerState?, with prepared: PreparedKeys
  ) -> [PreparedEvent] {
    var brought: [Digest: VerifyingKey] = [:]
    if state != nil {
      for key in events.flatMap(\.statement.body.broughtKeys).map(\.publicKey) {
        brought[key.id] = key
      }
    }
    let keys = brought
    return Parallel.map(events) { event in
      PreparedEvent(
        event,
        signatures: state.map { check(event, state: $0, brought: keys, with: prepared) } ?? .good)
    }
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

/// Work spread over the cores.
enum Parallel {
  /// The cores to use.
  static let width = max(1, ProcessorCount.active)

  /// Applies `transform` to each element on all cores; the results are in the elements' order.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    // Short runs, so that a core that is held up elsewhere delays little.
    let stride = max(1, min(64, elements.count / (4 * width)))
    let runs = (elements.count + stride - 1) / stride
    if runs <= 1 { return elements.map(transform) }
    let results = Mutex<[[Result]]>(Array(repeating: [], count: runs))
    DispatchQueue.concurrentPerform(iterations: runs) { run in
      let range = run * stride..<min(elements.count, (run + 1) * stride)
      let output = elements[range].map(transform)
      results.withLock { $0[run] = output }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}
