internal import ArgumentParser
internal import Provenance
internal import Workflows

extension DisputeCommand {
  struct Open: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "open",
      abstract: "Record that someone disputes an event.",
      discussion: "Example: winnow dispute open 16 --grounds false-positive --text letter.txt")
    @Argument(help: "The sequence or event id of what is disputed.") var event: String
    @Option(help: "What is said to be wrong.") var grounds: DisputeGrounds
    @Option(help: "A file with what is said, or - for standard input.") var text: String?
    @Flag(help: "Show the text to everybody; it is sealed otherwise.") var open = false
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let text = try text.map { try InputFile.read($0, maximum: 1 << 20) }
      options.answer(
        try place.decide(
          RecordBody(.disputeOpened, prose: text, as: "text", isOpen: open) {
            [event, grounds] view, text in
            .disputeOpened(
              .init(target: try view.event(named: event).id, grounds: grounds, text: text))
          }))
    }
  }
}
