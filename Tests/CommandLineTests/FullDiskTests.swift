import Foundation
import Testing

/// A disk of a given size, for a command alone.
private enum SmallDisk {
  static let isPossible =
    Program.Running.end(of: ["/usr/bin/unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"])
    == 0
}

/// Commands on a disk of their own, too small for them.
@Suite(.enabled(if: SmallDisk.isPossible)) struct `A disk without room` {
  /// Runs `command` where `folder` is a disk of `kibibytes`, and then `look` there.
  private func run(
    _ bench: Bench, _ command: String, in folder: String, kibibytes: Int, then look: String
  ) async throws -> Program.Outcome {
    try await bench.run(
      """
      mkdir -p \(folder)
      exec unshare -rm bash -c '
        mkdir kept; cp -a \(folder)/. kept/
        mount -t tmpfs -o size=\(kibibytes)k none \(folder) && cp -a kept/. \(folder)/; rm -r kept
        \(command); code=$?
        \(look)
        exit $code'
      """)
  }

  @Test(arguments: [0, 8, 40, 100])
  func `has no file of a cleaned release, and nothing is recorded`(kibibytes: Int) async throws {
    let bench = try await Bench(rows: 2_000, shards: 6)
    try await bench.done("\(Bench.publish) && \(Bench.match) && \(Bench.remove)")
    let before = try bench.scratch.snapshot()
    let events = try await bench.events()
    let outcome = try await run(
      bench, Bench.clean, in: "out", kibibytes: max(kibibytes, 4), then: "find out -mindepth 1")
    #expect(outcome.code == 4 && outcome.text == "", "\(outcome.text)\(outcome.complaint)")
    #expect(outcome.complaint.hasPrefix("winnow: Cannot write "), "\(outcome.complaint)")
    #expect(outcome.complaint.contains("/out/rows-0000"), "\(outcome.complaint)")
    #expect(outcome.complaint.contains("the disk is full; free some space"), "\(outcome.complaint)")
    #expect(try bench.scratch.changes(since: before) == [])
    #expect(try await bench.events() == events)
    try await bench.done(Bench.clean)
  }

  @Test(arguments: [8, 100])
  func `has no index of a release, and nothing is recorded`(kibibytes: Int) async throws {
    let bench = try await Bench(rows: 2_000)
    let before = try bench.scratch.snapshot()
    let events = try await bench.events()
    let outcome = try await run(
      bench, Bench.publish, in: "demo/index", kibibytes: kibibytes,
      then: "find demo/index -mindepth 1 ! -name .laion@1.0.lock")
    #expect(outcome.code == 4 && outcome.text == "", "\(outcome.text)\(outcome.complaint)")
    #expect(outcome.complaint.contains("the disk is full; free some space"), "\(outcome.complaint)")
    #expect(try bench.scratch.changes(since: before) == [])
    #expect(try await bench.events() == events)
    try await bench.done(Bench.publish)
  }
}
