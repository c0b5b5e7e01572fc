internal import GRDB
internal import LedgerCrypto
internal import Provenance

extension Ledger {
  /// Makes every projection's rows again from the log, beside the old ones, and swaps them.
  ///
  /// Nobody waits while the log is read: readers keep the rows of the last commit, and what writers
  /// append meanwhile is taken in too. Only the swap holds the write lock. Signatures and rules are
  /// not checked: that is what ``verify(against:progress:)`` does. Memory: a page of entries and the
  /// state that the rules read; the new rows lie in a temporary file of SQLite's.
  ///
  /// - Parameter progress: called now and then with the number of entries read.
  /// - Throws: ``LedgerFailure/damaged(_:)`` when an entry cannot be read; the old rows then stay.
  package func rebuildProjections(progress: (UInt64) -> Void = { _ in }) throws {
    try checkWritable()
    guard !memory.isStopped else { throw LedgerFailure.stopped }
    // What was kept may come from the rows that are about to go.
    memory.forget(stopping: false)
    let snapshot = try storing {
      let connection = try Connection.separate(path: Self.file(in: directory))
      let snapshot = try connection.writeWithoutTransaction { db in
        try Self.rebuild(db, recent: memory.recent, progress)
      }
      try connection.close()
      return snapshot
    }
    memory.forget(stopping: false)
    memory.keep(snapshot)
  }

  private static func rebuild(
    _ db: Database, recent: RecentEvents, _ progress: (UInt64) -> Void
  ) throws -> Snapshot {
    try Shadow.begin(db)
    var state = LedgerState()
    try read(db, into: &state, recent, progress)
    return try Writing.immediately(db) {
      try read(db, into: &state, recent, progress)
      try Shadow.swap(db)
      try db.execute(sql: "DELETE FROM position")
      if let last = state.lastRecordedAt {
        try db.execute(
          sql: "INSERT INTO position (number, size, recorded_at) VALUES (0, ?, ?)",
          arguments: [state.size.stored, last.milliseconds])
      }
      return Snapshot(state: state, frontier: try TreeRows.frontier(db, size: state.size))
    }
  }

  /// Takes the entries from the end of `state` to the end of the log, one page read ahead by the other
  /// cores while this thread takes the one before.
  private static func read(
    _ db: Database, into state: inout LedgerState, _ recent: RecentEvents,
    _ progress: (UInt64) -> Void
  ) throws {
    let pool = WorkPool()
    defer { pool.close() }
    var changes = ChangedRows()
    var next = try EntryPage(db, from: state.size, pool)
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

/// The projections' tables once more, in the temporary database of one connection.
///
/// There a name without a schema means the temporary table: rows are written as they are to the
/// tables themselves.
private enum Shadow {
  static func begin(_ db: Database) throws {
    for table in ProjectionTable.allCases {
      try db.execute(sql: Schema.shadow(of: table))
    }
  }

  /// Puts the new rows in place of the old ones, inside the caller's transaction.
  static func swap(_ db: Database) throws {
    for table in ProjectionTable.allCases {
      let name = Schema.name(of: table)
      try db.execute(sql: "DELETE FROM main.\(name)")
      try db.execute(
        sql: """
          INSERT INTO main.\(name) (key, position, document)
          SELECT key, position, document FROM temp.\(name) ORDER BY key
          """)
    }
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
