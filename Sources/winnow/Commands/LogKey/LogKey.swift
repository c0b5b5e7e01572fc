internal import ArgumentParser

struct LogKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log-key", abstract: "Change the key that signs the log's checkpoints.",
    subcommands: [Change.self])
}
