internal import LedgerStore
import CanonicalJSON
import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// Events that are recorded from the members of their bodies.
@Suite struct `A record of any kind` {
  static let claim: JSON = [
    "claimant": "publisher", "about": [["dataset": "pets"]], "text": ["text": "said"],
  ]

  private func with(_ members: [(String, JSON)]) -> JSON {
    guard case .object(var object) = Self.claim else { return Self.claim }
    for (name, value) in members { object[name] = value }
    return .object(object)
  }

  private func record(_ json: JSON, _ kind: Kind = .claimRecorded) throws -> Statement {
    let place = try Place()
    _ = try place.hotline()
    let recorded = try place.session().record(kind, json)
    return try place.session().event(recorded.receipt.sequence).statement
  }

  private func error(_ json: JSON, _ kind: Kind = .claimRecorded) -> String {
    do {
      _ = try record(json, kind)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test func `takes the members of the header`() throws {
    let header = try record(
      with([
        ("occurredAt", "2023-12-01T00:00:00Z"), ("occurredPrecision", "interval"),
        ("occurredUntil", "2023-12-19T00:00:00Z"), ("attributedTo", "hotline"),
        ("claimant", "hotline"), ("causes", [["sequence": 1], ["sequence": 0]]),
        ("case", "cases/1"), ("expects", 5),
        (
          "evidence",
          [
            [
              "attachment": ["text": "a page"], "retrievedAt": "2023-12-20T00:00:00Z",
              "relation": "supports",
            ]
          ]
        ),
      ])
    ).header
    #expect(header.precision == .interval)
    #expect(header.attestation == .thirdPartyImport)
    #expect(header.causes.count == 2)
    #expect(header.caseName == Name("cases/1"))
    #expect(header.evidence.count == 1)
    #expect(header.expects == 5)
  }

  @Test func `puts lists in order whose order means nothing`() throws {
    let body = try record(
      with([
        ("about", [["dataset": "pets"], ["actor": "publisher"]]),
        (
          "counts",
          [
            ["value": 1, "unit": "rows", "exactness": "exact", "asOf": "2024-01-01T00:00:00Z"],
            ["value": 1, "unit": "keys", "exactness": "exact", "asOf": "2024-01-01T00:00:00Z"],
          ]
        ),
      ])
    ).body
    guard case .claimRecorded(let claim) = body else { throw CancellationError() }
    #expect(claim.about.map(\.kind) == ["actor", "dataset"])
    #expect(claim.counts.map(\.unit) == [.keys, .rows])
  }

  @Test(arguments: [
    ("claimant", "Publisher", "claimant must be an actor's name"),
    ("occurredAt", "yesterday", "occurredAt must be a time"),
    ("occurredPrecision", "week", "occurredPrecision must be one of day, interval, minute"),
    ("nonce", "00", "nonce is set when the event is signed"),
    ("ledger", "00", "ledger is set when the event is signed"),
    ("wrong", "x", "wrong is not a known member"),
    ("about", "pets", "about must be an array"),
    ("text", "said", "text must be a JSON object"),
  ])
  func `names the member that is wrong, and what it may be`(
    name: String, value: String, expected: String
  ) {
    #expect(error(with([(name, .string(value))])).hasPrefix(expected))
  }

  @Test func `refuses what cannot stand for an attachment or an event`() throws {
    #expect(error(with([("text", ["file": "/nowhere/x"])])).contains("no file /nowhere/x"))
    #expect(
      error(with([("text", ["text": "a", "file": "b"])])).contains("both a file and a text"))
    #expect(
      error(with([("text", ["text": "a", "mediaType": "text"])])).contains("text.mediaType"))
    #expect(error(with([("text", ["text": "a", "more": "b"])])).contains("text.more"))
    #expect(error(with([("causes", [["sequence": 99]])])).contains("99"))
    #expect(error(with([("causes", [["sequence": -1]])])).contains("sequence"))
    #expect(error(.array([])).contains("JSON object"))
    #expect(
      error(Self.claim, .ledgerCreated) == "ledger-created is the first event of a ledger.")
  }

  @Test func `leaves nothing behind when it is refused`() throws {
    let place = try Place()
    let before = try #require(
      FileManager.default.subpaths(atPath: place.directory.path)?.filter {
        $0.hasPrefix("attachments/") || $0.hasPrefix("secrets/attachment")
      })
    #expect(throws: (any Error).self) {
      try place.session().record(
        .claimRecorded, with([("causes", [.string(String(repeating: "0", count: 64))])]))
    }
    let after = try #require(
      FileManager.default.subpaths(atPath: place.directory.path)?.filter {
        $0.split(separator: "/").count > 2 && $0.hasPrefix("attachments/")
      })
    #expect(after == before.filter { $0.split(separator: "/").count > 2 })
  }

  @Test func `seals what its kind never shows`() throws {
    let place = try Place()
    _ = try place.session().registerModel(Name("m")!, artifacts: ["\(place.path)/a.csv"])
    let json: JSON = [
      "model": "m", "permission": "own-model", "result": "inconclusive",
      "report": ["text": "what was tried"],
    ]
    let recorded = try place.session().record(.modelTested, json)
    let statement = try place.session().event(recorded.receipt.sequence).statement
    #expect(statement.attachments.map(\.reference.disclosure) == [.sealed])
    let found = try place.session().attachment(named: "\(recorded.receipt.sequence)/report")
    #expect(try place.session().content(of: found) == Array("what was tried".utf8))
  }

  @Test func `follows the last authority event and can be tried again`() throws {
    let place = try Place()
    let nonce = [UInt8](repeating: 9, count: 16)
    for isNew in [true, false] {
      let recorded = try place.session(nonce: nonce).record(
        .actorRegistered, ["actor": "hotline", "title": ["text": "A hotline"]])
      #expect(recorded.receipt.isNew == isNew)
    }
    #expect(
      error(["actor": "publisher"], .actorRegistered).contains("publisher"))
  }
}
