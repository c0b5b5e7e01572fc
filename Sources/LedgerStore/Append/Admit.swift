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
    if events.isEmpty { return [] }
    let now = now()
    return try submit(Submission(events: try prepare(events, verified, now), now: now))
  }

  /// Admits what one decision says, all of it or nothing.
  ///
  /// - Parameters:
  ///   - events: signed events of this ledger, in the order in which they are to stand.
  ///   - size: how many entries the log had when this was decided; `nil` when a nonce of the events may
  ///     have been used meanwhile.
  ///   - verified: true when the caller has just made the signatures itself.
  ///   - now: the clock, read before the lock.
  /// - Returns: a receipt for each event, in order.
  /// - Throws: the first ``Refusal``, ``LedgerFailure/nonceTaken(at:)``, or another ``LedgerFailure``;
  ///   nothing is then admitted.
  package func admit(
    together events: [SignedEvent], decidedAt size: UInt64?, verified: Bool = false,
    now: () -> Timestamp
  ) throws -> [Receipt] {
    if events.isEmpty { return [] }
    let now = now()
    let submission = Submission(
      events: try prepare(events, verified, now), now: now, isTogether: true, decidedAt: size)
    return try submit(submission).map { try $0.get() }
  }

  private func prepare(
    _ events: [SignedEvent], _ verified: Bool, _ now: Timestamp
  ) throws -> [PreparedEvent] {
    try checkWritable()
    return try PreparedEvent.all(
      events, at: now, state: verified ? nil : try state, with: memory.keys)
  }

  /// Waits until the submission was committed, by this caller or by another that leads.
  private func submit(_ submission: Submission) throws -> [Result<Receipt, Refusal>] {
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
    do {
      for (submission, outcome) in zip(group, try commit(group)) { submission.settle(outcome) }
    } catch {
      for submission in group { submission.settle(.failure(error)) }
    }
  }
}
