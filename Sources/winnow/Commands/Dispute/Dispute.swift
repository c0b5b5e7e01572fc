internal import ArgumentParser

struct DisputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispute", abstract: "Dispute an event, and resolve what is disputed.",
    subcommands: [Open.self, Resolve.self])
}
