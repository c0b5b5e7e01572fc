package import Provenance

extension Ledger {
  /// Admits others' events, each on its own; those that are refused leave the rest standing.
  ///
  /// Signatures are checked on all cores before the write lock is taken. Callers that wait at the
  /// same time share one commit. When it returns, what was admitted is on the disk.
  ///
  /// - Parameters:
  ///   - events: signed events of this ledger, in the order in which they are to stand.
  ///   - verified: true when the caller has just made the signatures itself.
  ///   - now: the clock, read before the lock.
  /// - Returns: a receipt or the refusal for each event, in order.
  /// - Throws: ``LedgerFailure``; nothing is then admitted.
  package func admit(
    _ events: [SignedEvent], verified: Bool = false, now: () -> Timestamp
  ) throws -> [Result<Receipt, Refusal>] {
    try checkWritable()
    if events.isEmpty { return [] }
    try Self.checkSizes(events)
    let prepared = PreparedEvent.all(
      events, state: verified ? nil : try state, with: memory.keys)
    let submission = Submission(events: prepared, now: now())
    var leads = submissions.join(submission)
    while true {
      if leads {
        let group = submissions.take()
        write(group)
        submissions.handOver()
      }
      if let outcome = leads ? submission.settled : submission.wait() { return try outcome.get() }
      leads = true
    }
  }

  /// Writes one commit for all of `group` and tells each how it went.
  private func write(_ group: [Submission]) {
    guard let first = group.first else { return }
    do {
      let outcomes = try append(now: { first.now }) { transaction in
        var outcomes: [Submission.Outcome] = []
        for submission in group { outcomes.append(try Self.admit(submission, &transaction)) }
        return outcomes
      }
      for (submission, outcome) in zip(group, outcomes) { submission.settle(outcome) }
    } catch {
      for submission in group { submission.settle(.failure(error)) }
    }
  }

  private static func admit(
    _ submission: Submission, _ transaction: inout Transaction
  ) throws -> Submission.Outcome {
    transaction.now = submission.now
    var results: [Result<Receipt, Refusal>] = []
    do {
      for event in submission.events {
        do {
          results.append(.success(try transaction.admit(event)))
        } catch let refusal as Refusal {
          results.append(.failure(refusal))
        }
      }
      return .success(results)
    } catch let failure as LedgerFailure {
      // A clock shows before anything of its submission is admitted; the others go on.
      switch failure {
      case .clockAhead, .clockJumps: return .failure(failure)
      default: throw failure
      }
    }
  }

  /// Refuses events whose entry the log cannot take; its size does not depend on the time.
  private static func checkSizes(_ events: [SignedEvent]) throws {
    // Below this, base64 and 64 signatures leave the entry under its limit.
    for event in events where event.payload.count > 40_000 {
      do {
        _ = try Entry(event: event, recordedAt: Timestamp(milliseconds: 0))
      } catch .tooLarge(let bytes) {
        throw LedgerFailure.tooLarge(event.id, bytes: bytes)
      }
    }
  }
}
