internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, list, add and revoke keys.",
    subcommands: [New.self, List.self, Add.self, Revoke.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key in a directory of its holder's own.",
      discussion: """
        The private key is written as ACTOR-XXXXXXXX.pem, encrypted with a passphrase, readable by
        its owner only. It comes into a ledger with `winnow actor add` or `winnow key add`.

        Example: winnow key new hotline --out hotline-keys
        """)
    @Argument(help: "The actor that the key is for.") var actor: ActorName
    @Option(help: "The directory for the key.") var out: String
    @Option(help: "A file with the passphrase in its first line.") var passphraseFile: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      try Failure.reported {
        let key = try KeyDirectory(out).make(
          for: actor,
          passphrase: try PassphraseSource.passphrase(
            file: passphraseFile, prompt: "A passphrase for the key: ", isNew: true)
        ).verifyingKey
        if output.json {
          Console.json([
            "actor": .string(actor.text), "keyId": .string(key.id.hex),
            "publicKey": .string(key.bytes.base64),
          ])
        } else {
          Console.line("Made the key \(key.id.hex) of \(actor) in \(out).")
        }
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the keys that the ledger knows.", discussion: "Example: winnow key list")
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let keys = try session.ledger.state.authority.keys.values.sorted {
            ($0.added, $0.key) < ($1.added, $1.key)
          }
          for key in keys {
            if options.output.json {
              var object = JSONObject([("keyId", .string(key.publicKey.id.hex))])
              if case .object(let record) = key.json {
                for (name, value) in record.members { object[name] = value }
              }
              Console.json(.object(object))
            } else {
              let end = key.revoked.map { "revoked at sequence \($0)" } ?? "counts"
              Console.line(
                "\(key.key)  \(key.actor)  custody \(key.custody.rawValue)  added at sequence \(key.added)  \(end)"
              )
            }
          }
        }
      }
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a further key to a registered actor.",
      discussion: """
        Example: winnow key add hotline --from new-keys
        """)
    @Argument(help: "The actor.") var actor: ActorName
    @Option(help: "The directory that holds the new key.") var from: String
    @Option(help: "A file with the passphrase of the new key, where it is another.")
    var fromPassphraseFile: String?
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          let passphrase = try fromPassphraseFile.map { try Passphrase(file: $0) }
          options.answer([
            try session.addKey(
              of: actor, from: KeyDirectory(from),
              passphrase: try passphrase ?? session.keyPassphrase(), custody: .own)
          ])
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
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          options.answer([
            try session.revokeKey(try session.keyID(named: key), suspectSince: suspectSince)
          ])
        }
      }
    }
  }
}
