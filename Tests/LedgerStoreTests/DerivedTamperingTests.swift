internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

/// Someone who leaves the entries alone and changes what is derived from them.
@Suite struct `Tampering with columns, indexes, projections and tree hashes` {
  @Test(arguments: [
    ("kind", "'model-registered-not'"), ("recorded_at", "recorded_at + 1"),
    ("repetition", "repetition + 1"), ("id", "randomblob(32)"),
    ("kind", "kind || char(0) || 'x'"), ("kind", "kind || char(0)"), ("kind", "char(0) || kind"),
  ])
  func `relabelling a column is found`(column: String, value: String) throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "UPDATE event SET \(column) = \(value) WHERE sequence = 20")
    }
    #expect(verdict.firstWrong == 20)
    #expect(verdict.flaws.contains(LedgerVerdict.Flaw(20, .relabelled(column: column))))
  }

  @Test(arguments: ["event_by_id", "event_by_repetition"])
  func `dropping an index row is found`(index: String) throws {
    let (desk, head) = try Tampering.victim()
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
    "UPDATE projection SET document = replace(document, 'model-', 'nodel-') WHERE kind = 'model' AND key = 'model-1'",
    "UPDATE projection SET position = 39 WHERE kind = 'model' AND key = 'model-1'",
    "DELETE FROM projection WHERE kind = 'model' AND key = 'model-1'",
    "UPDATE projection SET key = 'model-x' WHERE kind = 'model' AND key = 'model-1'",
    "UPDATE projection SET key = key || char(0) || 'x' WHERE kind = 'model' AND key = 'model-1'",
    "UPDATE projection SET document = document || char(0) || 'x' WHERE kind = 'model' AND key = 'model-1'",
    "UPDATE projection SET document = char(0) || document WHERE kind = 'model' AND key = 'model-1'",
  ])
  func `editing a projection is found`(sql: String) throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { try $0.execute(sql: sql) }
    #expect(
      verdict.flaws.allSatisfy { flaw in
        if case .projection(.model, _) = flaw.reason { true } else { false }
      })
    #expect(verdict.stateHash == nil)
  }

  @Test(arguments: ["document", "key"])
  func `bytes behind a NUL are part of the projections' hash`(column: String) throws {
    let (desk, _) = try Tampering.victim()
    let before = try desk.ledger.projectionStateHash()
    try desk.tamper { db in
      try db.execute(
        sql: "UPDATE projection SET \(column) = \(column) || char(0) || 'x' WHERE kind = 'model'")
    }
    #expect(try desk.reopened().projectionStateHash() != before)
  }

  @Test func `a row of a projection under a key that ends in NUL is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(
        sql: """
          INSERT INTO projection
          SELECT kind, key || char(0), position, document FROM projection
          WHERE kind = 'model' AND key = 'model-1'
          """)
    }
    #expect(verdict.flaws.contains { $0.reason == .projection(.model, key: "") })
  }

  @Test func `adding a row to a projection is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "INSERT INTO projection VALUES ('finding', 'x', 20, '{}')")
    }
    #expect(verdict.flaws.contains { $0.reason == .projection(.finding, key: "") })
  }

  @Test(arguments: ["dream", "model' || char(0) || '", ""])
  func `rows of a projection that there is not are found`(kind: String) throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "INSERT INTO projection VALUES ('\(kind)', 'x', 20, '{}')")
    }
    #expect(
      verdict.flaws.contains {
        if case .projectionUnknown = $0.reason { true } else { false }
      })
    #expect(verdict.stateHash == nil)
  }

  @Test func `a tree hash or checkpoint is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "UPDATE tree_hash SET hash = randomblob(32) WHERE position = 30")
    }
    // The place 30 is the hash over the leaves 0 to 15.
    #expect(verdict.flaws == [LedgerVerdict.Flaw(0, through: 15, .treeHash(position: 30))])
    let (other, otherHead) = try Tampering.victim()
    let second = try Tampering.found(other, otherHead) { db in
      try db.execute(sql: "UPDATE checkpoint SET size = 40")
    }
    #expect(second.flaws.contains { $0.sequence == 40 })
  }
}
