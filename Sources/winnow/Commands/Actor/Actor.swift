internal import ArgumentParser

struct ActorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actor", abstract: "Register actors.", subcommands: [Add.self, List.self])
}
