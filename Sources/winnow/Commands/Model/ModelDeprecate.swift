internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Deprecate: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "deprecate",
      abstract: "Record that a model is deprecated, with the reason as stated.",
      discussion: """
        Example: winnow model deprecate imagegen-1.5 --stated-reason "not maintained"
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The reason, in the steward's words; kept as an attachment.")
    var statedReason: String
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(try place.decide(DeprecateModel(model, statedReason: statedReason)))
    }
  }
}
