import Foundation
import Testing

@Suite struct `A dry run` {
  @Test func `records nothing and leaves nothing, whatever is decided`() async throws {
    let bench = try await Bench(rows: 300)
    try await bench.done(
      """
      \(Bench.publish) && \(Bench.match) && winnow key new new --out new-keys
      winnow actor add hotline --role verifier --custodial
      winnow model register imagegen-1.5 --artifact sample/model-weights.bin
      \(Bench.remove)
      winnow charter show > charter.json && echo '{"URL":"x"}' > row.json
      """)
    let key = try await bench.done("winnow key list | head -1 | cut -d' ' -f1")
      .prefix(8)
    let commands = [
      "winnow actor add new --role matcher --name New --keys new-keys",
      "winnow actor add other --custodial", "winnow role grant publisher verifier",
      "winnow role revoke publisher matcher",
      "winnow charter set charter.json", "winnow dataset register pets --identity URL",
      "winnow dataset register clinic --identity id --keyed",
      "winnow release publish laion@2.0 sample/rows-00000.csv",
      "winnow release publish laion@2.0 sample/rows-00000.csv --parent laion@1.0",
      "winnow hashlist add publisher@more --algorithm md5 --of url sample/hotline-url-md5.txt",
      Bench.match, Bench.clean,
      "winnow remove laion@1.0 --all-matches --basis hash-match --reason-class illegal",
      "winnow verification record --match 6 --outcome confirmed --count 1 --as hotline",
      "winnow model register other --artifact sample/model-weights.bin",
      "winnow model trained-on imagegen-1.5 laion@1.0",
      "winnow model deprecate imagegen-1.5 --stated-reason old",
    ]
    let before = try bench.scratch.snapshot()
    let events = try await bench.events()
    for command in commands {
      let outcome = try await bench.run("\(command) --dry-run")
      #expect(outcome.code == 0, "\(command): \(outcome.complaint)")
      #expect(outcome.text.hasSuffix("Dry run: nothing was recorded.\n"), "\(command)")
      let json = try await bench.run("\(command) --dry-run --json")
      #expect(json.text.contains(#""recorded":[]"#), "\(command): \(json.text)")
      #expect(try bench.scratch.changes(since: before) == [], "\(command)")
      #expect(try await bench.events() == events, "\(command)")
    }
    // What the rules refuse is refused in a rehearsal too.
    for (command, code) in [
      ("winnow role grant publisher matcher", 6), ("winnow role grant nobody matcher", 5),
      ("winnow key revoke \(key)", 6), ("winnow dataset register laion --identity URL", 6),
      (Bench.publish, 6), ("winnow model deprecate nothing --stated-reason x", 5),
      ("winnow clean laion@1.0 --to laion@1.0 --out out", 6),
      ("winnow clean laion@1.0 --to other@1.1 --out out", 4), ("\(Bench.remove) --dilute 5", 6),
      ("winnow remove laion@1.0 --all-matches --basis confirmed --reason-class privacy", 6),
    ] as [(String, Int32)] {
      let outcome = try await bench.run("\(command) --dry-run")
      #expect(outcome.code == code, "\(command): \(outcome.text)\(outcome.complaint)")
      #expect(try bench.scratch.changes(since: before) == [], "\(command)")
    }
    for command in commands.dropFirst(8) { try await bench.done(command) }
    try await bench.done("winnow verify")
  }
}
