import Foundation
import GRDB
import Testing

@Suite struct `A ledger that another process writes to` {
  /// What reads a ledger.
  private static let readers = [
    "log", "show 0", "show 0 --json", "status", "verify", "verify --json", "release list",
    "release show laion@1.0", "dataset list", "hashlist list", "actor list", "key list",
    "charter show", "audit export --all --out audit.winnow.jsonl",
    "prove event 1 --out event.winnow.jsonl",
  ]

  @Test(arguments: [false, true])
  func `is read by others, who never wait`(hasLog: Bool) async throws {
    let bench = try await Bench(rows: 60)
    try await bench.done("\(Bench.publish) && winnow checkpoint > /dev/null")
    let path = bench.scratch.path + "/demo/ledger.db"
    let writer = try DatabaseQueue(path: path)
    try await writer.writeWithoutTransaction { db in
      // With and without something in the write-ahead log.
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      if hasLog { try db.execute(sql: "PRAGMA user_version = 1") }
      try db.execute(sql: "BEGIN IMMEDIATE")
    }
    for command in Self.readers {
      let outcome = try await bench.run("winnow \(command)")
      #expect(outcome.code == 0, "\(command): \(outcome.complaint)")
    }
    try await writer.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try writer.close()
  }

  @Test func `keeps a second writer waiting, who then gives up`() async throws {
    let bench = try await Bench(rows: 20)
    let writer = try DatabaseQueue(path: bench.scratch.path + "/demo/ledger.db")
    try await writer.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let outcome = try await bench.run("winnow role grant publisher verifier")
    #expect(outcome.code == 75)
    #expect(outcome.complaint.contains("Another process is writing to the ledger"))
    try await writer.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try writer.close()
  }
}

@Suite struct `A ledger.db that is no file` {
  @Test(arguments: [
    "mkfifo demo/ledger.db", "mkdir demo/ledger.db", "ln -s /dev/zero demo/ledger.db",
    "mkfifo pipe && ln -s ../pipe demo/ledger.db",
  ])
  func `is refused at once`(script: String) async throws {
    let bench = try Bench(ledger: "demo")
    try await bench.done("mkdir demo && \(script) && echo word > pass.txt")
    for command in ["show 0", "verify", "role grant publisher verifier"] {
      let outcome = try await bench.run("timeout 60 winnow \(command)")
      #expect(outcome.code == 6, "\(command): \(outcome.complaint)")
      #expect(
        outcome.complaint
          == "winnow: The file ledger.db in demo is not a winnow ledger; name the right directory.\n"
      )
    }
  }
}
