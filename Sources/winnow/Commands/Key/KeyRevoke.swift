internal import ArgumentParser
internal import Workflows

extension KeyCommand {
  struct Revoke: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "Revoke a key from the next sequence on.",
      discussion: """
        Examples:
          winnow key revoke 3f9a61c2
          winnow key revoke 3f9a61c2 --suspect-since 14

        With --suspect-since, what the key signed from there on is shown as doubtful.
        """)
    @Argument(help: "The key id, or 8 or more of its first digits (see `winnow key list`).")
    var key: String
    @Option(help: "The first sequence from which what the key signed is doubtful.")
    var suspectSince: UInt64?
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let id = try place.view().keyID(named: key)
      options.answer(try place.decide(RevokeKey(id, suspectSince: suspectSince)))
    }
  }
}
