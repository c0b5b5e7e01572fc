internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

extension Ledger {
  /// A checkpoint as stored: a note that the log signed.
  package struct StoredCheckpoint: Hashable, Sendable {
    /// The number of entries that it covers, 1 or more.
    package let size: UInt64
    /// The whole note, cosignatures included.
    package let note: [UInt8]
  }

  /// Keeps a signed checkpoint of this log; one that is kept already is not kept twice.
  ///
  /// A note with more cosignatures is kept beside the earlier one of the same size.
  ///
  /// - Throws: ``LedgerFailure/foreignCheckpoint(_:)`` unless the log's key signed it, for exactly the
  ///   root that the tree has at `size`.
  package func storeCheckpoint(_ note: [UInt8], size: UInt64) throws {
    try checkWritable()
    guard !memory.isStopped else { throw LedgerFailure.stopped }
    try storing {
      try writing { db in
        try Writing.immediately(db) {
          let snapshot = try Snapshot.caughtUp(db, from: memory.snapshot)
          guard size > 0, size <= snapshot.state.size else {
            throw LedgerFailure.outsideLog(size, size: snapshot.state.size)
          }
          let head = try Self.treeHead(db, size: size, of: snapshot)
          let signed = try Self.checkpoint(note, of: snapshot.state)
          guard signed.head == head else {
            throw LedgerFailure.foreignCheckpoint("its size or root is not that of the log")
          }
          try Self.insert(db, note, size: size)
        }
      }
    }
  }

  private static func insert(_ db: Database, _ note: [UInt8], size: UInt64) throws {
    let bytes = Data(note)
    let known = try Row.fetchOne(
      db, sql: "SELECT 1 FROM checkpoint WHERE size = ? AND note = ?",
      arguments: [size.stored, bytes])
    guard known == nil else { return }
    let last = try Row.fetchOne(db, sql: "SELECT max(number) FROM checkpoint")?.integer(0) ?? -1
    try db.execute(
      sql: "INSERT INTO checkpoint (number, size, note) VALUES (?, ?, ?)",
      arguments: [last + 1, size.stored, bytes])
  }

  /// Reads a note as a checkpoint that the log's key signed: the one that counts at its size.
  static func checkpoint(_ note: [UInt8], of state: LedgerState) throws -> Checkpoint {
    do {
      let signed = try SignedNote(parsing: note)
      let size = try Checkpoint(parsing: signed.text).size.rawValue
      guard let vkey = state.logKey(at: size),
        let key = try? NoteVerifierKey(parsing: Array(vkey.utf8))
      else { throw LedgerFailure.damaged("the log key") }
      return try VerifiedCheckpoint(verifying: signed, with: [key]).checkpoint
    } catch let error as NoteError {
      throw LedgerFailure.foreignCheckpoint(String(error.description.dropLast()))
    } catch let error as CheckpointError {
      throw LedgerFailure.foreignCheckpoint(String(error.description.dropLast()))
    }
  }

  /// The checkpoint of the largest size, the latest note of that size; `nil` before the first.
  package func latestCheckpoint() throws -> StoredCheckpoint? {
    try checkpoints(sql: "ORDER BY size DESC, number DESC LIMIT 1").first
  }

  /// All checkpoints, the smallest size first, those of one size in the order of their keeping.
  package func checkpoints() throws -> [StoredCheckpoint] {
    try checkpoints(sql: "ORDER BY size, number")
  }

  private func checkpoints(sql order: String) throws -> [StoredCheckpoint] {
    try storing {
      try database.read { db in
        try Row.fetchAll(db, sql: "SELECT size, note FROM checkpoint \(order)").map { row in
          guard let note = row.bytes(1) else { throw LedgerFailure.damaged("a checkpoint") }
          return StoredCheckpoint(size: try row.natural(0, "a checkpoint"), note: note)
        }
      }
    }
  }
}
