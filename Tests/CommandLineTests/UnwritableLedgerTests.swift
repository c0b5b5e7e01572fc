import Foundation
import GRDB
import Testing

/// The ledger of somebody else, or on a medium that cannot be written.
@Suite struct `A ledger where nothing can be written` {
  let bench: Bench

  /// What comes before each script: `winnow` as a user who may read everything and write nothing of
  /// the ledger, which the modes do not keep from root.
  private static let prelude =
    geteuid() == 0
    ? #"winnow() { setpriv --reuid=65534 --regid=65534 --clear-groups "$(type -P winnow)" "$@"; }"#
    : "true"

  private static let canLoseRights =
    geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

  init() async throws {
    bench = try await Bench(rows: 60)
    try await bench.done("\(Bench.publish) && winnow checkpoint > checkpoint.txt")
  }

  /// Moves the write-ahead log into the file, and takes all rights to write away.
  private func close(keepingLog: Bool = false) async throws {
    let path = bench.scratch.path + "/demo/ledger.db"
    let database = try DatabaseQueue(path: path)
    try await database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    if keepingLog {
      // As after a kill: copied while it is open, for closing would take the log away.
      try await bench.done("winnow role grant publisher auditor && cp -a demo copy")
      try database.close()
      try await bench.done("test -s copy/ledger.db-wal && rm -r demo && mv copy demo")
    } else {
      try database.close()
      try await bench.done("test ! -s demo/ledger.db-wal")
    }
    try await bench.done(
      "mkdir -m 777 free && chmod -R a+rX demo pass.txt && chmod -R a-w demo && ls -lAR demo > modes.txt"
    )
  }

  /// Gives the rights back, so that the directory can go; nothing in it may have changed.
  private func open() async throws {
    try await bench.done("ls -lAR demo | diff - modes.txt; chmod -R u+w demo")
  }

  @Test(.enabled(if: canLoseRights), arguments: [false, true])
  func `is read all the same`(keepingLog: Bool) async throws {
    let before = try await bench.done("winnow release list; winnow charter show")
    try await close(keepingLog: keepingLog)
    #expect(
      try await bench.done("\(Self.prelude); winnow release list; winnow charter show") == before)
    for command in [
      "log", "show 0", "status", "verify", "verify --checkpoint checkpoint.txt", "dataset list",
      "release show laion@1.0", "hashlist list",
      "audit export --all --out free/audit.winnow.jsonl", "key list",
      "prove event 1 --out free/event.winnow.jsonl",
      "audit verify free/audit.winnow.jsonl --policy demo/policy.txt",
      "release verify laion@1.0", "release verify laion@1.0 sample/rows-*.csv",
    ] {
      let outcome = try await bench.run("\(Self.prelude); winnow \(command)")
      #expect(outcome.code == 0, "\(command): \(outcome.complaint)")
    }
    let events = try await bench.done("\(Self.prelude); winnow log").split(separator: "\n").count
    #expect(events == (keepingLog ? 7 : 6))
    try await open()
  }

  @Test(.enabled(if: canLoseRights), arguments: [false, true])
  func `says so when something is to be recorded`(keepingLog: Bool) async throws {
    try await close(keepingLog: keepingLog)
    for command in [
      "role grant publisher verifier", "role grant publisher verifier --dry-run",
      "dataset register other --identity URL", "projection rebuild",
      "release publish laion@2.0 sample/rows-00000.csv", Bench.match.dropFirst("winnow ".count),
      "clean laion@1.0 --to laion@1.1 --out free/out",
      // With nothing new since, it answers the checkpoint that is there.
      keepingLog ? "checkpoint" : "role grant publisher auditor",
    ] {
      let outcome = try await bench.run("\(Self.prelude); winnow \(command)")
      #expect(outcome.code == 6, "\(command): \(outcome.complaint)")
      #expect(
        outcome.complaint.hasPrefix("winnow: The ledger cannot be written here"),
        "\(command): \(outcome.complaint)")
    }
    #expect(try await bench.done("ls -A free") == "")
    try await open()
  }

  @Test(.enabled(if: canLoseRights)) func `is copied when it cannot be read`() async throws {
    try await close(keepingLog: true)
    try await bench.done("chmod 000 demo/ledger.db-wal")
    let outcome = try await bench.run("\(Self.prelude); winnow log")
    #expect(outcome.code == 4)
    #expect(outcome.complaint.contains("copy the whole directory"), "\(outcome.complaint)")
    try await bench.done("chmod 444 demo/ledger.db-wal; chmod 000 demo/ledger.db")
    let closed = try await bench.run("\(Self.prelude); winnow log")
    #expect(closed.code == 4)
    #expect(closed.complaint.contains("may not be read by this user"), "\(closed.complaint)")
    try await bench.done("chmod 000 demo")
    let hidden = try await bench.run("\(Self.prelude); winnow log")
    #expect(hidden.code == 4)
    #expect(hidden.complaint.contains("may not look into"), "\(hidden.complaint)")
    try await bench.done("chmod 755 demo")
    try await bench.done("chmod -R u+w demo")
  }
}
