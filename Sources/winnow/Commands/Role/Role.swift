internal import ArgumentParser
internal import Provenance

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Grant and revoke roles.",
    subcommands: [Grant.self, Revoke.self])
}
