internal import GRDB
internal import LedgerCrypto
internal import Provenance

extension Ledger {
  /// Drops every projection's rows and makes them again from the log, in one transaction.
  ///
  /// Signatures and rules are not checked: that is what ``verify(against:progress:)`` does.
  ///
  /// - Parameter progress: called now and then with the number of entries read.
  /// - Throws: ``LedgerFailure/damaged(_:)`` when an entry cannot be read; the old rows then stay.
  package func rebuildProjections(progress: (UInt64) -> Void = { _ in }) throws {
    guard !isReadOnly else { throw LedgerFailure.readOnly }
    guard !memory.isStopped else { throw LedgerFailure.stopped }
    // What was kept may come from the rows that are about to go.
    memory.forget(stopping: false)
    let snapshot = try storing {
      try database.writeWithoutTransaction { db in
        try Writing.immediately(db) { try Self.rebuild(db, recent: memory.recent, progress) }
      }
    }
    memory.keep(snapshot)
  }

  private static func rebuild(
    _ db: Database, recent: RecentEvents, _ progress: (UInt64) -> Void
  ) throws -> Snapshot {
    for table in ProjectionTable.allCases {
      try db.execute(sql: "DELETE FROM \(Schema.name(of: table))")
    }
    try db.execute(sql: "DELETE FROM position")
    var state = LedgerState()
    var changes = ChangedRows()
    let pool = WorkPool()
    defer { pool.close() }
    // One page is read ahead by the other cores while this thread takes the one before.
    var next = try EntryPage(db, from: 0, pool)
    while let page = next {
      next = try EntryPage(db, from: state.size + UInt64(page.count), pool)
      pool.wait(for: page.batch)
      for read in page.entries {
        guard let entry = read else { throw LedgerFailure.damaged("sequence \(state.size)") }
        try take(entry, into: &state, &changes, db, recent)
      }
      // Rows of a key that changes again are written again; memory stays bounded.
      try changes.write(db)
      changes = ChangedRows()
      progress(state.size)
    }
    if let last = state.lastRecordedAt {
      try db.execute(
        sql: "INSERT INTO position (number, size, recorded_at) VALUES (0, ?, ?)",
        arguments: [state.size.stored, last.milliseconds])
    }
    return Snapshot(state: state, frontier: try TreeRows.frontier(db, size: state.size))
  }

  private static func take(
    _ entry: Entry, into state: inout LedgerState, _ changes: inout ChangedRows, _ db: Database,
    _ recent: RecentEvents
  ) throws {
    let sequence = state.size
    let event = AdmittedEvent(sequence: sequence, entry: entry, authority: state.authority)
    var references: [EventID: AdmittedEvent] = [:]
    for id in event.statement.references {
      references[id] = try referenced(id, state: state, db, recent)
    }
    for change in state.apply(event, references: references) { changes.put(change, at: sequence) }
    if sequence > 0 { recent.keep(event) }
  }

  /// An earlier event that another refers to; `nil` when there is none before the end of `state`.
  static func referenced(
    _ id: EventID, state: LedgerState, _ db: Database, _ recent: RecentEvents
  ) throws -> AdmittedEvent? {
    if let event = recent[id] { return event.sequence < state.size ? event : nil }
    guard let sequence = try EventRows.sequence(db, of: id), sequence < state.size,
      let bytes = try EventRows.bytes(db, at: sequence)
    else { return nil }
    let event = try EventRows.event(bytes, at: sequence, authority: state.authority)
    guard event.id == id else { return nil }
    recent.keep(event)
    return event
  }
}

/// Some entries of the log, being read by other cores.
private struct EntryPage {
  let count: Int
  let batch = WorkPool.Batch()
  private let slots: [Slot<[Entry?]>]

  /// Posts the reading of the entries from `start` on; `nil` when there are none.
  init?(_ db: Database, from start: UInt64, _ pool: WorkPool) throws {
    let rows = try EventRows.bytes(db, from: start, limit: 2_048)
    if rows.isEmpty { return nil }
    count = rows.count
    var slots: [Slot<[Entry?]>] = []
    for start in stride(from: 0, to: rows.count, by: 64) {
      let slot = Slot<[Entry?]>()
      let run = Array(rows[start..<min(rows.count, start + 64)])
      pool.add(to: batch) { slot.put(run.map { bytes in try? Entry(bytes: bytes) }) }
      slots.append(slot)
    }
    self.slots = slots
  }

  /// What was read, in order, once the batch is done; `nil` for bytes that are no entry.
  var entries: [Entry?] { slots.flatMap { $0.value ?? [] } }
}
