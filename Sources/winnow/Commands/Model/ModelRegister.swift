internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Register: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "register",
      abstract: "Register a model by the digests of its files.",
      discussion: "Example: winnow model register imagegen-1.5 --artifact model.safetensors")
    @Argument(help: "The model's name: \(NameRule.name).") var model: Name
    @Option(name: .customLong("artifact"), help: "A file of the model; may be repeated.")
    var artifacts: [String]
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(try place.decide(RegisterModel(model, artifacts: artifacts)))
    }
  }
}
