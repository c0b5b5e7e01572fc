internal import GRDB

/// Transactions that write something else than entries.
enum Writing {
  /// Runs `body` between BEGIN IMMEDIATE and COMMIT; rolls back when either fails.
  static func immediately<Result>(_ db: Database, _ body: () throws -> Result) throws -> Result {
    try db.beginTransaction(.immediate)
    do {
      let result = try body()
      try db.commit()
      return result
    } catch {
      // A full or failed disk may have rolled back by itself.
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }
}
