internal import ArgumentParser
internal import Provenance
internal import Workflows

extension RoleCommand {
  struct Revoke: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "Revoke a role from the next sequence on.",
      discussion: "Example: winnow role revoke hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(try place.decide(RevokeRole(role, of: actor)))
    }
  }
}
