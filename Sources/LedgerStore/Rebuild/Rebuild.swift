internal import Files
internal import GRDB
internal import LedgerCrypto
internal import Provenance

extension Ledger {
  /// Makes every projection's rows again from the log, beside the old ones, and swaps them.
  ///
  /// Nobody waits while the log is read: readers keep the rows of the last commit, and what writers
  /// append meanwhile is taken in too. Only the swap holds the write lock. Signatures and rules are
  /// not checked: that is what ``verify(against:progress:)`` does. Memory: some pages of entries and the
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
        try Self.rebuild(db, progress)
      }
      try connection.close()
      return snapshot
    }
    memory.forget(stopping: false)
    memory.keep(snapshot)
  }

  private static func rebuild(_ db: Database, _ progress: (UInt64) -> Void) throws -> Snapshot {
    try Shadow.begin(db)
    return try Crew.work { crew in
      var fold = ProjectionFold(db, crew)
      try fold.takeLog(progress)
      return try Writing.immediately(db) {
        try fold.takeLog(progress)
        try Shadow.swap(db)
        let state = fold.state
        try db.execute(sql: "DELETE FROM position")
        if let last = state.lastRecordedAt {
          try db.execute(
            sql: "INSERT INTO position (number, size, recorded_at) VALUES (0, ?, ?)",
            arguments: [state.size.stored, last.milliseconds])
        }
        return Snapshot(state: state, frontier: try TreeRows.frontier(db, size: state.size))
      }
    }
  }
}

/// The projections once more, in the temporary database of one connection.
///
/// There a name without a schema means the temporary table: rows are written as they are to the
/// table itself.
private enum Shadow {
  static func begin(_ db: Database) throws {
    try db.execute(sql: "CREATE TEMP TABLE" + Schema.projection.dropFirst("CREATE TABLE".count))
  }

  /// Puts the new rows in place of the old ones, inside the caller's transaction.
  static func swap(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM main.projection")
    // Said like this, of tables of one shape, SQLite copies the rows' bytes.
    try db.execute(sql: "INSERT INTO main.projection SELECT * FROM temp.projection")
  }
}
