internal import ArgumentParser

/// Entrances for checks of the program itself, such as agreement with other implementations.
struct DebugCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debug", abstract: "Entrances for checks of the program itself.",
    shouldDisplay: false, subcommands: [Canonicalize.self])
}
