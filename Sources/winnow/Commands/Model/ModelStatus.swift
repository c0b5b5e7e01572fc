internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Status: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Say what the ledger knows of a model.",
      discussion: "Example: winnow model status imagegen-1.5")
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let status = try Workflows.ModelStatus(of: model, in: place.view())
      if options.json { return Console.json(status.json) }
      for line in status.lines { Console.line(line) }
    }
  }
}
