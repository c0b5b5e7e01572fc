internal import GRDBSQLite

/// Commits of SQLite through its C interface, write-ahead log and `synchronous=FULL` read back.
@safe
final class SQLiteLimit {
  private var database: OpaquePointer?
  private var statement: OpaquePointer?
  private let row = [UInt8](repeating: 0x61, count: 700)
  private var next: Int64 = 0

  /// Makes a database of one table at `path`.
  init(path: String) throws {
    guard unsafe sqlite3_open(path, &database) == SQLITE_OK else {
      throw BenchFailure.sqlite("It does not open.")
    }
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = FULL")
    guard try value("PRAGMA synchronous") == 2 else {
      throw BenchFailure.sqlite("synchronous is not FULL.")
    }
    try run("CREATE TABLE row (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
    unsafe statement = try prepare("INSERT INTO row VALUES (?, ?)")
  }

  deinit {
    unsafe sqlite3_finalize(statement)
    unsafe sqlite3_close(database)
  }

  /// Rows a second when each commit has `batch` of them.
  func rate(rows: Int, batch: Int) throws -> Speed {
    try winnow_bench.rate(rows / batch * batch) {
      for _ in 0..<rows / batch {
        try run("BEGIN IMMEDIATE")
        for _ in 0..<batch { try insert() }
        try run("COMMIT")
      }
    }
  }

  private func insert() throws {
    next += 1
    let done = unsafe row.withUnsafeBytes { bytes in
      unsafe sqlite3_bind_int64(statement, 1, next)
      // No destructor: the bytes stay where they are until the step is done.
      unsafe sqlite3_bind_blob(statement, 2, bytes.baseAddress, Int32(bytes.count), nil)
      let result = unsafe sqlite3_step(statement)
      unsafe sqlite3_reset(statement)
      return result
    }
    guard done == SQLITE_DONE else { throw BenchFailure.sqlite("A row is refused: \(done).") }
  }

  private func run(_ sql: String) throws {
    guard unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else {
      throw BenchFailure.sqlite(sql)
    }
  }

  private func prepare(_ sql: String) throws -> OpaquePointer? {
    var statement: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else {
      throw BenchFailure.sqlite(sql)
    }
    return unsafe statement
  }

  private func value(_ sql: String) throws -> Int64 {
    let statement = unsafe try prepare(sql)
    defer { unsafe sqlite3_finalize(statement) }
    guard unsafe sqlite3_step(statement) == SQLITE_ROW else { throw BenchFailure.sqlite(sql) }
    return unsafe sqlite3_column_int64(statement, 0)
  }
}
