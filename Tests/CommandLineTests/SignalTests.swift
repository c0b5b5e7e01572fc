import Foundation
import Testing

/// How whoever starts the program set its signals.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
struct `Signals that were set before the start` {
  #if DEBUG
    static let rows = 60_000
  #else
    static let rows = 200_000
  #endif

  /// Publishes, and sends `signals` once a file of rows is open.
  private func publish(
    after preparation: String = "", sending signals: [String], on bench: Bench,
    blocking blocked: [Int32] = []
  ) async throws -> Program.Outcome {
    let script = """
      \(preparation)
      program=$$
      {
        while kill -0 $program 2> /dev/null; do
          for open in /proc/$program/fd/*; do
            for shard in 0 1; do
              if [[ $open -ef sample/rows-0000$shard.csv ]]; then break 3; fi
            done
          done
        done
        \(signals.map { "kill -\($0) $program" }.joined(separator: "\n"))
      } &
      # The watcher goes before the program, whose work is done soon.
      exec nice -n 19 \(Bench.publish)
      """
    return try await bench.start(script, blocking: blocked).outcome()
  }

  @Test func `and are blocked still stop the work`() async throws {
    let bench = try await Bench(rows: Self.rows, shards: 2)
    for (name, number) in [("INT", SIGINT), ("TERM", SIGTERM)] {
      let outcome = try await publish(sending: [name], on: bench, blocking: [number])
      #expect(outcome.code == 130, "\(name): \(outcome.text)\(outcome.complaint)")
      #expect(outcome.complaint.hasPrefix("winnow: "))
    }
    try await bench.done(Bench.publish)
  }

  @Test func `and are ignored stay so, and others are heard`() async throws {
    let bench = try await Bench(rows: Self.rows, shards: 2)
    let stopped = try await publish(
      after: "trap '' INT", sending: ["INT", "TERM"], on: bench)
    #expect(stopped.code == 130, "\(stopped.text)\(stopped.complaint)")
    let done = try await publish(
      after: "trap '' INT TERM", sending: ["INT", "TERM", "INT", "TERM"], on: bench)
    #expect(done.code == 0, "\(done.text)\(done.complaint)")
    try await bench.done("winnow verify")
  }
}
