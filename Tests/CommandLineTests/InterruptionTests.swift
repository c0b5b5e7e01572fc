import Foundation
import Testing

@Suite struct `Long work that is interrupted` {
  #if DEBUG
    static let rows = 40_000
  #else
    static let rows = 300_000
  #endif

  /// Sends `signal` once the program has rows open, and waits for its end.
  ///
  /// The shell watches, and goes before the program where other tests want the processor, too: else
  /// the work can be done before anybody looks.
  private func stopped(
    _ script: String, on bench: Bench, by signal: String
  ) async throws -> Program.Outcome {
    try await bench.run(
      """
      # Job control, for a script's background jobs ignore interrupts otherwise.
      set -m
      \(script) & program=$!
      renice -n 19 $program > /dev/null 2>&1
      while kill -0 $program 2> /dev/null; do
        for open in /proc/$program/fd/*; do
          for shard in 0 1 2 3; do
            if [[ $open -ef sample/rows-0000$shard.csv ]]; then break 3; fi
          done
        done
      done
      kill -\(signal) $program
      wait $program
      """)
  }

  private func stop(_ script: String, on bench: Bench) async throws {
    let before = try bench.scratch.snapshot()
    let events = try await bench.events()
    let outcome = try await stopped(script, on: bench, by: "INT")
    #expect(outcome.code == 130, "\(script): \(outcome.text)\(outcome.complaint)")
    #expect(outcome.complaint.hasPrefix("winnow: "))
    #expect(try bench.scratch.changes(since: before) == [], "\(script)")
    #expect(try await bench.events() == events)
    // A second time it is killed, with no chance to clean up.
    let killed = try await stopped(script, on: bench, by: "KILL")
    #expect(killed.code == 137, "\(script): \(killed.text)\(killed.complaint)")
    let left = try bench.scratch.changes(since: before)
    #expect(left == [], "\(script)")
    #expect(try await bench.events() == events)
    try await bench.done(script)
    #expect(try await bench.events() > events)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd")))
  func `leaves nothing and works when run again`() async throws {
    let bench = try await Bench(rows: Self.rows, shards: 4)
    try await stop(Bench.publish, on: bench)
    try await stop(Bench.match, on: bench)
    try await bench.done(Bench.remove)
    try await stop(Bench.clean, on: bench)
    let left = try bench.scratch.snapshot().keys.filter { $0.contains(".winnow-") }
    #expect(left == [])
    try await bench.done("winnow verify && winnow release verify laion@1.1")
  }
}

@Suite struct `A disk that is full` {
  /// Runs `script` under ever higher limits of file sizes, until it is through.
  private func squeeze(_ script: String, on bench: Bench, limits: [Int]) async throws {
    let before = try bench.scratch.snapshot()
    let events = try await bench.events()
    var refusals = 0
    for limit in limits {
      let outcome = try await bench.run("ulimit -f \(limit); \(script)")
      if outcome.code == 0 { break }
      refusals += 1
      #expect(outcome.code == 4, "\(script) in \(limit) KiB: \(outcome.complaint)")
      #expect(outcome.complaint.hasPrefix("winnow: "), "\(script) in \(limit) KiB")
      // When the commit itself failed, the event may stand after all: what it names stays then.
      let left = try bench.scratch.changes(since: before).filter {
        !$0.hasPrefix("demo/attachments/") && !$0.hasPrefix("demo/secrets/attachment-")
      }
      #expect(left == [], "\(script) in \(limit) KiB")
      #expect(try await bench.events() == events)
    }
    #expect(refusals > 0, "\(script) was never out of space")
    if refusals == limits.count { try await bench.done(script) }
    #expect(try await bench.events() > events)
    try await bench.done("winnow verify")
  }

  @Test func `stops the work with a sentence and leaves nothing`() async throws {
    let bench = try await Bench(rows: 10_000)
    try await squeeze(Bench.publish, on: bench, limits: [1, 40, 120, 256, 512])
    try await squeeze(Bench.match, on: bench, limits: [1, 36, 72, 104, 112, 120, 128, 144])
    try await bench.done(Bench.remove)
    try await squeeze(Bench.clean, on: bench, limits: [1, 120, 256, 512, 1024])
    try await bench.done("winnow release verify laion@1.1")
  }
}
