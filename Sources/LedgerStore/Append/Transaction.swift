internal import CanonicalJSON
internal import GRDB
internal import LedgerCrypto
package import Provenance
internal import TransparencyLog

extension Ledger {
  /// The log inside the write lock: what is admitted here is recorded as one, or not at all.
  ///
  /// Admitted events are gathered and written when the transaction ends; look-ups see them before.
  package struct Transaction {
    /// All that the rules read, the events admitted so far included.
    package var state: LedgerState { snapshot.state }

    var snapshot: Snapshot
    /// The clock at the beginning, or the submitter's.
    var now: Timestamp
    var acceptsJump = false
    let database: Database
    let recent: RecentEvents
    private(set) var admitted: [Admission] = []
    private(set) var hashes: [Digest] = []
    private(set) var changes = ChangedRows()
    private var places: [EventID: Int] = [:]
    private let start: UInt64

    /// One new row.
    struct Admission {
      let event: AdmittedEvent
      let repetition: Int64
    }

    init(_ database: Database, snapshot: Snapshot, now: Timestamp, recent: RecentEvents) {
      self.database = database
      self.snapshot = snapshot
      self.now = now
      self.recent = recent
      start = snapshot.state.size
    }

    /// The admitted event with this id, or `nil`.
    package func event(_ id: EventID) throws -> AdmittedEvent? {
      if let place = places[id] { return admitted[place].event }
      if let event = recent[id] { return event }
      guard let sequence = try EventRows.sequence(database, of: id) else { return nil }
      return try event(at: sequence)
    }

    /// The admitted event at `sequence`, or `nil` past the end.
    package func event(at sequence: UInt64) throws -> AdmittedEvent? {
      if sequence >= start {
        let place = sequence - start
        return place < UInt64(admitted.count) ? admitted[Int(place)].event : nil
      }
      guard let bytes = try EventRows.bytes(database, at: sequence) else { return nil }
      let event = try EventRows.event(bytes, at: sequence, authority: state.authority)
      recent.keep(event)
      return event
    }

    /// The sequence of the first admitted event that says the same, nonce and times aside.
    package func hasRepetition(of statement: Provenance.Statement) throws -> UInt64? {
      let key = statement.repetitionKey
      for sequence in try EventRows.candidates(database, repetition: key.prefix) {
        if let event = try event(at: sequence), event.statement.repetitionKey == key {
          return sequence
        }
      }
      return admitted.first {
        $0.repetition == key.prefix && $0.event.statement.repetitionKey == key
      }?.event.sequence
    }

    /// The receipt of an event that differs from `statement` in its times alone: same nonce, so that
    /// it is the first try of a retry; `nil` when there is none.
    package func firstTry(of statement: Provenance.Statement) throws -> Receipt? {
      let key = statement.repetitionKey
      for sequence in try EventRows.candidates(database, repetition: key.prefix) {
        guard let event = try event(at: sequence), event.statement.repetitionKey == key,
          event.statement.header.nonce == statement.header.nonce
        else { continue }
        return try receipt(of: event.id)
      }
      return nil
    }

    /// Admits `event` as the next entry.
    ///
    /// An id that was admitted before gets its first receipt, before any other check.
    ///
    /// - Parameters:
    ///   - event: a signed event of this ledger.
    ///   - verified: true when the caller has just made or checked the signatures.
    /// - Returns: its receipt, which holds once the transaction ends.
    /// - Throws: ``Refusal`` when a rule forbids it; this transaction then stays as it was and can go
    ///   on. ``LedgerFailure/clockAhead(last:until:)``, ``LedgerFailure/clockJumps(last:now:)``,
    ///   ``LedgerFailure/tooLarge(_:bytes:)``.
    package mutating func admit(
      _ event: SignedEvent, verified: Bool = false
    ) throws -> Receipt {
      if let receipt = try receipt(of: event.id) { return receipt }
      return try admitNew(PreparedEvent(event, signatures: verified ? .good : .unchecked))
    }

    mutating func admit(_ prepared: PreparedEvent) throws -> Receipt {
      if let receipt = try receipt(of: prepared.event.id) { return receipt }
      return try admitNew(prepared)
    }

    private func receipt(of id: EventID) throws -> Receipt? {
      if let place = places[id] {
        let event = admitted[place].event
        return Receipt(
          sequence: event.sequence, id: id, recordedAt: event.recordedAt, isNew: false)
      }
      return try EventRows.receipt(database, of: id)
    }

    private mutating func admitNew(_ prepared: PreparedEvent) throws -> Receipt {
      let event = prepared.event
      let recordedAt = try moment()
      var references: [EventID: AdmittedEvent] = [:]
      for id in event.statement.references { references[id] = try self.event(id) }
      let entry: Entry
      do {
        entry = try Entry(
          event: event, canonicalEnvelope: prepared.envelope, recordedAt: recordedAt)
      } catch .tooLarge(let bytes) {
        throw LedgerFailure.tooLarge(event.id, bytes: bytes)
      }
      let step = try snapshot.state.step(entry, references, signatures: prepared.signatures)
      snapshot.frontier.append(TreeHash.leaf(entry.bytes), storingInto: &hashes)
      for change in step.changes { changes.put(change, at: step.event.sequence) }
      places[event.id] = admitted.count
      admitted.append(Admission(event: step.event, repetition: prepared.repetition))
      return Receipt(
        sequence: step.event.sequence, id: event.id, recordedAt: recordedAt, isNew: true)
    }

    /// max(now, last), unless one lies too far ahead of the other: what a wrong clock records would
    /// stop every right one until then.
    private func moment() throws -> Timestamp {
      guard let last = snapshot.state.lastRecordedAt else { return now }
      guard last > now else {
        guard acceptsJump || now <= last.advanced(bySeconds: LedgerState.longestJump) else {
          throw LedgerFailure.clockJumps(last: last, now: now)
        }
        return now
      }
      guard last <= now.advanced(bySeconds: LedgerState.clockTolerance) else {
        throw LedgerFailure.clockAhead(
          last: last, until: last.advanced(bySeconds: -LedgerState.clockTolerance))
      }
      return last
    }
  }
}
