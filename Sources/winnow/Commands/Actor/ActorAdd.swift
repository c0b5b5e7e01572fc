internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ActorCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Register an actor with its first key and its roles.",
      discussion: """
        Examples:
          winnow actor add hotline --name "Example Hotline" --role matcher \\
              --role verifier --keys hotline-keys
          winnow actor add foundation --name "Example Foundation" --role matcher \\
              --custodial
          winnow actor add auditor --public-key auditor.pub --unsigned auditor.json

        With --keys the actor's own key co-signs (custody `own`). With --public-key the
        holder of that key co-signs elsewhere, and --unsigned writes what they and the
        administrators are to sign. With --custodial a key is made here and held by the
        administrator, and every verdict will say so.
        """)
    @Argument(help: "The actor's name: \(NameRule.actor).")
    var actor: ActorName
    @Option(help: "How the actor is called; kept as an attachment, not in the log itself.")
    var name: String?
    @Option(name: .customLong("role"), help: "A role; may be repeated.") var roles: [Role] = []
    @Option(name: .customLong("keys"), help: "The directory that holds the actor's own key.")
    var actorKeys: String?
    @Option(help: "A file with the actor's public key, in PEM; its holder signs elsewhere.")
    var publicKey: String?
    @Flag(help: "Make a key for the actor here.") var custodial = false
    @Option(help: "A file with the passphrase of the actor's key, where it is another.")
    var keysPassphraseFile: String?
    @Option(
      name: .customLong("as"), parsing: .unconditionalSingleValue,
      help: "The administrator that signs; repeated where several must. (default: the founder)")
    var administrators: [SignerName] = []
    @Option(
      help:
        "The directory of an administrator's key; repeated for several, the ledger's own by default."
    )
    var adminKeys: [String] = []
    @Option(help: "A file with the passphrase of an administrator's key, where it is another.")
    var adminKeysPassphraseFile: [String] = []
    @OptionGroup var elsewhere: ElsewhereOptions
    @OptionGroup var following: AfterOption
    @Option(
      help: "The nonce of an earlier try, 32 hexadecimal digits, so that a retry adds nothing.")
    var nonce: String?
    @OptionGroup var clock: ClockOptions
    @Flag(help: "Do all but the recording: check it against the rules, and leave nothing behind.")
    var dryRun = false
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if [custodial, actorKeys != nil, publicKey != nil].count(where: { $0 }) != 1 {
        throw ValidationError("Give one of --keys DIR, --public-key FILE and --custodial.")
      }
    }

    func run() throws {
      let maker = Opening(
        base: options, actors: administrators, keys: adminKeys,
        keysPassphraseFiles: adminKeysPassphraseFile, elsewhere: elsewhere, nonce: nonce,
        acceptsJump: clock.clockAhead, isDryRun: dryRun)
      try maker.open(after: following.after) { place in
        let source: NewKey
        if let actorKeys {
          let passphrase = try keysPassphraseFile.map { try Passphrase(file: $0) }
          source = .own(
            KeyDirectory(actorKeys), passphrase: try passphrase ?? options.passphrase())
        } else if let publicKey {
          source = .elsewhere(try PublicKeyFile.read(publicKey))
        } else {
          source = .custodial
        }
        let decided = try place.decide(
          AddActor(actor, title: name, roles: Array(Set(roles)), key: source))
        options.output.answer(
          decided.recorded, isDryRun: dryRun, unsigned: elsewhere.unsigned)
      }
    }
  }
}
