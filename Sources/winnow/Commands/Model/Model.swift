internal import ArgumentParser

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Record what a cleanup means for models.",
    subcommands: [
      Register.self, TrainedOn.self, Derived.self, Deprecate.self, Withdraw.self, Observe.self,
      Status.self,
    ])
}
