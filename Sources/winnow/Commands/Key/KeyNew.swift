internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension KeyCommand {
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
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
      try OutputTarget.checkOutsideLedgers(out)
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
