internal import ArgumentParser
internal import CanonicalJSON
internal import Provenance
internal import Workflows

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Record what a cleanup means for models.",
    subcommands: [
      Register.self, TrainedOn.self, Derived.self, Deprecate.self, Withdraw.self, Observe.self,
      Status.self,
    ])

  struct Register: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Register a model by the digests of its files.",
      discussion: "Example: winnow model register imagegen-1.5 --artifact model.safetensors")
    @Argument(help: "The model's name: \(NameRule.name).") var model: Name
    @Option(name: .customLong("artifact"), help: "A file of the model; may be repeated.")
    var artifacts: [String]
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session {
          options.answer([try $0.registerModel(model, artifacts: artifacts)])
        }
      }
    }
  }

  struct TrainedOn: ParsableCommand {
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

    func run() throws {
      try Failure.reported {
        try options.session {
          options.answer([
            try $0.assertTraining(
              model, on: release, polarity: not ? .notTrained : .trained, use: use)
          ])
        }
      }
    }
  }

  struct Deprecate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a model is deprecated, with the reason as stated.",
      discussion: """
        Example: winnow model deprecate imagegen-1.5 --stated-reason "not maintained"
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The reason, in the steward's words; kept as an attachment.")
    var statedReason: String
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session {
          options.answer([
            try $0.deprecateModel(model, statedReason: statedReason)
          ])
        }
      }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what the ledger knows of a model.",
      discussion: "Example: winnow model status imagegen-1.5")
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let status = try session.modelStatus(model)
          if options.output.json { return Console.json(status.json) }
          for line in status.lines { Console.line(line) }
        }
      }
    }
  }
}
