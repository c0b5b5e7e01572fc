internal import ArgumentParser

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Write a bundle that shows a claim offline.",
    subcommands: [Event.self, Presence.self, Absence.self, Transition.self])
}
