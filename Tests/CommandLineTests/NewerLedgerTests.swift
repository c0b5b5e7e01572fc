import GRDB
import TestSupport
import Testing

/// What the program says of a ledger that a later version wrote.
@Suite struct `A ledger of a later winnow` {
  @Test func `is undecided, whatever is asked`() async throws {
    let bench = try await Bench(rows: 100)
    try await bench.done(Bench.publish)
    let database = try DatabaseQueue(path: bench.scratch.path + "/demo/ledger.db")
    try await database.write { try $0.execute(sql: "PRAGMA user_version = 2") }
    try database.close()
    for command in [
      "winnow log", "winnow show 0", "winnow verify", "winnow verify --json", "winnow status",
      "winnow release list", "winnow reconcile laion@1.0", Bench.match, Bench.remove,
      Bench.clean, "winnow checkpoint", "winnow publish site",
      "winnow audit export --all --out a.winnow.jsonl", "winnow model status imagegen-1.5",
      "winnow projection rebuild", "winnow actor list", "winnow role grant publisher verifier",
    ] {
      let outcome = try await bench.run(command)
      #expect(outcome.code == 3, "\(command): \(outcome.text)\(outcome.complaint)")
      #expect(
        outcome.complaint
          == "winnow: A later winnow wrote this ledger, with tables of version 2 where this one knows version 1; get a winnow that knows version 2.\n",
        "\(command)")
      #expect(outcome.text.isEmpty, "\(command)")
    }
  }
}
