internal import ArgumentParser
internal import Files
internal import Foundation
internal import LedgerStore
internal import Provenance

/// What an open ledger holds in memory: the state that the rules read, and SQLite's cache.
///
/// The state grows with actors, datasets, releases, lists, models and disputes, and not with events
/// that are only looked up: both are measured.
enum StateBench {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let assertions = try BenchLedger(at: scratch.fresh("assertions"))
    try assertions.fill(settings.events)
    let models = try BenchLedger(at: scratch.fresh("models"))
    try models.registerModels(settings.events / 10)
    return [
      try held("an open ledger in memory, by assertions", assertions.ledger),
      try held("an open ledger in memory, by models", models.ledger),
    ]
  }

  /// Opens the ledger in a process of its own, which has freed nothing that it could use again.
  private static func held(_ work: String, _ ledger: Ledger) throws -> Measurement {
    let outcome = try Subprocess.run(
      "/proc/self/exe", ["opened", ledger.directory], input: [],
      scratch: NSTemporaryDirectory(), maximumOutput: 100, seconds: 600)
    let text = String(decoding: outcome.output, as: UTF8.self)
    guard outcome.code == 0, let mebibytes = Double(text.trimmingCharacters(in: .newlines)) else {
      throw BenchFailure.refused("The ledger could not be opened.")
    }
    return .ceiling(
      work, size: Int(try ledger.state.size), unit: " MiB", mebibytes, limit: 1_024)
  }
}

/// Opens a ledger and prints how much more memory it took at most, in MiB.
struct Opened: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)
  @Argument var directory: String

  func run() throws {
    try PeakMemory.forget()
    let before = try PeakMemory.mebibytes()
    let ledger = try Ledger.open(at: directory)
    _ = try ledger.state.size
    print(try PeakMemory.mebibytes() - before)
  }
}
