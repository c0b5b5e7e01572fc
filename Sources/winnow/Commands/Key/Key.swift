internal import ArgumentParser

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, list, add, replace and revoke keys.",
    subcommands: [
      New.self, List.self, Add.self, Rotate.self, Revoke.self, ChangePassphrase.self,
    ])
}
