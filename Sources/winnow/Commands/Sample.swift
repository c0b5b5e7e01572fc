internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import Workflows

struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Write generated rows, hash lists and a model file to try things on.",
    discussion: """
      The URLs are made up. The same seed gives the same bytes.

      Example: winnow sample --rows 2000 --out sample
      """)
  @Option(help: "How many rows.") var rows: Int = 20_000
  @Option(help: "The directory to write to.") var out: String
  @Option(help: "The seed.") var seed: UInt64 = 1
  @Option(help: "How many shards.") var shards: Int = 1
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1_000_000_000).contains(rows) else {
      throw ValidationError("--rows takes 1 to 1,000,000,000.")
    }
    guard (1...10_000).contains(shards), shards <= rows else {
      throw ValidationError("--shards takes 1 to 10,000, and no more than the rows.")
    }
  }

  func run() throws {
    try OutputTarget.checkOutsideLedgers(out)
    let files = try SampleWorkflow.write(
      rows: rows, seed: seed, shards: shards, to: out,
      isCancelled: { Interruption.isRequested })
    if output.json {
      Console.json(["files": .array(files.map { .string($0) })])
    } else {
      for file in files { Console.line(file) }
    }
  }
}
