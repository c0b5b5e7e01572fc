import Foundation
import GRDB
import LedgerCrypto
import Provenance
import TestSupport
import Testing
import TransparencyLog

/// What the program says of a ledger that a later version wrote.
@Suite struct `A ledger of a later winnow` {
  let bench: Bench

  init() async throws {
    bench = try await Bench(rows: 100)
    try await bench.done("\(Bench.publish) && winnow checkpoint > checkpoint.txt")
    let database = try DatabaseQueue(path: bench.scratch.path + "/demo/ledger.db")
    try await database.write { db in
      let entries = try Data.fetchAll(db, sql: "SELECT entry FROM event ORDER BY sequence")
      let last = try Entry(bytes: [UInt8](#require(entries.last)))
      let key = try #require(SigningKey(seed: Digest(sha256: "later").bytes))
      let bytes = try UnknownEntry.bytes(
        like: last.event.statement, signedBy: key, recordedAt: last.recordedAt)
      var frontier = TreeFrontier()
      var hashes: [Digest] = []
      for entry in entries { frontier.append(TreeHash.leaf([UInt8](entry)), storingInto: &hashes) }
      let first = hashes.count
      frontier.append(TreeHash.leaf(bytes), storingInto: &hashes)
      let entry = try RawEntry(bytes: bytes)
      try db.execute(
        sql: "INSERT INTO event VALUES (?, ?, 'model-dreamt-of', ?, 0, ?)",
        arguments: [
          entries.count, Data(entry.id.digest.bytes), entry.recordedAt.milliseconds, Data(bytes),
        ])
      for position in first..<hashes.count {
        try db.execute(
          sql: "INSERT INTO tree_hash VALUES (?, ?)",
          arguments: [position, Data(hashes[position].bytes)])
      }
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    try database.close()
  }

  @Test func `is listed and shown raw`() async throws {
    let log = try await bench.done("winnow log")
    let lines = log.split(separator: "\n")
    #expect(lines.last?.hasSuffix("  \(UnknownEntry.predicateType)  (not known here)") == true)
    #expect(lines.count { $0.contains("not known here") } == 1)
    let sequence = lines.count - 1
    let shown = try await bench.done("winnow show \(sequence)")
    #expect(shown.contains("type        \(UnknownEntry.predicateType) (not known here)\n"))
    #expect(shown.contains("(not checked)"))
    #expect(shown.contains(#"statement   {"_type":"https://in-toto.io/Statement/v1""#))
    let json = try await bench.done("winnow show \(sequence) --json")
    #expect(json.contains(#""known":false"#))
    let id = try #require(json.split(separator: "\"event\":\"").last?.prefix(64))
    #expect(try await bench.done("winnow show \(id.prefix(10)) --json") == json)
    let envelope = try await bench.done("winnow show \(sequence) --envelope")
    #expect(envelope.hasPrefix(#"{"payload":""#))
    #expect(try await bench.done("winnow log --at 1").split(separator: "\n").count == 2)
    #expect(try await bench.run("winnow show \(sequence + 1)").code == 5)
  }

  @Test func `is undecided, whatever is asked`() async throws {
    for checkpoint in ["", " --checkpoint checkpoint.txt"] {
      let outcome = try await bench.run("winnow verify" + checkpoint)
      #expect(outcome.code == 3)
      #expect(
        outcome.text.hasSuffix(
          "UNDECIDED: signatures, authority, rules, projections and attachments were not checked; update winnow and verify again\n"
        ))
      #expect(outcome.text.contains("not known here: 1 entry, the first at sequence "))
    }
    let json = try await bench.run("winnow verify --json")
    #expect(json.code == 3 && json.text.contains(#""decided":false"#))
    for command in [
      "winnow status", "winnow release list", "winnow reconcile laion@1.0", Bench.match,
      "winnow checkpoint", "winnow publish site", "winnow audit export --all --out a.winnow.jsonl",
      "winnow model status imagegen-1.5", "winnow projection rebuild", "winnow actor list",
      "winnow role grant publisher verifier",
    ] {
      let outcome = try await bench.run(command)
      #expect(outcome.code == 3, "\(command): \(outcome.text)\(outcome.complaint)")
      #expect(
        outcome.complaint.hasPrefix(
          "winnow: A later winnow wrote this ledger (tables of version 2"),
        "\(command): \(outcome.complaint)")
      #expect(outcome.text.isEmpty, "\(command)")
    }
  }

  @Test func `fails where its log was changed`() async throws {
    let database = try DatabaseQueue(path: bench.scratch.path + "/demo/ledger.db")
    try await database.write { db in
      try db.execute(
        sql: """
          DROP TRIGGER tree_hash_never_updated;
          UPDATE tree_hash SET hash = zeroblob(32) WHERE position = 2;
          CREATE TRIGGER tree_hash_never_updated BEFORE UPDATE ON tree_hash
          BEGIN SELECT RAISE(ABORT, 'a tree hash is never updated'); END
          """)
    }
    try database.close()
    let outcome = try await bench.run("winnow verify")
    #expect(outcome.code == 1)
    #expect(outcome.text.contains("NOT INTACT"))
  }
}
