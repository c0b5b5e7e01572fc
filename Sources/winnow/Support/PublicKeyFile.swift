internal import LedgerCrypto
internal import Workflows

/// A file with somebody's public key.
enum PublicKeyFile {
  static func read(_ path: String) throws -> VerifyingKey {
    guard let key = VerifyingKey(publicKeyFile: try InputFile.read(path, maximum: 4096)) else {
      throw WorkflowFailure.badInput(
        "\(path) is not an Ed25519 public key in PEM or DER (SubjectPublicKeyInfo); write one with `openssl pkey -pubout`."
      )
    }
    return key
  }
}
