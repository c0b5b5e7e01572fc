internal import ArgumentParser
internal import Provenance
internal import Workflows

extension RoleCommand {
  struct Grant: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "grant",
      abstract: "Grant a role from the next sequence on.",
      discussion: "Example: winnow role grant hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(try place.decide(GrantRole(role, to: actor)))
    }
  }
}
