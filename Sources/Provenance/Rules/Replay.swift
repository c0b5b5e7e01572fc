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
  /// - Returns: what the projections put.
  /// - Throws: ``ReplayFailure``; the replay then stays as it was.
  package mutating func admit(_ entry: Entry) throws(ReplayFailure) -> [ProjectionChange] {
    let sequence = state.size
    if events[entry.event.id] != nil { throw ReplayFailure(sequence, .repeated) }
    var references: [EventID: AdmittedEvent] = [:]
    for id in entry.event.statement.references { references[id] = events[id] }
    do {
      let step = try state.step(entry, references, signatures: .unchecked)
      events[step.event.id] = step.event
      return step.changes
    } catch {
      throw ReplayFailure(sequence, .refused(error))
    }
  }
}

/// The first entry that breaks the log, and how.
package struct ReplayFailure: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    case unreadable(EventError)
    case refused(Refusal)
    case repeated
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
    }
  }
}
