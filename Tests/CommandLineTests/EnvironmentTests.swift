import CanonicalJSON
import Foundation
import LedgerStore
import Provenance
import TestSupport
import Testing

@Suite struct `Under another locale, time zone and number of cores` {
  private static let environments = [
    "env LC_ALL=C TZ=UTC", "env LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu",
    "env LC_ALL=ar_EG.UTF-8 TZ=Pacific/Kiritimati taskset -c 0",
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

  /// Each part of the history is appended in another environment.
  @Test func `a random history over all kinds gives the same projections`() async throws {
    let scratch = try Scratch()
    let past = Int64(Date().timeIntervalSince1970 * 1_000) - 3_600_000
    var history = try TestHistory(seed: 1, now: Timestamp(milliseconds: past))
    let ledger = try Ledger.create(
      at: scratch.path + "/demo", event: history.genesis, now: history.ledger.now)
    let parts = try Self.environments.map { _ in try history.events(100) }
    for bytes in history.openAttachments.values { _ = try ledger.putAttachment(bytes) }
    let variables = ["WINNOW_LEDGER": "demo"]
    for (environment, events) in zip(Self.environments, parts) {
      let lines = events.map(\.envelope.canonicalBytes)
      try Data(lines.joined(separator: [0x0a])).write(
        to: URL(fileURLWithPath: scratch.path + "/events.jsonl"))
      let outcome = try await Program.run(
        "\(environment) winnow record --envelope events.jsonl", in: scratch.path,
        variables: variables)
      try #require(outcome.code == 0, "\(environment): \(outcome.complaint)")
    }
    var hashes: Set<Substring> = []
    for environment in Self.environments {
      for command in ["verify", "projection rebuild", "verify"] {
        let outcome = try await Program.run(
          "\(environment) winnow \(command) --json", in: scratch.path, variables: variables)
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
