internal import ArgumentParser
internal import Provenance
internal import Workflows

extension KeyCommand {
  struct Add: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a further key to a registered actor.",
      discussion: """
        The new key signs too. Where its holder is elsewhere, give the public key, and
        --unsigned for the file that goes round.

        Examples:
          winnow key add hotline --from new-keys
          winnow key add hotline --public-key hotline.pub --unsigned key.json
        """)
    @Argument(
      help: "The actor; ACTOR/DIGITS names the new key too, where --from holds several.")
    var actor: SignerName
    @OptionGroup var new: NewKeyOptions
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      guard let source = try new.source(of: actor, options) else {
        throw ValidationError("Give --from DIR or --public-key FILE.")
      }
      options.answer(try place.decide(AddKey(of: actor.actor, from: source)))
    }
  }
}
