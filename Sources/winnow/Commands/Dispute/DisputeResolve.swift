internal import ArgumentParser
internal import Provenance
internal import Workflows

extension DisputeCommand {
  struct Resolve: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "resolve",
      abstract: "Record how a dispute was decided.",
      discussion: "Example: winnow dispute resolve 19 --outcome upheld")
    @Argument(help: "The sequence or event id of the dispute.") var dispute: String
    @Option(help: "Whether who opened it was found right.") var outcome: DisputeOutcome
    @Option(help: "A file with the reasons, or - for standard input.") var text: String?
    @Flag(help: "Show the text to everybody; it is sealed otherwise.") var open = false
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let text = try text.map { try InputFile.read($0, maximum: 1 << 20) }
      options.answer(
        try place.decide(
          RecordBody(.disputeResolved, prose: text, as: "text", isOpen: open) {
            [dispute, outcome] view, text in
            .disputeResolved(
              .init(dispute: try view.event(named: dispute).id, outcome: outcome, text: text))
          }))
    }
  }
}
