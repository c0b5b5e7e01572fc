internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

/// Someone with the file in hand, who knows its tables: each case leaves the schema as it was.
@Suite struct `Tampering with the file` {
  /// A ledger of 41 entries whose head is remembered; entry 20 is a training-asserted event.
  private static func victim() throws -> (desk: Desk, remembered: TreeHead) {
    let desk = try Desk(seed: 7, events: 40)
    let head = try desk.ledger.treeHead()
    try desk.ledger.storeCheckpoint(desk.history.ledger.checkpoint(head), size: 41)
    #expect(try desk.ledger.verify(against: [head]).isIntact)
    return (desk, head)
  }

  /// The first wrong sequence after `change` was done to the file.
  private static func found(
    _ desk: Desk, _ head: TreeHead, _ change: (Database) throws -> Void
  ) throws -> LedgerVerdict {
    try desk.tamper(change)
    let verdict = try desk.reopened().verify(against: [head])
    #expect(!verdict.isIntact)
    return verdict
  }

  private static func entry(_ db: Database, _ sequence: Int) throws -> [UInt8] {
    [UInt8](
      try #require(
        try Data.fetchOne(db, sql: "SELECT entry FROM event WHERE sequence = \(sequence)")))
  }

  /// An entry recorded a millisecond later than it was: all that no signature covers.
  private static func delayed(_ bytes: [UInt8]) throws -> Entry {
    let entry = try Entry(bytes: bytes)
    return try Entry(
      event: entry.event,
      recordedAt: Timestamp(milliseconds: entry.recordedAt.milliseconds + 1))
  }

  @Test func `editing an entry is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      var bytes = try Self.entry(db, 20)
      bytes[bytes.count / 2] ^= 1
      try db.execute(
        sql: "UPDATE event SET entry = ? WHERE sequence = 20", arguments: [Data(bytes)])
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `editing what no signature covers, and the tree hashes with it, is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      // The last one, so that no later entry's time runs back.
      let entry = try Self.delayed(Self.entry(db, 40))
      try db.execute(
        sql: "UPDATE event SET entry = ?, recorded_at = ? WHERE sequence = 40",
        arguments: [Data(entry.bytes), entry.recordedAt.milliseconds])
      try db.execute(sql: "UPDATE position SET recorded_at = \(entry.recordedAt.milliseconds)")
      try Self.rehash(db)
    }
    // Which entry it is does not show, only that it is one that the checkpoint covers.
    #expect(verdict.flaws.contains { $0.reason == .notAsRemembered(size: 41) })
    #expect(verdict.flaws[0].sequence <= 40 && verdict.flaws[0].through == 40)
  }

  @Test func `editing a statement, and the tree hashes with it, is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      let event = try Entry(bytes: Self.entry(db, 20))
      let other = Statement(header: event.event.statement.header, body: EventMaker.model("other"))
      let forged = try EventMaker.sign(other, by: ["publisher"])
      var signature = forged.signatures[0].bytes
      signature[0] ^= 1
      let entry = try Entry(
        event: desk.forged(forged, signature: signature), recordedAt: event.recordedAt)
      try Self.put(db, entry, at: 20)
      try Self.rehash(db)
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `deleting an entry is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence = 20")
    }
    #expect(verdict.flaws.contains(LedgerVerdict.Flaw(20, .missing)))
    #expect(verdict.firstWrong == 20)
  }

  @Test func `cutting the end off, projections rebuilt, is found`() throws {
    let (desk, head) = try Self.victim()
    try desk.tamper { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence >= 30; DELETE FROM checkpoint")
      try db.execute(
        sql: "DELETE FROM tree_hash WHERE position >= ?",
        arguments: [StoredHash.count(forSize: TreeSize(30)!).stored])
    }
    try desk.reopened().rebuildProjections()
    let verdict = try desk.reopened().verify(against: [head])
    #expect(verdict.flaws == [LedgerVerdict.Flaw(30, through: 40, .truncated(remembered: 41))])
    #expect(try desk.reopened().verify().isIntact)
  }

  @Test func `renumbering is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence = 20")
      for sequence in 21...40 {
        try db.execute(
          sql: "UPDATE event SET sequence = \(sequence - 1) WHERE sequence = \(sequence)")
      }
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `swapping two entries is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(
        sql: """
          UPDATE event SET sequence = 1000 WHERE sequence = 20;
          UPDATE event SET sequence = 20 WHERE sequence = 21;
          UPDATE event SET sequence = 21 WHERE sequence = 1000;
          """)
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test(arguments: [
    ("kind", "'model-registered-not'"), ("recorded_at", "recorded_at + 1"),
    ("repetition", "repetition + 1"), ("id", "randomblob(32)"),
  ])
  func `relabelling a column is found`(column: String, value: String) throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(sql: "UPDATE event SET \(column) = \(value) WHERE sequence = 20")
    }
    #expect(verdict.firstWrong == 20)
    #expect(verdict.flaws.contains(LedgerVerdict.Flaw(20, .relabelled(column: column))))
  }

  @Test func `forging an entry at the end is found`() throws {
    var (desk, head) = try Self.victim()
    let event = try desk.history.next()
    let signature = [UInt8](repeating: 7, count: 64)
    let verdict = try Self.found(desk, head) { db in
      let entry = try Entry(event: desk.forged(event, signature: signature), recordedAt: desk.now)
      try Self.put(db, entry, at: 41)
      try Self.rehash(db)
    }
    #expect(verdict.firstWrong == 41)
    #expect(
      verdict.flaws.contains(
        LedgerVerdict.Flaw(41, .refused(.invalidSignature(event.signatures[0].keyID)))))
  }

  @Test func `signing again with a later key is found`() throws {
    let (desk, _) = try Self.victim()
    var test = desk.history.ledger
    test.clock = desk.now
    let after = try #require(try desk.ledger.state.authority.founding).lastAuthority
    let key = try test.event(
      EventMaker.keyAdded("late", to: "publisher", after: after), by: ["publisher", "late"])
    let now = desk.now
    _ = try desk.ledger.append(now: { now }) { try $0.admit(key) }
    let head = try desk.ledger.treeHead()
    let verdict = try Self.found(desk, head) { db in
      let old = try Entry(bytes: Self.entry(db, 20))
      var header = old.event.statement.header
      header.signers = [EventMaker.key("late").verifyingKey.id]
      let event = try EventMaker.sign(
        Statement(header: header, body: old.event.statement.body), by: ["late"])
      try Self.put(db, try Entry(event: event, recordedAt: old.recordedAt), at: 20)
      try Self.rehash(db)
    }
    #expect(verdict.firstWrong == 20)
    #expect(
      verdict.flaws.contains(
        LedgerVerdict.Flaw(
          20, .refused(.unknownKey(EventMaker.key("late").verifyingKey.id)))))
  }

  @Test(arguments: ["event_by_id", "event_by_repetition"])
  func `dropping an index row is found`(index: String) throws {
    let (desk, head) = try Self.victim()
    let sql = try #require(Schema.statements.first { $0.contains("INDEX \(index) ") })
    try desk.ledger.database.close()
    let path = desk.directory + "/ledger.db"
    // Built again without one row, under the words of the whole index.
    for text in [sql + " WHERE sequence <> 20", sql] {
      let queue = try DatabaseQueue(path: path)
      try queue.writeWithoutTransaction { db in
        if text != sql { try db.execute(sql: "DROP INDEX \(index); \(text)") }
        if text == sql {
          try db.execute(sql: "PRAGMA writable_schema = ON")
          try db.execute(
            sql: "UPDATE sqlite_schema SET sql = ? WHERE name = ?", arguments: [sql, index])
        }
      }
      try queue.close()
    }
    let verdict = try desk.reopened().verify(against: [head])
    #expect(verdict.flaws.contains(LedgerVerdict.Flaw(20, .notIndexed(index))))
    #expect(verdict.flaws.contains { $0.sequence == 20 })
  }

  @Test(arguments: [
    "UPDATE projection_model SET document = replace(document, 'model-', 'nodel-') WHERE key = 'model-1'",
    "UPDATE projection_model SET position = 39 WHERE key = 'model-1'",
    "DELETE FROM projection_model WHERE key = 'model-1'",
    "UPDATE projection_model SET key = 'model-x' WHERE key = 'model-1'",
  ])
  func `editing a projection is found`(sql: String) throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { try $0.execute(sql: sql) }
    #expect(
      verdict.flaws.allSatisfy { flaw in
        if case .projection(.model, _) = flaw.reason { true } else { false }
      })
    #expect(verdict.stateHash == nil)
  }

  @Test func `adding a row to a projection is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(sql: "INSERT INTO projection_finding VALUES ('x', 20, '{}')")
    }
    #expect(verdict.flaws.contains { $0.reason == .projection(.finding, key: "") })
  }

  @Test func `an older copy that is sound in itself is found`() throws {
    var desk = try Desk(seed: 7, events: 20)
    let copy = desk.folder.path + "/copy"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try desk.ledger.database.writeWithoutTransaction { db in
      try db.execute(sql: "VACUUM INTO '\(copy)/ledger.db'")
    }
    try FileManager.default.createSymbolicLink(
      atPath: copy + "/attachments", withDestinationPath: desk.directory + "/attachments")
    try desk.append(20)
    let head = try desk.ledger.treeHead()
    let old = try Ledger.open(at: copy)
    #expect(try old.verify().isIntact)
    #expect(
      try old.verify(against: [head]).flaws
        == [LedgerVerdict.Flaw(21, through: 40, .truncated(remembered: 41))])
  }

  @Test func `a tree hash or checkpoint is found`() throws {
    let (desk, head) = try Self.victim()
    let verdict = try Self.found(desk, head) { db in
      try db.execute(sql: "UPDATE tree_hash SET hash = randomblob(32) WHERE position = 30")
    }
    // The place 30 is the hash over the leaves 0 to 15.
    #expect(verdict.flaws == [LedgerVerdict.Flaw(0, through: 15, .treeHash(position: 30))])
    let (other, otherHead) = try Self.victim()
    let second = try Self.found(other, otherHead) { db in
      try db.execute(sql: "UPDATE checkpoint SET size = 40")
    }
    #expect(second.flaws.contains { $0.sequence == 40 })
  }

  /// Puts an entry's row as the store would, in place of any.
  private static func put(_ db: Database, _ entry: Entry, at sequence: Int) throws {
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
  private static func rehash(_ db: Database) throws {
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
    try ledger.database.writeWithoutTransaction { db in
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
      ).map { ($0.text(0), $0.text(1)) }
      for (name, _) in triggers { try db.execute(sql: "DROP TRIGGER \(name)") }
      try change(db)
      for (_, sql) in triggers { try db.execute(sql: sql) }
    }
  }
}
