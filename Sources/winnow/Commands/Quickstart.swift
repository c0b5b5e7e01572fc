internal import ArgumentParser
internal import CanonicalJSON
internal import Workflows

struct Quickstart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quickstart",
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
    let bar = ProgressBar(isQuiet: output.quiet || output.json)
    let verdict = try QuickstartStory(
      directory: directory, rows: rows, progress: bar.progress
    ) { step in
      bar.clear()
      if output.json {
        Console.json(["step": .string(step.title), "text": .string(step.text)])
      } else {
        Console.line("\(step.title.padded(to: 13))\(step.text)")
      }
    }.tell()
    guard verdict else { throw Failure.verificationFailed }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(1, width - count))
  }
}
