internal import Files
internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

@Suite struct `A new ledger` {
  @Test func `has sequence 0 and verifies`() throws {
    let desk = try Desk()
    #expect(try desk.ledger.size == 1)
    #expect(try desk.ledger.event(at: 0)?.id == desk.history.genesis.id)
    let verdict = try desk.ledger.verify()
    #expect(verdict.isIntact, "\(verdict.flaws)")
    #expect(verdict.tail == 0..<1)
  }

  @Test func `is not made twice`() throws {
    let desk = try Desk()
    #expect(throws: LedgerFailure.alreadyExists(directory: desk.directory)) {
      try Ledger.create(at: desk.directory, event: desk.history.genesis, now: desk.now)
    }
    #expect(try desk.ledger.size == 1)
  }

  @Test func `leaves nothing when its founding event is refused`() throws {
    let folder = TemporaryDirectory()
    var test = try TestLedger()
    let event = try test.event(.model("m"), by: "alice")
    #expect(throws: Refusal.notFirst) {
      try Ledger.create(at: folder.path + "/new", event: event, now: test.now)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/new"))
  }

  @Test func `leaves no garbage beside its file`() throws {
    let desk = try Desk()
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.directory)
    #expect(!names.contains(where: TemporaryName.isOne))
  }
}

@Suite struct `Opening a ledger` {
  @Test func `finds none in an empty directory`() throws {
    let folder = TemporaryDirectory()
    #expect(throws: LedgerFailure.notFound(directory: folder.path)) {
      try Ledger.open(at: folder.path)
    }
  }

  @Test func `refuses a file that is no database, and leaves it as it is`() throws {
    let folder = TemporaryDirectory()
    let bytes = Data(repeating: 0x5a, count: 8_192)
    try bytes.write(to: URL(fileURLWithPath: folder.path + "/ledger.db"))
    #expect(throws: LedgerFailure.notALedger(directory: folder.path)) {
      try Ledger.open(at: folder.path)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/ledger.db")) == bytes)
  }

  @Test func `refuses another application's database`() throws {
    let desk = try Desk()
    try desk.ledger.writing { db in
      try db.execute(sql: "PRAGMA application_id = 7")
    }
    #expect(throws: LedgerFailure.notALedger(directory: desk.directory)) {
      try desk.reopened()
    }
  }

  @Test func `refuses tables of another version`() throws {
    let desk = try Desk()
    try desk.ledger.writing { db in
      try db.execute(sql: "PRAGMA user_version = 0")
    }
    #expect(throws: LedgerFailure.otherVersion(found: 0, known: 1)) { try desk.reopened() }
  }

  @Test(arguments: ["DROP TRIGGER event_never_updated", "CREATE TABLE extra (x)"])
  func `refuses a changed schema`(sql: String) throws {
    let desk = try Desk()
    try desk.ledger.writing { try $0.execute(sql: sql) }
    #expect(throws: LedgerFailure.self) { try desk.reopened() }
  }

  @Test func `restores the state without the log`() throws {
    let desk = try Desk(events: 60)
    let again = try desk.reopened()
    #expect(try again.size == 61)
    #expect(try again.treeHead() == desk.ledger.treeHead())
    let state = try again.state
    let whole = try desk.ledger.state
    #expect(state.lastRecordedAt == whole.lastRecordedAt)
    #expect(Set(state.authority.keys.keys) == Set(whole.authority.keys.keys))
    #expect(Set(state.catalog.releases.keys) == Set(whole.catalog.releases.keys))
    #expect(Set(state.models.models.keys) == Set(whole.models.models.keys))
  }

  @Test func `for reading only refuses to write`() throws {
    var desk = try Desk(events: 3)
    let reader = try desk.reopened(readOnly: true)
    let event = try desk.history.next()
    let now = desk.now
    #expect(try reader.size == 4)
    #expect(throws: LedgerFailure.readOnly) { try reader.admit([event], now: { now }) }
    #expect(throws: LedgerFailure.readOnly) { try reader.putAttachment([1]) }
    #expect(throws: LedgerFailure.readOnly) { try reader.rebuildProjections() }
  }
}
