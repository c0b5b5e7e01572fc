internal import ArgumentParser

struct VerificationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verification", abstract: "Record who looked at what was found.",
    subcommands: [Record.self])
}
