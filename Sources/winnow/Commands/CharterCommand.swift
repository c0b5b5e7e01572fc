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

        Example: winnow charter set charter.json
        """)
    @Argument(help: "A JSON file with the whole charter.") var file: String
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        let json = try JSON(parsing: try InputFile.read(file, maximum: 1 << 20))
        var reader = try MemberReader(json, path: "charter")
        let charter = try Charter(from: &reader)
        try reader.finish()
        try options.session {
          options.answer([try $0.set(charter)])
        }
        let several = charter.rules.filter { $0.value.actors > 1 }.keys.map(\.rawValue).sorted()
        if !several.isEmpty {
          Console.note(
            "winnow: this version signs for one actor at a time, so that under this charter it cannot record \(several.joined(separator: ", "))."
          )
        }
      }
    }
  }
}
