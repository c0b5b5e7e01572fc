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

  func source(_ options: some LedgerNaming) throws -> NewKey? {
    if let from {
      let passphrase = try fromPassphraseFile.map { try Passphrase(file: $0) }
      return .own(KeyDirectory(from), passphrase: try passphrase ?? options.passphrase())
    }
    return try publicKey.map { .elsewhere(try PublicKeyFile.read($0)) }
  }
}
