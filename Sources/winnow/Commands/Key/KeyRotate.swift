internal import ArgumentParser
internal import Provenance
internal import Workflows

extension KeyCommand {
  struct Rotate: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Give an actor a new key in place of one.",
      discussion: """
        Adds the new key and revokes the old one, both or neither. Without --from or
        --public-key the new key is made beside the old one, under the same passphrase.

        Examples:
          winnow key rotate publisher
          winnow key rotate hotline --from new-keys
        """)
    @Argument(
      help: "The actor; ACTOR/DIGITS names the new key too, where --from holds several.")
    var actor: SignerName
    @Option(
      help: "The key to be revoked, by 8 or more of its first digits; the only one by default.")
    var old: String?
    @Option(help: "The first sequence from which what the old key signed is doubtful.")
    var suspectSince: UInt64?
    @OptionGroup var new: NewKeyOptions
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let view = try place.view()
      options.answer(
        try place.decide(
          RotateKey(
            of: actor.actor, from: try new.source(of: actor, options),
            replacing: try old.map { try view.keyID(named: $0) }, suspectSince: suspectSince)))
    }
  }
}
