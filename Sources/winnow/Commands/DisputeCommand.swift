internal import ArgumentParser
internal import Provenance
internal import Workflows

struct DisputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispute", abstract: "Dispute an event, and resolve what is disputed.",
    subcommands: [Open.self, Resolve.self])

  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that someone disputes an event.",
      discussion: "Example: winnow dispute open 16 --grounds false-positive --text letter.txt")
    @Argument(help: "The sequence or event id of what is disputed.") var event: String
    @Option(help: "What is said to be wrong.") var grounds: DisputeGrounds
    @Option(help: "A file with what is said, or - for standard input.") var text: String?
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        let text = try text.map { try InputFile.read($0, maximum: 1 << 20) }
        try options.session { session in
          let target = try session.event(named: event).id
          options.answer([
            try session.record(.disputeOpened, prose: text, as: "text") {
              .disputeOpened(.init(target: target, grounds: grounds, text: $0))
            }
          ])
        }
      }
    }
  }

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record how a dispute was decided.",
      discussion: "Example: winnow dispute resolve 19 --outcome upheld")
    @Argument(help: "The sequence or event id of the dispute.") var dispute: String
    @Option(help: "Whether who opened it was found right.") var outcome: DisputeOutcome
    @Option(help: "A file with the reasons, or - for standard input.") var text: String?
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        let text = try text.map { try InputFile.read($0, maximum: 1 << 20) }
        try options.session { session in
          let dispute = try session.event(named: dispute).id
          options.answer([
            try session.record(.disputeResolved, prose: text, as: "text") {
              .disputeResolved(.init(dispute: dispute, outcome: outcome, text: $0))
            }
          ])
        }
      }
    }
  }
}
