package import CanonicalJSON
internal import LedgerStore
package import Provenance

/// Through which event, or what was recorded by which time.
package enum AsOf: Sendable {
  case sequence(UInt64)
  case time(Timestamp)

  func includes(_ event: AdmittedEvent) -> Bool {
    switch self {
    case .sequence(let last): event.sequence <= last
    case .time(let moment): event.recordedAt <= moment
    }
  }
}

extension LedgerView {
  /// Calls `body` with each event that this view sees, the oldest first, as far as `at` goes.
  package func forEachEvent(
    at asOf: AsOf? = nil, _ progress: Progress = .silent, _ body: (AdmittedEvent) throws -> Void
  ) throws {
    try ledger.forEachEvent { event in
      if event.sequence >= size { return false }
      if let asOf, !asOf.includes(event) { return false }
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      try body(event)
      return true
    }
  }
}

extension Statement {
  /// The members of the predicate beyond those that all kinds have.
  package var bodyMembers: [(name: String, value: JSON)] {
    var object = JSONObject()
    body.content.write(to: &object)
    return object.members
  }
}
