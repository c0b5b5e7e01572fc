internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Derived: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "derived",
      abstract: "Record that a model was made from another.",
      discussion: """
        Example:
          winnow model derived imagegen-copy --parent imagegen-1.5 \\
              --relation exact-copy
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The model that it was made from.") var parent: Name
    @Option(help: "How.") var relation: ModelRelation
    @OptionGroup var options: SigningOptions

    func validate() throws {
      if model == parent {
        throw ValidationError("A model is not made from itself; name its parent with --parent.")
      }
    }

    func perform(_ place: Workplace) throws {
      options.answer(
        try place.decide(
          RecordBody(
            .modelDerived(.init(model: model, parent: parent, relation: relation)))))
    }
  }
}
