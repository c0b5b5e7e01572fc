internal import ArgumentParser
internal import CanonicalJSON
internal import Provenance
internal import Workflows

struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
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
    try Failure.reported {
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
}

struct Quickstart: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the whole story on generated rows, ending in a detected tampering.",
    discussion: """
      Makes a ledger, publishes generated rows, matches them against two generated
      hash lists, removes what they found, cleans, deprecates a model, exports a
      bundle and checks it offline; then edits one byte of a copy of the ledger and
      shows that the check fails, and where.

      Example: winnow quickstart demo
      """)
  @Argument(help: "The directory to make.") var directory: String = "winnow-quickstart"
  @Option(help: "How many rows.") var rows: Int = 20_000
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (200...100_000_000).contains(rows) else {
      throw ValidationError("--rows takes 200 to 100,000,000.")
    }
  }

  func run() throws {
    try Failure.reported {
      let bar = ProgressBar(isQuiet: output.quiet || output.json)
      let verdict = try QuickstartStory(
        directory: directory, rows: rows, progress: bar.progress
      ) { step in
        bar.clear()
        if output.json {
          Console.json(step.json)
        } else {
          Console.line("\(step.title.padded(to: 13))\(step.text)")
        }
      }.tell()
      guard verdict else { throw Failure.verificationFailed }
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
