internal import ArgumentParser
internal import Provenance
internal import Workflows

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Grant and revoke roles.",
    subcommands: [Grant.self, Revoke.self])

  struct Grant: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Grant a role from the next sequence on.",
      discussion: "Example: winnow role grant hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session(after: following.after) {
          options.answer([try $0.grant(role, to: actor)])
        }
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Revoke a role from the next sequence on.",
      discussion: "Example: winnow role revoke hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session(after: following.after) {
          options.answer([try $0.revoke(role, of: actor)])
        }
      }
    }
  }
}
