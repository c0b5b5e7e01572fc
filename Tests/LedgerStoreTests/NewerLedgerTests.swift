import GRDB
import LedgerStore
import Testing

@Suite struct `A ledger that a later version wrote` {
  @Test(arguments: [2, 3, 1_000])
  func `is not opened, even for reading, and says which version wrote it`(version: Int64) throws {
    let desk = try Desk(seed: 7, events: 3)
    try desk.tamper { db in try db.execute(sql: "PRAGMA user_version = \(version)") }
    let newer = LedgerFailure.newer(found: version, known: 1)
    for readOnly in [false, true] {
      #expect(throws: newer) { try Ledger.open(at: desk.ledger.directory, readOnly: readOnly) }
    }
    #expect(newer.reason.contains("with tables of version \(version) "))
  }

  @Test func `is told from one of no version at all`() throws {
    let desk = try Desk(seed: 7, events: 3)
    try desk.tamper { db in try db.execute(sql: "PRAGMA user_version = 0") }
    #expect(throws: LedgerFailure.otherVersion(found: 0, known: 1)) { try desk.reopened() }
  }

  @Test func `whose tables are others is refused all the same`() throws {
    let desk = try Desk(seed: 7, events: 3)
    try desk.tamper { db in
      try db.execute(sql: "CREATE TABLE dream (key TEXT) STRICT; PRAGMA user_version = 2")
    }
    #expect(throws: LedgerFailure.newer(found: 2, known: 1)) { try desk.reopened() }
  }
}
