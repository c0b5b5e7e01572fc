internal import Foundation
internal import GRDB
internal import Provenance
internal import TestSupport
internal import Testing

@testable internal import LedgerStore

@Suite struct `The store's schema` {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Schemas/ledger.sql")

  @Test func `of a fresh ledger is the golden one`() throws {
    let desk = try Desk()
    let statements = try desk.ledger.database.read { db in
      try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema ORDER BY rowid")
    }
    var text = "PRAGMA application_id = \(Schema.applicationID);\n"
    text += "PRAGMA user_version = \(Schema.version);\n"
    for statement in statements { text += "\n\(statement);\n" }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: Self.golden, atomically: true, encoding: .utf8)
    }
    #expect(try text == String(contentsOf: Self.golden, encoding: .utf8))
  }

  @Test(arguments: [
    "UPDATE event SET kind = 'x' WHERE sequence = 2",
    "UPDATE event SET sequence = 99 WHERE sequence = 3",
    "DELETE FROM event WHERE sequence = 3",
    "DELETE FROM event",
    "INSERT OR REPLACE INTO event SELECT sequence, id, 'x', recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "INSERT OR REPLACE INTO event SELECT 4, id, 'x', recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "REPLACE INTO event SELECT sequence, randomblob(32), kind, recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "INSERT INTO event SELECT 9, randomblob(32), kind, recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "INSERT INTO event SELECT -1, randomblob(32), kind, recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "INSERT OR IGNORE INTO event SELECT 4, x'00', kind, recorded_at, repetition, entry FROM event WHERE sequence = 1 UNION ALL SELECT 7, randomblob(32), kind, recorded_at, repetition, entry FROM event WHERE sequence = 1",
    "UPDATE tree_hash SET hash = randomblob(32) WHERE position = 1",
    "DELETE FROM tree_hash WHERE position = 1",
    "INSERT OR REPLACE INTO tree_hash VALUES (1, randomblob(32))",
    "UPDATE checkpoint SET size = 2",
    "DELETE FROM checkpoint",
    "INSERT OR REPLACE INTO checkpoint VALUES (0, 1, x'00')",
  ])
  func `refuses to change the past`(sql: String) throws {
    let desk = try Desk(events: 3)
    let head = try desk.ledger.treeHead()
    try desk.ledger.storeCheckpoint(desk.history.checkpoint(head), size: 4)
    let before = try desk.content()
    for recursive in ["ON", "OFF"] {
      #expect(throws: DatabaseError.self) {
        try desk.ledger.writing { db in
          try db.execute(sql: "PRAGMA recursive_triggers = \(recursive)")
          try db.execute(sql: sql)
        }
      }
    }
    #expect(try desk.content() == before)
  }

  @Test(arguments: Connection.durable.sorted { $0.key < $1.key })
  func `settings are read back on the connection that writes`(name: String, value: String) throws {
    let desk = try Desk()
    for ledger in [desk.ledger, try desk.reopened()] {
      try ledger.writing { db in
        let found = try String.fetchOne(db, sql: "PRAGMA \(name)")
        #expect(found == value || (name == "mmap_size" && found == nil))
      }
    }
  }

  @Test func `refuses a connection on which synchronous was reset`() throws {
    let desk = try Desk()
    try desk.ledger.writing { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL")
      #expect(throws: LedgerFailure.settingRefused("synchronous", wanted: "2", found: "1")) {
        try Connection.check(db, Connection.durable)
      }
    }
  }
}

extension Desk {
  /// Every row of the append-only tables, spelled out.
  func content() throws -> [String] {
    try ledger.database.read { db in
      try ["event", "tree_hash", "checkpoint"].flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1").map(\.description)
      }
    }
  }
}
