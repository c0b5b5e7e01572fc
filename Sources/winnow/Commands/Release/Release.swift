internal import ArgumentParser

struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Publish, withdraw, list, show, compare, check and find releases.",
    subcommands: [
      Publish.self, Withdraw.self, Observe.self, List.self, Show.self, Diff.self, Verify.self,
      Locate.self,
    ])
}
