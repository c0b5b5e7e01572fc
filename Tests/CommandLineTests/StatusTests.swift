import GRDB
import Testing

@Suite struct `A checkpoint of more entries than there are` {
  @Test func `is said by status, which goes on`() async throws {
    let bench = try await Bench(rows: 20)
    try await bench.done("winnow checkpoint")
    let before = try await bench.done("winnow status")
    #expect(before.contains("; 0 not covered yet\n"))
    let database = try DatabaseQueue(path: bench.scratch.path + "/demo/ledger.db")
    try await database.write { db in
      try db.execute(
        sql: "INSERT INTO checkpoint SELECT number + 1, size + 100, note FROM checkpoint")
    }
    try database.close()
    let events = try await bench.events()
    let after = try await bench.done("winnow status")
    #expect(
      after.contains(
        "the latest checkpoint covers \(events + 100) entries, more than are here; run `winnow verify`\n"
      ))
    #expect(!after.contains("not covered yet"))
    let json = try await bench.done("winnow status --json")
    #expect(json.contains("\"checkpointSize\":\(events + 100)"))
    #expect(try await bench.run("winnow verify").code == 1)
  }
}
