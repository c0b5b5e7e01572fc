internal import ArgumentParser
internal import CanonicalJSON
internal import Workflows

extension KeyCommand {
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
      if options.json {
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
