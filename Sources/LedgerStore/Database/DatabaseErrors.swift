internal import GRDB

/// Extended result codes that are told apart (sqlite.org/rescode.html).
enum SQLiteCode {
  /// SQLITE_IOERR_SHMSIZE.
  static let shmSize: Int32 = 4874
}

/// Runs `body` with every error of SQLite turned into a ``LedgerFailure``; others pass through.
func storing<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw LedgerFailure(error)
  }
}

extension LedgerFailure {
  /// Sorts an error of SQLite by its primary result code (sqlite.org/rescode.html).
  init(_ error: DatabaseError) {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR: self = .inputOutput(code: error.extendedResultCode.rawValue)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_MISMATCH, .SQLITE_TOOBIG:
      self = .damaged(error.message ?? "code \(error.extendedResultCode.rawValue)")
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
    default:
      self = .database(
        code: error.extendedResultCode.rawValue, error.message ?? "no message")
    }
  }
}
