internal import Files
internal import GRDB
internal import LedgerCrypto
package import Provenance
internal import TransparencyLog

/// A ledger directory: the log, its tree and its projections in one SQLite file, and attachments.
///
/// A value that several tasks can share. Writers, in this process and in others, take turns; readers
/// see the last commit and never wait. Calls block their thread.
package struct Ledger: Sendable {
  /// The directory that holds `ledger.db` and `attachments/`.
  package let directory: String
  /// Whether it was opened for reading only.
  package let isReadOnly: Bool
  /// Whether an entry may be recorded more than a day after the last one.
  package var acceptsJump = false
  /// Connections that only read: no reader ever asks for the write lock.
  let database: DatabasePool
  let writer: Writer
  let memory: Memory
  let submissions = SubmissionQueue()

  /// The proof of admission that a submitter keeps.
  package struct Receipt: Hashable, Sendable {
    /// The event's place in the log.
    package let sequence: UInt64
    package let id: EventID
    package let recordedAt: Timestamp
    /// False when the event had been admitted before: this is then its first receipt.
    package let isNew: Bool

    package init(sequence: UInt64, id: EventID, recordedAt: Timestamp, isNew: Bool) {
      self.sequence = sequence
      self.id = id
      self.recordedAt = recordedAt
      self.isNew = isNew
    }
  }

  /// Opens the ledger in `directory`.
  ///
  /// Where nothing can be written it is opened for reading only.
  ///
  /// The state is restored from the projections when it is first asked for; the log is not replayed,
  /// and a ledger whose projections are damaged can still be verified and rebuilt. Opening writes nothing and
  /// waits for nobody.
  ///
  /// - Throws: ``LedgerFailure``.
  package static func open(at directory: String, readOnly: Bool = false) throws -> Ledger {
    let path = file(in: directory)
    guard Access.exists(path) else {
      throw LedgerFailure.notFound(directory: directory)
    }
    guard Access.isFile(path) else { throw LedgerFailure.notALedger(directory: directory) }
    guard Access.mayRead(path) else {
      throw LedgerFailure.unreadable(directory: directory)
    }
    let isWritable = Unwritable.isWritable(path)
    let readOnly = readOnly || !isWritable
    let name = isWritable ? path : Unwritable.name(of: path)
    do {
      return try storing {
        let pool = try Connection.reading(path: name)
        try pool.read { try Connection.checkIdentity($0, directory: directory) }
        return Ledger(
          directory: directory, isReadOnly: readOnly, database: pool,
          writer: Writer(path: path), memory: Memory())
      }
    } catch LedgerFailure.damaged(let detail) where detail.contains("not a database") {
      throw LedgerFailure.notALedger(directory: directory)
    } catch let failure as LedgerFailure where !isWritable && failure.isOfOpening {
      throw LedgerFailure.unwritable(directory: directory)
    }
  }

  /// Refuses to go on where nothing could be appended.
  package func checkWritable() throws {
    guard !isReadOnly else { throw LedgerFailure.readOnly }
  }

  static func file(in directory: String) -> String { directory + "/ledger.db" }

  /// All that the rules read, caught up with what other processes appended.
  ///
  /// Cost: one point read when nothing is new.
  package var state: LedgerState { get throws { try snapshot().state } }

  /// The number of entries.
  package var size: UInt64 { get throws { try snapshot().state.size } }

  func snapshot() throws -> Snapshot {
    try reading { _, snapshot in snapshot }
  }

  /// Writes with the one connection that can.
  func writing<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try writer.open().writeWithoutTransaction(body)
  }

  /// Brings what stands in the write-ahead log into `ledger.db`, so that this one file holds all.
  ///
  /// Waits for readers of other processes like a second writer.
  package func settle() throws {
    try writing { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  /// Reads one commit of the file, with the state as of that commit.
  func reading<Result>(_ body: (Database, Snapshot) throws -> Result) throws -> Result {
    // Taken before the view begins: whatever is kept was committed by then.
    let known = memory.snapshot
    return try storing {
      try database.read { db in
        let snapshot = try Snapshot.caughtUp(db, from: known)
        memory.keep(snapshot)
        return try body(db, snapshot)
      }
    }
  }
}
