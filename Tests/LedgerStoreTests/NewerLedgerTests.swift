internal import CanonicalJSON
import Foundation
import GRDB
import LedgerCrypto
import Provenance
import TestSupport
import Testing
import TransparencyLog

@testable import LedgerStore

/// A ledger to which a later version appended: its own tables, and an entry of a kind of its own.
@Suite struct `A ledger that a later version wrote` {
  let desk: Desk
  let ledger: Ledger
  let unknown: UInt64
  let head: TreeHead

  init() throws {
    let desk = try Desk(seed: 7, events: 30)
    let before = try desk.ledger.treeHead()
    try desk.ledger.storeCheckpoint(desk.history.checkpoint(before), size: 31)
    let key = try #require(SigningKey(seed: Digest(sha256: "later").bytes))
    let last = try #require(try desk.ledger.event(at: 30))
    let bytes = try UnknownEntry.bytes(
      like: last.statement, signedBy: key, recordedAt: last.recordedAt)
    let entry = try RawEntry(bytes: bytes)
    try desk.tamper { db in
      try db.execute(
        sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          31, entry.id.digest.data, "model-dreamt-of", entry.recordedAt.milliseconds, 0,
          Data(bytes),
        ])
      try Tampering.rehash(db)
      try db.execute(
        sql: """
          CREATE TABLE projection_dream (key TEXT NOT NULL PRIMARY KEY) STRICT;
          DROP TABLE projection_concern; PRAGMA user_version = 2
          """)
    }
    self.desk = desk
    ledger = try desk.reopened()
    unknown = 31
    var frontier = TreeFrontier()
    try ledger.forEachRawEntry { _, entry in
      frontier.append(TreeHash.leaf(entry.bytes))
      return true
    }
    head = frontier.head
  }

  static let newer = LedgerFailure.newer(found: 2, known: 1)

  @Test func `keeps and gives every entry as it stands`() throws {
    var types: [String] = []
    try ledger.forEachRawEntry { sequence, entry in
      #expect(sequence == UInt64(types.count))
      #expect(entry.isKnown == (sequence != unknown))
      types.append(entry.predicateType)
      return true
    }
    #expect(types.count == 32)
    #expect(types.last == UnknownEntry.predicateType)
    #expect(types.first == Kind.ledgerCreated.predicateType)
    let data = try #require(
      try ledger.database.read {
        try Data.fetchOne($0, sql: "SELECT entry FROM event WHERE sequence = 31")
      })
    let raw = try RawEntry(bytes: [UInt8](data))
    #expect(raw.bytes == [UInt8](data))
    #expect(raw.envelope != .null && raw.statement != .null)
  }

  @Test func `decides and records nothing`() throws {
    var desk = desk
    let events = try desk.history.events(1)
    #expect(throws: Self.newer) { try ledger.state }
    #expect(throws: Self.newer) { try ledger.size }
    #expect(throws: Self.newer) { try ledger.event(at: 0) }
    #expect(throws: Self.newer) { try ledger.records(.dataset) }
    #expect(throws: Self.newer) { try ledger.treeHead() }
    #expect(throws: Self.newer) { try ledger.inclusionProof(sequence: 0, size: 31) }
    #expect(throws: Self.newer) { try ledger.projectionStateHash() }
    #expect(throws: Self.newer) { try ledger.verify() }
    #expect(throws: Self.newer) { try ledger.admit(events, now: { desk.now }) }
    #expect(throws: Self.newer) { try ledger.rebuildProjections() }
    #expect(throws: Self.newer) { try ledger.putAttachment([1]) }
    #expect(throws: Self.newer) { try ledger.storeCheckpoint([], size: 1) }
  }

  @Test func `is checked as a log, and the rest said to be unknown`() throws {
    let verdict = try ledger.verifyLog(against: [head])
    #expect(verdict.log.isIntact)
    #expect(verdict.log.size == 32)
    #expect(verdict.log.root == head.root)
    #expect(verdict.log.covered == 31)
    #expect(verdict.unknown == 1)
    #expect(
      verdict.firstUnknown
        == LogVerdict.Unknown(sequence: 31, predicateType: UnknownEntry.predicateType))
  }

  @Test(arguments: [
    ("DELETE FROM event WHERE sequence = 31", 31), ("DELETE FROM event WHERE sequence = 12", 12),
    ("UPDATE event SET id = randomblob(32) WHERE sequence = 31", 31),
    ("UPDATE event SET recorded_at = 1 WHERE sequence = 31", 31),
    ("UPDATE event SET entry = x'7b7d' WHERE sequence = 31", 31),
    ("UPDATE tree_hash SET hash = zeroblob(32) WHERE position = 3", nil),
    ("DELETE FROM tree_hash WHERE position = 5", nil),
    ("UPDATE checkpoint SET note = x'00'", nil),
    ("UPDATE checkpoint SET note = CAST(replace(CAST(note AS TEXT), '31', '30') AS BLOB)", nil),
    (
      "UPDATE event SET entry = (SELECT entry FROM event WHERE sequence = 11) WHERE sequence = 12",
      nil
    ),
  ])
  func `shows what was changed in its log`(sql: String, sequence: UInt64?) throws {
    try desk.tamper { db in try db.execute(sql: sql) }
    let verdict = try desk.reopened().verifyLog(against: [head])
    #expect(!verdict.log.isIntact)
    if let sequence { #expect(verdict.log.firstWrong == sequence) }
  }

  @Test(arguments: [
    "DROP TRIGGER event_never_updated", "DROP INDEX event_by_id",
    "DROP TABLE checkpoint",
  ])
  func `is refused when its log is not as all versions have it`(sql: String) throws {
    try desk.ledger.database.writeWithoutTransaction { try $0.execute(sql: sql) }
    #expect(throws: LedgerFailure.self) { try desk.reopened() }
  }
}
