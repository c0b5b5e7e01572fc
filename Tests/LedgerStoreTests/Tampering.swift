internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

/// What someone does who has the file in hand and knows its tables.
enum Tampering {
  /// A ledger of 41 entries of 35 kinds whose head is remembered.
  ///
  /// Entry 20 has one signature and gives no authority, `model-1` is among the first, and one
  /// administrator alone can add a key at the end.
  static func victim() throws -> (desk: Desk, remembered: TreeHead) {
    let desk = try Desk(seed: 34, events: 40)
    let entries = desk.history.ledger.entries.map(\.event)
    try #require(Set(entries.map(\.statement.body.kind)).count >= 30)
    try #require(entries[20].signatures.count == 1 && !entries[20].statement.body.kind.isAuthority)
    try #require(entries[..<20].contains { $0.statement.body.kind == .modelRegistered })
    let head = try desk.ledger.treeHead()
    try desk.ledger.storeCheckpoint(desk.history.checkpoint(head), size: 41)
    #expect(try desk.ledger.verify(against: [head]).isIntact)
    return (desk, head)
  }

  /// The first wrong sequence after `change` was done to the file.
  static func found(
    _ desk: Desk, _ head: TreeHead, _ change: (Database) throws -> Void
  ) throws -> LedgerVerdict {
    try desk.tamper(change)
    let verdict = try desk.reopened().verify(against: [head])
    #expect(!verdict.isIntact)
    return verdict
  }

  static func entry(_ db: Database, _ sequence: Int) throws -> [UInt8] {
    [UInt8](
      try #require(
        try Data.fetchOne(db, sql: "SELECT entry FROM event WHERE sequence = \(sequence)")))
  }

  /// An entry recorded a millisecond later than it was: all that no signature covers.
  static func delayed(_ bytes: [UInt8]) throws -> Entry {
    let entry = try Entry(bytes: bytes)
    return try Entry(
      event: entry.event,
      recordedAt: Timestamp(milliseconds: entry.recordedAt.milliseconds + 1))
  }

  /// Puts an entry's row as the store would, in place of any.
  static func put(_ db: Database, _ entry: Entry, at sequence: Int) throws {
    try db.execute(sql: "DELETE FROM event WHERE sequence = \(sequence)")
    try db.execute(
      sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        sequence, entry.event.id.digest.data, entry.event.statement.body.kind.rawValue,
        entry.recordedAt.milliseconds, entry.event.statement.repetitionKey.prefix,
        Data(entry.bytes),
      ])
  }

  /// Makes every tree hash again from the entries.
  static func rehash(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM tree_hash")
    var frontier = TreeFrontier()
    var hashes: [Digest] = []
    for data in try Data.fetchAll(db, sql: "SELECT entry FROM event ORDER BY sequence") {
      frontier.append(TreeHash.leaf([UInt8](data)), storingInto: &hashes)
    }
    for (position, hash) in hashes.enumerated() {
      try db.execute(
        sql: "INSERT INTO tree_hash VALUES (?, ?)", arguments: [position, hash.data])
    }
  }
}

extension Desk {
  /// Changes the file with the triggers out of the way, and puts them back.
  func tamper(_ change: (Database) throws -> Void) throws {
    try ledger.writing { db in
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
      ).map { ($0.text(0), $0.text(1)) }
      for (name, _) in triggers { try db.execute(sql: "DROP TRIGGER \(name)") }
      try change(db)
      for (_, sql) in triggers { try db.execute(sql: sql) }
    }
  }
}
