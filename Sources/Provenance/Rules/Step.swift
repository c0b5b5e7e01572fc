package import LedgerCrypto

/// What one entry does to the log: the event as admitted, and the rows that it puts.
package struct Step: Sendable {
  package let event: AdmittedEvent
  /// What the projections put, in order.
  package let changes: [ProjectionChange]
}

/// What whoever takes an entry in knows of its signatures.
package enum KnownSignatures: Sendable {
  /// They hold, or are checked elsewhere.
  case good
  /// The one by this key does not.
  case bad(Digest)
  /// Nothing: they are checked with the rules.
  case unchecked
}

/// The one way of the log: whether an entry is admitted, replayed from a bundle, or verified, it is
/// checked and then applied here.
extension LedgerState {
  /// Checks every rule for `entry` as the next one, and takes it in.
  ///
  /// - Parameters:
  ///   - entry: the entry at the sequence that follows.
  ///   - references: the admitted events among those that its statement refers to.
  ///   - signatures: what is known of them; the costly part, which may run on other cores.
  /// - Returns: the event as admitted, and the rows that it puts.
  /// - Throws: the first ``Refusal``; the state then stays as it was.
  package mutating func step(
    _ entry: Entry, _ references: [EventID: AdmittedEvent], signatures: KnownSignatures
  ) throws(Refusal) -> Step {
    try check(entry.event, recordedAt: entry.recordedAt, references: references)
    switch signatures {
    case .good: break
    case .bad(let signer): throw .invalidSignature(signer)
    case .unchecked: try checkSignatures(of: entry.event)
    }
    return take(entry, references)
  }

  /// Takes in an entry that the log has and nobody judges again, as when projections are made anew.
  package mutating func take(_ entry: Entry, _ references: [EventID: AdmittedEvent]) -> Step {
    let event = AdmittedEvent(sequence: size, entry: entry, authority: authority)
    return Step(event: event, changes: apply(event, references: references))
  }
}
