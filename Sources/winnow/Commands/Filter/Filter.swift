internal import ArgumentParser

struct FilterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Choose rows of a release by an expression, and check that.",
    subcommands: [Run.self, Verify.self], defaultSubcommand: Run.self)
}
