internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ActorCommand {
  struct Add: ParsableCommand, StatementSigning {
    static let configuration = CommandConfiguration(
      commandName: "add",
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
    @Argument(
      help: ArgumentHelp(
        "The actor's name: \(NameRule.actor).",
        discussion: "ACTOR/DIGITS names the key too, where --keys holds several of the actor's."))
    var actor: SignerName
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
    @Option(help: OptionHelp.unsigned) var unsigned: String?
    @Flag(help: OptionHelp.force) var force = false
    @Option(parsing: .unconditionalSingleValue, help: OptionHelp.signer)
    var signer: [SignerName] = []
    @Option(help: OptionHelp.signerCmd) var signerCmd: String?
    @Option(help: OptionHelp.notAfter) var notAfter: String?
    @OptionGroup var following: AfterOption
    @Option(help: OptionHelp.nonce) var nonce: String?
    @Flag(help: OptionHelp.clockAhead) var clockAhead = false
    @Flag(help: OptionHelp.dryRun) var dryRun = false
    @Option(help: OptionHelp.ledger) var ledger: String?
    @Option(help: OptionHelp.passphraseFile) var passphraseFile: String?
    @Flag(help: OptionHelp.json) var json = false
    @Flag(help: OptionHelp.quiet) var quiet = false

    func validate() throws {
      try checkSigners()
      if [custodial, actorKeys != nil, publicKey != nil].count(where: { $0 }) != 1 {
        throw ValidationError("Give one of --keys DIR, --public-key FILE and --custodial.")
      }
      if actor.digits != nil, actorKeys == nil {
        throw ValidationError("ACTOR/DIGITS names a key in a directory; give it with --keys.")
      }
    }

    func run() throws {
      let maker = Opening(
        options: self, actors: administrators, keys: adminKeys,
        keysPassphraseFiles: adminKeysPassphraseFile)
      try maker.open(after: following.after) { place in
        let source: NewKey
        if let actorKeys {
          let passphrase = try keysPassphraseFile.map { try Passphrase(file: $0) }
          source = .own(
            KeyDirectory(actorKeys), digits: actor.digits,
            passphrase: try passphrase ?? self.passphrase())
        } else if let publicKey {
          source = .elsewhere(try PublicKeyFile.read(publicKey))
        } else {
          source = .custodial
        }
        let decided = try place.decide(
          AddActor(actor.actor, title: name, roles: Array(Set(roles)), key: source))
        answer(decided)
      }
    }
  }
}
