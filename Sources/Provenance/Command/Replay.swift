internal import LedgerCrypto

/// The log replayed from its first entry, every rule checked: what `verify` and a bundle under
/// `complete` do.
///
/// Keeps every event that a later one may refer to; a store looks them up instead.
package struct Replay: Sendable {
  package private(set) var state = LedgerState()
  package private(set) var events: [EventID: AdmittedEvent] = [:]

  package init() {}

  /// Admits the next entry.
  ///
  /// - Parameters:
  ///   - entry: the entry at the sequence that follows.
  ///   - checkingSignatures: false when the caller checks them elsewhere, in parallel.
  /// - Returns: what the projections put.
  /// - Throws: ``ReplayFailure``; the replay then stays as it was.
  package mutating func admit(
    _ entry: Entry, checkingSignatures: Bool = true
  ) throws(ReplayFailure) -> [ProjectionChange] {
    let sequence = state.size
    let event = entry.event
    if events[event.id] != nil { throw ReplayFailure(sequence, .repeated) }
    if let last = state.lastRecordedAt, entry.recordedAt < last {
      throw ReplayFailure(sequence, .timeRunsBack)
    }
    var references: [EventID: AdmittedEvent] = [:]
    for id in event.statement.references { references[id] = events[id] }
    do {
      try state.check(event, recordedAt: entry.recordedAt, references: references)
      if checkingSignatures { try state.checkSignatures(of: event) }
    } catch {
      throw ReplayFailure(sequence, .refused(error))
    }
    return take(entry, references)
  }

  private mutating func take(
    _ entry: Entry, _ references: [EventID: AdmittedEvent]
  ) -> [ProjectionChange] {
    let sequence = state.size
    // Sequence 0 brings its own keys, so that its signers are known only after it.
    var admitted = AdmittedEvent(sequence: sequence, entry: entry, authority: state.authority)
    let changes = state.apply(admitted, references: references)
    if sequence == 0 {
      admitted = AdmittedEvent(sequence: 0, entry: entry, authority: state.authority)
    }
    events[entry.event.id] = admitted
    return changes
  }
}

/// The first entry that breaks the log, and how.
package struct ReplayFailure: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case unreadable(EventError)
    case refused(Refusal)
    case repeated
    case timeRunsBack
  }

  package let sequence: UInt64
  package let reason: Reason

  package init(_ sequence: UInt64, _ reason: Reason) {
    self.sequence = sequence
    self.reason = reason
  }
}

extension ReplayFailure: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .unreadable(let error): "Sequence \(sequence) cannot be read: \(error)"
    case .refused(let refusal): "Sequence \(sequence) breaks a rule: \(refusal)"
    case .repeated: "Sequence \(sequence) repeats an event that the log already has."
    case .timeRunsBack: "Sequence \(sequence) was recorded before the entry that it follows."
    }
  }
}
