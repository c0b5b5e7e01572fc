import Foundation
import Testing

@Suite struct `Under another locale, time zone and number of cores` {
  private static let environments = [
    "env LC_ALL=C TZ=UTC", "env LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu",
    "env LC_ALL=ar_EG.UTF-8 TZ=Pacific/Kiritimati",
    "env LANG=de_DE TZ=America/St_Johns taskset -c 0",
  ]

  /// The state hash that an answer of winnow names.
  private func hash(in text: String) throws -> Substring {
    let found = try #require(text.firstMatch(of: /"stateHash":"([0-9a-f]{64})"/))
    return found.1
  }

  @Test func `the log gives the same projections`() async throws {
    let bench = try await Bench(rows: 60, shards: 2)
    try await bench.done(
      "\(Bench.publish) && \(Bench.match) && \(Bench.remove) && \(Bench.clean) && winnow checkpoint"
    )
    var hashes: Set<Substring> = []
    for environment in Self.environments {
      for command in ["projection rebuild", "verify"] {
        let outcome = try await bench.run("\(environment) winnow \(command) --json")
        #expect(outcome.code == 0, "\(environment) \(command): \(outcome.complaint)")
        hashes.insert(try hash(in: outcome.text))
      }
    }
    #expect(hashes.count == 1)
  }

  @Test func `the same story is told in the same words`() async throws {
    var told: Set<String> = []
    for environment in Self.environments {
      let bench = try await Bench(rows: 60, shards: 2)
      let outcome = try await bench.run(
        """
        winnow() { \(environment) "$(type -P winnow)" "$@"; }
        \(Bench.publish) --json | grep -o '"root":"[0-9a-f]*"'
        \(Bench.match) | tail -1; winnow status; winnow release show laion@1.0 --json
        """)
      #expect(outcome.code == 0, "\(environment): \(outcome.complaint)")
      told.insert(outcome.text.replacing(/[0-9a-f]{16,64}|\d{4}-\d\d-\d\dT[0-9:.]+Z/, with: ""))
    }
    #expect(told.count == 1, "\(told)")
    #expect(told.first?.contains(" rows matched") == true)
  }
}
