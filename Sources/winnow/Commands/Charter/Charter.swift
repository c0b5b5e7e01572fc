internal import ArgumentParser

struct CharterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charter", abstract: "See and set who must sign what.",
    subcommands: [Show.self, Set.self])
}
