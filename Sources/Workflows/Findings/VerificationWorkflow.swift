internal import LedgerStore
package import Provenance

extension Session {
  /// The event at a sequence.
  package func event(_ sequence: UInt64) throws -> AdmittedEvent {
    guard let event = try ledger.event(at: sequence) else {
      throw WorkflowFailure.noEvent("at sequence \(sequence)")
    }
    return event
  }

  /// Records what someone found who looked at the rows of a match.
  package func recordVerification(
    of sequence: UInt64, outcome: Outcome, count: UInt64, unit: CountUnit, exactness: Exactness
  ) throws -> Recorded {
    let target = try event(sequence)
    let attempt = try attempt()
    let asOf = attempt.moment(now())
    return try record(
      { _ in
        .verificationRecorded(
          .init(
            target: target.id, outcome: outcome,
            count: Count(count, unit, exactness, asOf: asOf)))
      }, attempt: attempt, at: asOf)
  }
}
