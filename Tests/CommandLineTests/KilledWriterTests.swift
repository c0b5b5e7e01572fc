import Foundation
import TestSupport
import Testing

@Suite struct `Four writers of one ledger` {
  static let kills = 50
  static let seed: UInt64 = 4

  private static func start(on bench: Bench) throws -> Program.Running {
    try bench.start("exec winnow-bench write log --count 5000")
  }

  /// Whole lines of acknowledgements: sequence and event id.
  private static func acknowledged(_ output: [UInt8]) -> [Substring] {
    let text = String(decoding: output, as: UTF8.self)
    guard let end = text.lastIndex(of: "\n") else { return [] }
    return text[..<end].split(separator: "\n")
  }

  @Test func `lose nothing that was acknowledged when they are killed`() async throws {
    let bench = try Bench(ledger: "log")
    try await bench.done("winnow-bench write log --count 0")
    var generator = SplitMix64(seed: Self.seed)
    var writers: [Program.Running] = []
    for _ in 0..<4 { writers.append(try Self.start(on: bench)) }
    var lines: [Substring] = []
    var kills = 0
    while kills < Self.kills {
      // Whoever is first through so many appends is killed somewhere in its next.
      let wanted = Int.random(in: 1...6, using: &generator)
      var ready: Int?
      while ready == nil {
        ready = writers.firstIndex {
          !$0.isRunning || Self.acknowledged($0.outputSoFar).count >= wanted
        }
        if ready == nil { try await Task.sleep(for: .milliseconds(1)) }
      }
      let place = try #require(ready)
      let writer = writers[place]
      writer.signal(SIGKILL)
      let outcome = try await writer.outcome()
      // One that never got its turn has said so and ended by itself.
      try #require(
        [128 + SIGKILL, 75].contains(outcome.code), "\(outcome.code) \(outcome.complaint)")
      if outcome.code != 75 { kills += 1 }
      lines += Self.acknowledged(outcome.output)
      writers[place] = try Self.start(on: bench)
    }
    for writer in writers {
      writer.signal(SIGKILL)
      lines += Self.acknowledged(try await writer.outcome().output)
    }
    #expect(Set(lines).count == lines.count, "an acknowledgement came twice (seed \(Self.seed))")
    try await bench.done("winnow verify")
    let log = try await bench.done("winnow log --json").split(separator: "\n").map { line in
      try JSONDecoder().decode(Event.self, from: Data(line.utf8))
    }
    #expect(log.map(\.sequence) == Array(0..<log.count), "a gap (seed \(Self.seed))")
    #expect(Set(log.map(\.event)).count == log.count, "an event twice (seed \(Self.seed))")
    let recorded = Set(log.map { "\($0.sequence) \($0.event)" })
    let lost = lines.filter { !recorded.contains(String($0)) }
    #expect(lost == [], "acknowledged and lost (seed \(Self.seed))")
    #expect(lines.count >= Self.kills)
  }

  private struct Event: Decodable {
    let sequence: Int
    let event: String
  }
}
