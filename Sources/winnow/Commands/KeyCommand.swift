internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, list, add, replace and revoke keys.",
    subcommands: [
      New.self, List.self, Add.self, Rotate.self, Revoke.self, ChangePassphrase.self,
    ])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key in a directory of its holder's own.",
      discussion: """
        The private key is written as ACTOR-XXXXXXXX.pem, encrypted with a passphrase,
        readable by its owner only; the public half as ACTOR-XXXXXXXX.pub, to be handed
        out. It comes into a ledger with `winnow actor add` or `winnow key add`.

        Example: winnow key new hotline --out hotline-keys
        """)
    @Argument(help: "The actor that the key is for: \(NameRule.actor).") var actor: ActorName
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
}
