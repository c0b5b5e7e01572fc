internal import GRDB
internal import Synchronization

/// The connection that writes, opened with the first write.
final class Writer: Sendable {
  private let path: String
  private let connection = Mutex<DatabaseQueue?>(nil)

  init(path: String) { self.path = path }

  /// Leaves everything in the one file, as far as no reader is in the way: who copies it alone has all.
  deinit {
    try? connection.withLock { connection in
      try connection?.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
    }
  }

  func open() throws -> DatabaseQueue {
    try connection.withLock { connection in
      if let connection { return connection }
      let opened = try Connection.writing(path: path)
      connection = opened
      return opened
    }
  }
}
