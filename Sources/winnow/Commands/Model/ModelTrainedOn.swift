internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct TrainedOn: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "trained-on", abstract: "Record that a model was trained on a release.",
      discussion: """
        Examples:
          winnow model trained-on imagegen-1.5 laion@1.0 --use pretraining
          winnow model trained-on imagegen-2.0 laion@1.0 --not
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Option(help: "pretraining, finetuning, evaluation or unspecified.")
    var use: TrainingUse = .unspecified
    @Flag(help: "Record that it was not.") var not = false
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(
        try place.decide(
          AssertTraining(
            model, on: release, polarity: not ? .notTrained : .trained, use: use)))
    }
  }
}
