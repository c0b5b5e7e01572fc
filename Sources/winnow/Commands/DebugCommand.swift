internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

/// Entrances for checks of the program itself, such as agreement with other implementations.
struct DebugCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debug", abstract: "Entrances for checks of the program itself.",
    shouldDisplay: false, subcommands: [Canonicalize.self, Append.self])

  struct Canonicalize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write each line of standard input as canonical JSON, or `refused`.",
      discussion: "Example: winnow debug canonicalize < documents.jsonl")

    func run() throws {
      try Failure.reported {
        var input = try InputFile.read("-", maximum: 1 << 30)
        if input.last == 0x0a { input.removeLast() }
        for line in input.split(separator: 0x0a, omittingEmptySubsequences: false) {
          do {
            Console.bytes(try JSON(parsing: Array(line)).canonicalBytes + [0x0a])
          } catch {
            Console.line("refused")
          }
        }
      }
    }
  }

  struct Append: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Append events one by one; each that is on disk is a line: sequence and event id.",
      discussion: "Example: winnow debug append imagegen-1.5 laion@1.0 --count 100")
    @Argument(help: "A registered model.") var model: Name
    @Argument(help: "The release that it is said to be trained on, \(NameRule.versioned).")
    var release: VersionedName
    @Option(help: "How many.") var count: Int
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          for _ in 0..<max(0, count) where !Interruption.isRequested {
            let receipt = try session.assertTraining(
              model, on: release, polarity: .trained, use: .unspecified
            ).receipt
            Console.line("\(receipt.sequence) \(receipt.id)")
          }
        }
      }
    }
  }
}
