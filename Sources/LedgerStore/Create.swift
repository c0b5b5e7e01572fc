internal import Files
internal import GRDB
internal import LedgerCrypto
package import Provenance

extension Ledger {
  /// Makes a ledger in `directory` whose sequence 0 is `event`; the directory may be there already.
  ///
  /// The file appears whole under its name or not at all: nothing is left when this fails, however.
  ///
  /// - Throws: ``LedgerFailure/alreadyExists(directory:)``, the ``Refusal`` of the founding event, or
  ///   `FileFailure`.
  package static func create(
    at directory: String, event: SignedEvent, now: Timestamp
  ) throws -> Ledger {
    let path = file(in: directory)
    guard !Directory.holds(path) else {
      throw LedgerFailure.alreadyExists(directory: directory)
    }
    let isNew = !Directory.exists(directory)
    try Directory.make(directory)
    // A name of its own, so that two that create at once do not meet before the link below.
    let partial = TemporaryName.fresh(in: directory)
    do {
      try storing { try found(partial, event, now) }
      try appear(partial, in: directory)
      try remove(partial)
      return try open(at: directory)
    } catch {
      try? remove(partial)
      if isNew { _ = try? Directory.removeIfEmpty(directory) }
      throw error
    }
  }

  /// Gives the whole file its name: a hard link, for unlike a rename it never replaces a ledger that came
  /// in between.
  private static func appear(_ partial: String, in directory: String) throws {
    let path = file(in: directory)
    do throws(FileFailure) {
      try Directory.link(partial, to: path)
    } catch {
      guard !Directory.holds(path) else {
        throw LedgerFailure.alreadyExists(directory: directory)
      }
      throw error
    }
  }

  /// Writes the tables and sequence 0 as one transaction with a rollback journal, and then turns the
  /// write-ahead log on; both are gone when the file is closed.
  private static func found(_ path: String, _ event: SignedEvent, _ now: Timestamp) throws {
    let queue = try DatabaseQueue(
      path: path, configuration: Connection.configuration(readOnly: false))
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try Connection.check(db, ["synchronous": "2", "recursive_triggers": "1"])
      try Writing.immediately(db) {
        for statement in Schema.statements { try db.execute(sql: statement) }
        try db.execute(
          sql: """
            PRAGMA application_id = \(Schema.applicationID);
            PRAGMA user_version = \(Schema.version);
            """)
        var first = NextEntries(
          db, after: Snapshot(), acceptsJump: true, recent: RecentEvents())
        _ = try first.admit(
          PreparedEvent(event, at: now, signatures: .unchecked), at: now)
        try first.write()
      }
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try Connection.check(db, ["journal_mode": "wal"])
    }
    try queue.close()
  }

  private static func remove(_ partial: String) throws {
    for suffix in ["", "-journal", "-wal", "-shm"] {
      let path = partial + suffix
      if Directory.holds(path) { try Directory.remove(file: path) }
    }
  }
}
