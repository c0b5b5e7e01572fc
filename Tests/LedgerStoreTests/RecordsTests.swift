internal import CanonicalJSON
internal import GRDB
internal import GRDBSQLite
internal import LedgerCrypto
internal import Provenance
internal import Testing

@testable internal import LedgerStore

@Suite struct `What is asked of the projections` {
  @Test(arguments: [
    (Records.all, "kind=?"), (Records.one, "kind=? AND key=?"),
    (Records.range, "kind=? AND key>? AND key<?"),
  ])
  func `is a range of the table by its key, which is not sorted`(sql: String, by: String) throws {
    let desk = try Desk(events: 20)
    let plan = try desk.ledger.database.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql.replacing("?", with: "'x'"))")
        .map { $0.text(3) }
    }
    #expect(plan == ["SEARCH projection USING PRIMARY KEY (\(by))"])
  }

  @Test func `takes steps for the rows that are found, however long the log`() throws {
    var desk = try Desk(seed: 3, events: 200)
    let release = try #require(try desk.all(FindingRecord.self).first).release
    let model = try #require(try desk.all(TrainingRecord.self).first).assertion.model
    let digits = try #require(try desk.all(AttachmentUseRecord.self).first).attachment.hex
    for events in [0, 1_000] {
      try desk.append(events)
      let ledger = desk.ledger
      let found = [
        (FindingRecord.table, "\(release) ", try ledger.findings(on: release).count),
        (TrainingRecord.table, "\(model) ", try ledger.trainings(of: model).count),
        (
          AttachmentUseRecord.table, digits,
          try ledger.attachmentUses(startingWith: digits).count
        ),
      ]
      for (kind, start, rows) in found {
        #expect(rows > 0)
        // A few around the rows, and for each of them a few: none for the rows of others.
        #expect(try desk.steps(kind, start) <= 20 + 10 * rows, "\(kind)")
      }
    }
    // What a look at every row of a kind takes.
    let findings = try desk.all(FindingRecord.self).count
    #expect(try desk.steps(.finding, "") > 20 + findings)
  }

  @Test func `is what decoding all rows of a kind finds`() throws {
    let desk = try Desk(seed: 5, events: 300)
    let ledger = desk.ledger
    let findings = try desk.all(FindingRecord.self).sorted { $0.sequence < $1.sequence }
    let trainings = try desk.all(TrainingRecord.self).sorted { $0.sequence < $1.sequence }
    let releases = Set(findings.map(\.release))
    let models = Set(trainings.map(\.assertion.model))
    #expect(releases.count > 1 && models.count > 1)
    for release in releases {
      #expect(
        try ledger.findings(on: release).map(\.sequence)
          == findings.filter { $0.release == release }.map(\.sequence))
    }
    for model in models {
      #expect(
        try ledger.trainings(of: model).map(\.sequence)
          == trainings.filter { $0.assertion.model == model }.map(\.sequence))
    }
  }

  @Test func `has every use of an attachment`() throws {
    let desk = try Desk(seed: 5, events: 300)
    var uses: [String: Set<String>] = [:]
    try desk.ledger.forEachEvent { event in
      for (field, reference) in event.statement.attachments {
        uses[reference.sha256.hex, default: []].insert("\(event.sequence) \(field)")
      }
      return true
    }
    #expect(uses.count > 1)
    for (attachment, wanted) in uses {
      for digits in [attachment, String(attachment.prefix(12))] {
        let found = try desk.ledger.attachmentUses(startingWith: digits)
        #expect(Set(found.map { "\($0.sequence) \($0.field)" }) == wanted)
        #expect(found.map(\.sequence) == found.map(\.sequence).sorted())
        #expect(found.allSatisfy { $0.attachment.hex == attachment })
      }
    }
  }

  @Test func `finds nothing under what nobody spells`() throws {
    let desk = try Desk(seed: 5, events: 60)
    #expect(try desk.ledger.findings(on: #require(VersionedName("nobody@1"))).isEmpty)
    #expect(try desk.ledger.trainings(of: #require(Name("nobody"))).isEmpty)
    for digits in ["x", "AB", "a~", String(repeating: "a", count: 65), "%", "\u{7f}"] {
      #expect(try desk.ledger.attachmentUses(startingWith: digits).isEmpty)
    }
  }

  @Test func `that is damaged is said to be`() throws {
    let desk = try Desk(seed: 3, events: 200)
    let release = try #require(try desk.all(FindingRecord.self).first).release
    for document in ["{", "{}", "null", #"{"release":"x@1"}"#] {
      try desk.ledger.writing { db in
        try db.execute(
          sql: "UPDATE projection SET document = ? WHERE kind = 'finding'", arguments: [document])
      }
      #expect(throws: LedgerFailure.damaged("a row of the projection finding")) {
        try desk.ledger.findings(on: release)
      }
    }
  }
}

extension Desk {
  /// All rows of a kind.
  fileprivate func all<Record: ProjectedRecord>(_: Record.Type) throws -> [Record] {
    try ledger.records(Record.table).map { document in
      var reader = try MemberReader(document, path: "")
      return try Record(from: &reader)
    }
  }

  /// How many steps SQLite's machine takes to find the rows whose keys begin so.
  fileprivate func steps(_ kind: ProjectionTable, _ start: String) throws -> Int {
    try ledger.database.read { db in
      let statement = try db.cachedStatement(sql: Records.range)
      func taken() -> Int {
        let status = unsafe sqlite3_stmt_status(
          statement.sqliteStatement, Int32(SQLITE_STMTSTATUS_VM_STEP), 1)
        return Int(status)
      }
      _ = taken()
      _ = try Row.fetchAll(statement, arguments: [kind.rawValue, start, start + "\u{7f}"])
      return taken()
    }
  }
}
