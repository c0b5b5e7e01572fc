internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import Testing

@testable internal import LedgerStore

/// What `sqlite3` and others show of a ledger.
@Suite struct `The views` {
  /// Reads with the settings that other programs have: where a schema is not trusted, as on the
  /// ledger's own connections, SQLite refuses the functions of JSON in a view.
  private static func rows(_ desk: Desk, _ view: String) throws -> [[String: String]] {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(
      path: desk.directory + "/ledger.db", configuration: configuration)
    return try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM \(view) ORDER BY sequence").map { row in
        Dictionary(
          uniqueKeysWithValues: row.columnNames.enumerated().map { ($1, row.text($0)) })
      }
    }
  }

  @Test func `have each event, its time spelled out`() throws {
    let desk = try Desk(seed: 4, events: 60)
    let rows = try Self.rows(desk, "v_event")
    var expected: [[String: String]] = []
    try desk.ledger.forEachEvent { event in
      expected.append([
        "sequence": "\(event.sequence)", "event": event.id.description,
        "kind": event.statement.body.kind.rawValue, "recorded_at": event.recordedAt.text,
      ])
      return true
    }
    #expect(rows == expected)
  }

  @Test func `have a row for each event of a kind`() throws {
    let desk = try Desk(seed: 4, events: 400)
    try check("v_release", .releasePublished, desk)
    try check("v_match", .matchCompleted, desk)
    try check("v_removal", .removalDecided, desk)
    try check("v_model", .modelRegistered, desk)
  }

  private func check(_ view: String, _ kind: Kind, _ desk: Desk) throws {
    var events: [AdmittedEvent] = []
    try desk.ledger.forEachEvent { event in
      // What others did and is only stated here is in none of these.
      switch event.statement.body {
      case .releasePublished, .matchCompleted, .removalDecided, .modelRegistered:
        if event.statement.body.kind == kind { events.append(event) }
      default: break
      }
      return true
    }
    let rows = try Self.rows(desk, view)
    #expect(!events.isEmpty)
    #expect(rows.map { $0["event"] } == events.map(\.id.description))
    #expect(rows.map { $0["recorded_at"] } == events.map(\.recordedAt.text))
    for (row, event) in zip(rows, events) {
      switch event.statement.body {
      case .releasePublished(let body):
        #expect(row["release"] == body.release.description)
        #expect(row["root"] == body.root.hex)
        #expect(row["rows"] == "\(body.tally.rows)" && row["keys"] == "\(body.tally.keys)")
        #expect(row["parent"] == body.derivation?.parent.description ?? "")
      case .matchCompleted(let body):
        #expect(row["release"] == body.release.description)
        #expect(row["rows"] == "\(body.matched.rows)")
        #expect(row["list"]?.isEmpty == false)
        #expect(row["actors"]?.contains(event.actors[0].text) == true)
      case .removalDecided(let body): #expect(row["release"] == body.release.description)
      case .modelRegistered(let body):
        #expect(row["model"] == body.model.text)
        #expect(row["artifacts"] == "\(body.artifacts.count)")
      default: Issue.record("\(kind)")
      }
    }
  }

  @Test func `have the actors with their roles and keys, and the claims`() throws {
    let desk = try Desk(seed: 4, events: 400)
    let authority = try desk.ledger.state.authority
    let actors = try Self.rows(desk, "v_actor")
    #expect(Set(actors.compactMap { $0["actor"] }) == Set(authority.actors.keys.map(\.text)))
    for row in actors {
      let actor = try #require(row["actor"].flatMap { ActorName($0) })
      let keys = authority.keys.values.count { $0.actor == actor && $0.revoked == nil }
      #expect(row["keys"] == "\(keys)")
      for role in Role.allCases {
        #expect(row["roles"]?.contains("\"\(role.rawValue)\"") == authority.holds(actor, role))
      }
    }
    let claims = try Self.rows(desk, "v_claim")
    #expect(try claims.count == desk.ledger.records(.claim).count)
    #expect(claims.allSatisfy { $0["body"]?.hasPrefix("{") == true })
  }
}
