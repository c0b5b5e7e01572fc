internal import ArgumentParser
internal import CanonicalJSON
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

/// Where a new key comes from.
struct NewKeyOptions: ParsableArguments {
  @Option(help: "The directory that holds the new key.") var from: String?
  @Option(help: "A file with the passphrase of the new key, where it is another.")
  var fromPassphraseFile: String?
  @Option(help: "A file with the new public key, in PEM; its holder signs elsewhere.")
  var publicKey: String?

  func validate() throws {
    if from != nil, publicKey != nil {
      throw ValidationError("Give --from DIR or --public-key FILE, not both.")
    }
  }

  func source(_ options: LedgerOptions) throws -> Session.NewKey? {
    if let from {
      let passphrase = try fromPassphraseFile.map { try Passphrase(file: $0) }
      return .own(KeyDirectory(from), passphrase: try passphrase ?? options.passphrase())
    }
    return try publicKey.map { .elsewhere(try PublicKeyFile.read($0)) }
  }
}

extension KeyCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a further key to a registered actor.",
      discussion: """
        The new key signs too. Where its holder is elsewhere, give the public key, and
        --unsigned for the file that goes round.

        Examples:
          winnow key add hotline --from new-keys
          winnow key add hotline --public-key hotline.pub --unsigned key.json
        """)
    @Argument(help: "The actor.") var actor: ActorName
    @OptionGroup var new: NewKeyOptions
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session(after: following.after) { session in
          guard let source = try new.source(options.base) else {
            throw ValidationError("Give --from DIR or --public-key FILE.")
          }
          options.answer([try session.addKey(of: actor, from: source)])
        }
      }
    }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give an actor a new key in place of one.",
      discussion: """
        Adds the new key and revokes the old one, both or neither. Without --from or
        --public-key the new key is made beside the old one, under the same passphrase.

        Examples:
          winnow key rotate publisher
          winnow key rotate hotline --from new-keys
        """)
    @Argument(help: "The actor.") var actor: ActorName
    @Option(
      help: "The key to be revoked, by 8 or more of its first digits; the only one by default.")
    var old: String?
    @Option(help: "The first sequence from which what the old key signed is doubtful.")
    var suspectSince: UInt64?
    @OptionGroup var new: NewKeyOptions
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session(after: following.after) { session in
          options.answer(
            try session.rotateKey(
              of: actor, from: try new.source(options.base),
              replacing: try old.map { try session.keyID(named: $0) }, suspectSince: suspectSince))
        }
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    func run() throws {
      try Failure.reported {
        try options.session(after: following.after) { session in
          options.answer([
            try session.revokeKey(try session.keyID(named: key), suspectSince: suspectSince)
          ])
        }
      }
    }
  }

  struct ChangePassphrase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "passphrase", abstract: "Change the passphrase of keys and secrets.",
      discussion: """
        Changes every key file of a directory, the ledger's own by default, and there
        the one of the secrets too. Each file is replaced whole; interrupted, some open
        with the old passphrase and some with the new one, and the same command again
        changes the rest. Old copies and backups still open with the old passphrase.

        Examples:
          winnow key passphrase --new-passphrase-file new.txt
          winnow key passphrase --keys hotline-keys --new-passphrase-file new.txt
        """)
    @Option(help: "A directory of keys that is not the ledger's.") var keys: String?
    @Option(help: "A file with the new passphrase in its first line.")
    var newPassphraseFile: String?
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        let place: PassphraseChange.Place =
          if let keys { .keys(KeyDirectory(keys)) } else { .ledger(try options.directory) }
        let old = try options.passphrase("The old passphrase: ")
        let new: Passphrase =
          if let newPassphraseFile {
            try Passphrase(file: newPassphraseFile)
          } else {
            try PassphraseSource.asked("The new passphrase: ")
          }
        let done = try PassphraseChange.change(place, from: old, to: new)
        if options.output.json {
          return Console.json([
            "changed": .array(done.changed.map { .string($0) }),
            "already": .array(done.already.map { .string($0) }),
          ])
        }
        for path in done.changed { Console.line("changed: \(path)") }
        for path in done.already { Console.line("had it already: \(path)") }
      }
    }
  }
}
