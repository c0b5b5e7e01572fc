internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a ledger directory.",
    discussion: """
      Makes the first administrator, `publisher` (also publisher and steward), the
      log's key, its policy file for verifiers, and sequence 0, which registers them.

      Example: winnow init demo --origin ledger.example.org/laion
      """)

  @Argument(help: "The directory, new or empty.")
  var directory: String

  @Option(
    help:
      "The ledger's name: a URL without its `https://`, such as ledger.example.org/laion; at most 128 bytes of printable ASCII without spaces and `+`."
  )
  var origin: Origin

  @Option(name: .customLong("as"), help: "The first administrator: \(NameRule.actor).")
  var actor: ActorName = .publisher

  @Option(help: "A file with the passphrase in its first line.")
  var passphraseFile: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let made = try Creation.create(
      at: LedgerDirectory(directory), origin: origin, actor: actor,
      passphrase: try PassphraseSource.passphrase(
        file: passphraseFile, prompt: "A passphrase for the keys and secrets: ", isNew: true))
    if output.json {
      Console.json([
        "ledger": .string(made.ledger.description), "origin": .string(made.origin.text),
        "logKey": .string(made.vkey), "actor": .string(made.actor.text),
        "keyId": .string(made.publicKey.id.hex),
      ])
    } else {
      Console.line("Made the ledger \(made.origin) in \(directory).")
      Console.line("  genesis   \(made.ledger)   pin it with --genesis")
      Console.line("  log key   \(made.vkey)   for verifiers, in \(directory)/policy.txt")
      Console.line("  \(made.actor)   signs with the key \(made.publicKey.id.hex.prefix(16))…")
    }
  }
}
