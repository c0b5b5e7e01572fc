internal import ArgumentParser
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

  /// The key of `name`, which perhaps says its first digits.
  func source(of name: SignerName, _ options: some LedgerNaming) throws -> NewKey? {
    if name.digits != nil, from == nil {
      throw ValidationError("ACTOR/DIGITS names a key in a directory; give it with --from.")
    }
    if let from {
      let passphrase = try fromPassphraseFile.map { try Passphrase(file: $0) }
      return .own(
        KeyDirectory(from), digits: name.digits, passphrase: try passphrase ?? options.passphrase())
    }
    return try publicKey.map { .elsewhere(try PublicKeyFile.read($0)) }
  }
}
