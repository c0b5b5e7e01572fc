internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

struct CharterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charter", abstract: "See and set who must sign what.",
    subcommands: [Show.self, Set.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the charter in force, as JSON.",
      discussion: "Example: winnow charter show > charter.json")
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          guard let founding = try session.ledger.state.authority.founding else { return }
          Console.json(founding.charter.json)
        }
      }
    }
  }

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a new charter in force.",
      discussion: """
        Start from what `winnow charter show` prints.

        A rule that asks for two `actors` wants the signatures of two, each with a key
        of its own: both are named with --as where their keys are at hand, or sign
        elsewhere (--unsigned).

        Example: winnow charter set charter.json
        """)
    @Argument(help: "A JSON file with the whole charter.") var file: String
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        let json = try JSON(parsing: try InputFile.read(file, maximum: 1 << 20))
        var reader = try MemberReader(json, path: "charter")
        let charter = try Charter(from: &reader)
        try reader.finish()
        try options.session(after: following.after) {
          options.answer([try $0.set(charter)])
        }
      }
    }
  }
}
