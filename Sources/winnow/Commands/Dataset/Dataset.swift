internal import ArgumentParser

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Register datasets.",
    subcommands: [Register.self, List.self, Secret.self])
}
