internal import ArgumentParser
internal import Foundation
internal import LedgerStore

/// A process that appends until it is stopped: what checks of killed writers start.
struct Writer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Append events one by one; each that is on disk is a line: sequence and event id.",
    shouldDisplay: false)
  @Argument(help: "A ledger that this program made; it is made where there is none.")
  var directory: String
  @Option(help: "How many.") var count: Int

  func run() throws {
    do {
      let isThere = FileManager.default.fileExists(atPath: "\(directory)/ledger.db")
      let bench =
        try isThere ? BenchLedger(opening: directory) : BenchLedger(at: directory)
      for _ in 0..<max(0, count) {
        for result in try bench.ledger.admit(bench.events(1), now: BenchLedger.now) {
          let receipt = try result.get()
          FileHandle.standardOutput.write(Data("\(receipt.sequence) \(receipt.id)\n".utf8))
        }
      }
    } catch LedgerFailure.busy {
      throw ExitCode(75)
    }
  }
}
