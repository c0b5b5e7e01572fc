internal import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Export the log, and check bundles offline.",
    subcommands: [Export.self, Verify.self, Inspect.self])
}
