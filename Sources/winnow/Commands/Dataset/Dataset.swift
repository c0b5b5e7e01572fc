internal import ArgumentParser

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Register, list and show datasets.",
    subcommands: [Register.self, List.self, Show.self, Secret.self])
}
