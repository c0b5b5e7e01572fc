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

  /// Records what someone found who looked at the rows of a match, perhaps in place of what the same
  /// actor said of it at the sequence `replaced`.
  package func recordVerification(
    of sequence: UInt64, outcome: Outcome, count: UInt64, unit: CountUnit, exactness: Exactness,
    replacing replaced: UInt64? = nil
  ) throws -> Recorded {
    let target = try event(sequence)
    let earlier = try replaced.map { try event($0).id }
    let attempt = try attempt()
    let asOf = attempt.moment(now())
    return try record(
      { _ in
        .verificationRecorded(
          .init(
            target: target.id, outcome: outcome,
            count: Count(count, unit, exactness, asOf: asOf), replaces: earlier))
      }, attempt: attempt, at: asOf)
  }
}
