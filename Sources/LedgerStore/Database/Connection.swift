internal import GRDB

/// How a ledger's file is opened, and the settings that are read back.
enum Connection {
  /// How long a second process waits for the write lock, in seconds.
  static let patience: Double = 10

  /// The settings of every connection; ``check(_:wal:)`` reads them back.
  static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = true
    configuration.acceptsDoubleQuotedStringLiterals = false
    configuration.publicStatementArguments = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA recursive_triggers = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          PRAGMA mmap_size = 0;
          PRAGMA cache_size = -16000;
          """)
    }
    return configuration
  }

  /// Opens connections that only read an existing file.
  ///
  /// Of these GRDB asks for nothing but reading. One that could write would be made to, for the sake
  /// of a write-ahead log that is not empty, and wait for another process that is writing.
  static func reading(path: String) throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: configuration(readOnly: true))
    try pool.read { db in try check(db, ["trusted_schema": "0"]) }
    return pool
  }

  /// Opens a connection that writes to an existing file, and makes sure that commits will be durable.
  static func writing(path: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = FULL;
          PRAGMA wal_autocheckpoint = 4000;
          """)
      try check(db, durable)
    }
    return queue
  }

  /// Opens one more connection that writes, with a temporary file of its own.
  static func separate(path: String) throws -> DatabaseQueue {
    let queue = try writing(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA temp_store = FILE; PRAGMA temp.journal_mode = OFF")
    }
    return queue
  }

  /// What must be read back on the connection that writes.
  static let durable = [
    "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1",
    "trusted_schema": "0", "cell_size_check": "1", "mmap_size": "0",
  ]

  /// Refuses a connection on which a setting is not what it must be.
  static func check(_ db: Database, _ wanted: [String: String]) throws {
    for (name, value) in wanted.sorted(by: { $0.key < $1.key }) {
      let row = try Row.fetchOne(db, sql: "PRAGMA \(name)")
      // A setting that SQLite was built without gives no row: mapping is then off.
      guard let row else {
        if name == "mmap_size" { continue }
        throw LedgerFailure.settingRefused(name, wanted: value, found: "nothing")
      }
      let found = row.text(0)
      guard found == value else {
        throw LedgerFailure.settingRefused(name, wanted: value, found: found)
      }
    }
  }

  /// Refuses a file that is not a ledger, that another version wrote, or whose tables or triggers
  /// differ.
  static func checkIdentity(_ db: Database, directory: String) throws {
    guard try Row.fetchOne(db, sql: "PRAGMA application_id")?.integer(0) == Schema.applicationID
    else { throw LedgerFailure.notALedger(directory: directory) }
    let version = try Row.fetchOne(db, sql: "PRAGMA user_version")?.integer(0) ?? 0
    guard version <= Schema.version else {
      throw LedgerFailure.newer(found: version, known: Schema.version)
    }
    guard version == Schema.version else {
      throw LedgerFailure.otherVersion(found: version, known: Schema.version)
    }
    try checkSchema(db)
  }

  /// Refuses a file whose tables, indexes and triggers are not exactly those of ``Schema``.
  static func checkSchema(_ db: Database) throws {
    var wanted = Set(Schema.statements)
    let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema ORDER BY rowid")
    for row in rows {
      guard wanted.remove(row.text(1)) != nil else {
        throw LedgerFailure.schemaDiffers(row.text(0))
      }
    }
    if let missing = wanted.sorted().first {
      throw LedgerFailure.schemaDiffers(name(in: missing))
    }
  }

  /// The name of what a statement creates.
  private static func name(in sql: String) -> String {
    let name = sql.split(separator: " ").first {
      !["CREATE", "UNIQUE", "TABLE", "INDEX", "TRIGGER", "VIEW"].contains($0)
    }
    return name.map(String.init) ?? "sqlite_schema"
  }
}
