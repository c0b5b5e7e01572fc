internal import Foundation
internal import GRDB
package import Provenance
internal import TransparencyLog

extension Ledger {
  /// Decides and appends inside the write lock, on the state as of then; all or nothing.
  ///
  /// When it returns, what was admitted is on the disk. When it or `decide` throws, nothing is, nor
  /// in a rehearsal, which goes as far as it can and then rolls back.
  ///
  /// - Parameters:
  ///   - now: the clock, read once inside the lock.
  ///   - decide: makes and admits events. It holds up every other writer: keep it short.
  /// - Returns: what `decide` returns.
  /// - Throws: what `decide` throws, or ``LedgerFailure``.
  package func append<Result>(
    now: () -> Timestamp, _ decide: (inout Transaction) throws -> Result
  ) throws -> Result {
    try checkWritable()
    guard !memory.isStopped else { throw LedgerFailure.stopped }
    do {
      let (result, transaction) = try storing {
        try writing { db in
          try Writing.immediately(db, keeping: !isRehearsal) { try run(db, now(), decide) }
        }
      }
      if isRehearsal { return result }
      memory.keep(transaction.snapshot)
      memory.recent.keep(transaction.admitted.map(\.event))
      return result
    } catch let failure as LedgerFailure {
      switch failure {
      case .inputOutput: memory.forget(stopping: true)
      case .diskFull, .damaged, .database: memory.forget(stopping: false)
      default: break
      }
      throw failure
    }
  }
}

extension Ledger {
  private func run<Result>(
    _ db: Database, _ now: Timestamp, _ decide: (inout Transaction) throws -> Result
  ) throws -> (Result, Transaction) {
    var transaction = Transaction(
      db, snapshot: try Snapshot.caughtUp(db, from: memory.snapshot), now: now,
      recent: memory.recent)
    transaction.acceptsJump = acceptsJump
    let result = try decide(&transaction)
    try Writing.flush(transaction)
    return (result, transaction)
  }
}

/// The write side of a transaction.
enum Writing {
  /// Runs `body` between BEGIN IMMEDIATE and COMMIT; rolls back when either fails, or when nothing is
  /// to be kept.
  static func immediately<Result>(
    _ db: Database, keeping isKept: Bool = true, _ body: () throws -> Result
  ) throws -> Result {
    try db.beginTransaction(.immediate)
    do {
      let result = try body()
      if isKept { try db.commit() } else { try db.rollback() }
      return result
    } catch {
      // A full or failed disk may have rolled back by itself.
      if db.isInsideTransaction { try? db.rollback() }
      throw error
    }
  }

  /// Writes all that the transaction gathered.
  static func flush(_ transaction: Ledger.Transaction) throws {
    guard let first = transaction.admitted.first, let last = transaction.admitted.last else {
      return
    }
    let db = transaction.database
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO event (sequence, id, kind, recorded_at, repetition, entry)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    for admission in transaction.admitted {
      let event = admission.event
      insert.setUncheckedArguments([
        event.sequence.stored, event.id.digest.data, event.statement.body.kind.rawValue,
        event.recordedAt.milliseconds, admission.repetition, Data(event.entry.bytes),
      ])
      try insert.execute()
    }
    var position = StoredHash.count(forSize: try TreeRows.treeSize(first.event.sequence)).stored
    let hash = try db.cachedStatement(sql: "INSERT INTO tree_hash (position, hash) VALUES (?, ?)")
    for digest in transaction.hashes {
      hash.setUncheckedArguments([position, digest.data])
      try hash.execute()
      position += 1
    }
    let changes = transaction.changes
    try WrittenRow.write(changes.rows(0..<changes.count), db)
    let moved = try db.cachedStatement(
      sql: """
        INSERT INTO position (number, size, recorded_at) VALUES (0, ?, ?)
        ON CONFLICT (number) DO UPDATE SET size = excluded.size, recorded_at = excluded.recorded_at
        """)
    moved.setUncheckedArguments([
      (last.event.sequence + 1).stored, last.event.recordedAt.milliseconds,
    ])
    try moved.execute()
  }
}
