internal import GRDB
internal import LedgerCrypto
package import Provenance
internal import TransparencyLog

/// The one way of events into the log.
///
/// All that can be computed without the log is computed before: statements are decided, signed, read
/// back, hashed and written as entries while nobody waits (``PreparedEvent``). What needs the log is
/// here, in one transaction for all who wait, in this order:
///
/// 1. BEGIN IMMEDIATE: from here on nobody else decides what comes next.
/// 2. Catch up with what other processes appended.
/// 3. The rules again, on the state as it now is; what no longer fits is refused, and the rest goes on.
/// 4. The entry, with the moment of its admission.
/// 5. Its leaf, and the tree above it.
/// 6. The rows of all of them, of the tree and of the projections.
/// 7. COMMIT: the commit point.
extension Ledger {
  /// Writes one commit for all of `group`, in its order, and gives how each turned out.
  ///
  /// When it returns, what was admitted is on the disk. When it throws, nothing is acknowledged, and
  /// nothing stands, with one exception: a disk that fails *in* step 7 may have kept the commit.
  /// ``LedgerFailure/inputOutput(code:)`` therefore means "perhaps": whoever gets it leaves in place
  /// what the events name, and learns by trying again under the same nonce. Nothing more is written
  /// through this value, since a disk that failed to sync once cannot be believed about it again; a
  /// ledger that is opened anew reads what the disk has.
  func commit(_ group: [Submission]) throws -> [Submission.Outcome] {
    guard !memory.isStopped else { throw LedgerFailure.stopped }
    do {
      return try storing { try writing { try commit(group, $0) } }
    } catch let failure as LedgerFailure {
      switch failure {
      case .inputOutput: memory.forget(stopping: true)
      case .diskFull, .damaged, .database: memory.forget(stopping: false)
      default: break
      }
      throw failure
    }
  }

  private func commit(_ group: [Submission], _ db: Database) throws -> [Submission.Outcome] {
    try db.beginTransaction(.immediate)  // 1
    do {
      var next = NextEntries(
        db, after: try Snapshot.caughtUp(db, from: memory.snapshot),  // 2
        acceptsJump: acceptsJump, recent: memory.recent)
      let outcomes = try group.map { try next.admit($0) }  // 3, 4, 5
      try next.write()  // 6
      try db.commit()  // 7
      memory.keep(next.snapshot)
      memory.recent.keep(next.admitted.map(\.event))
      return outcomes
    } catch {
      // A full or failed disk may have rolled back by itself.
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }
}

extension NextEntries {
  /// Admits what one caller submitted: each event on its own, or all of them or none.
  mutating func admit(_ submission: Submission) throws -> Submission.Outcome {
    // One event leaves everything as it was when it is refused.
    let before = submission.isTogether && submission.events.count > 1 ? self : nil
    do {
      if let size = submission.decidedAt { try checkNonces(of: submission.events, since: size) }
      var results: [Result<Ledger.Receipt, Refusal>] = []
      for event in submission.events {
        do {
          results.append(.success(try admit(event, at: submission.now)))
        } catch let refusal as Refusal where !submission.isTogether {
          results.append(.failure(refusal))
        }
      }
      return .success(results)
    } catch let error where error is Refusal || (error as? LedgerFailure)?.isOfOne == true {
      // The others of the group go on.
      if let before { self = before }
      return .failure(error)
    }
  }

  /// Admits one event as the next entry; an id that was admitted before gets its first receipt, before
  /// any other check.
  ///
  /// - Throws: ``Refusal`` when a rule forbids it; everything then stays as it was.
  mutating func admit(_ prepared: PreparedEvent, at now: Timestamp) throws -> Ledger.Receipt {
    let event = prepared.event
    if let receipt = try receipt(of: event.id) { return receipt }
    let moment = try Ledger.moment(after: snapshot.state, now: now, acceptsJump: acceptsJump)
    var references: [EventID: AdmittedEvent] = [:]
    for id in event.statement.references { references[id] = try self.event(id) }
    let (entry, leaf) = try prepared.entry(at: moment)  // 4
    let step = try step(entry, references, signatures: prepared.signatures)  // 3
    take(step, leaf: leaf, repetition: prepared.repetition)  // 5
    return Ledger.Receipt(
      sequence: step.event.sequence, id: event.id, recordedAt: moment, isNew: true)
  }
}

extension Ledger {
  /// When the next entry is admitted: max(now, last), unless one lies too far ahead of the other: what
  /// a wrong clock records would stop every right one until then.
  ///
  /// - Throws: ``LedgerFailure/clockAhead(last:until:)`` or ``LedgerFailure/clockJumps(last:now:)``.
  package static func moment(
    after state: LedgerState, now: Timestamp, acceptsJump: Bool
  ) throws(LedgerFailure) -> Timestamp {
    guard let last = state.lastRecordedAt else { return now }
    guard last > now else {
      guard acceptsJump || now <= last.advanced(bySeconds: LedgerState.longestJump) else {
        throw .clockJumps(last: last, now: now)
      }
      return now
    }
    guard last <= now.advanced(bySeconds: LedgerState.clockTolerance) else {
      throw .clockAhead(
        last: last, until: last.advanced(bySeconds: -LedgerState.clockTolerance))
    }
    return last
  }
}

extension LedgerFailure {
  /// Whether it says something of one submission, and nothing of the ledger.
  fileprivate var isOfOne: Bool {
    switch self {
    case .clockAhead, .clockJumps, .nonceTaken: true
    default: false
    }
  }
}
