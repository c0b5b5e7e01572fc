internal import ArgumentParser

struct HashListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hashlist", abstract: "Register and compare hash lists.",
    subcommands: [Add.self, List.self, Diff.self])
}
