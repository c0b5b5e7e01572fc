internal import ArgumentParser
internal import Datasets

struct ProjectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projection", abstract: "Work on the projections.",
    subcommands: [Rebuild.self])
}
