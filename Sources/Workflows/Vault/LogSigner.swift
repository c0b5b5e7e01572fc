internal import Files
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// Signs checkpoints, and nothing else.
enum LogSigner {
  static func verifierKey(origin: Origin, key: SigningKey) throws -> NoteVerifierKey {
    try signer(origin: origin, key: key).verifierKey
  }

  static func signer(origin: Origin, key: SigningKey) throws -> NoteSigner {
    guard let name = KeyName(origin.text) else {
      throw WorkflowFailure.badInput(
        "The origin \(origin) cannot name a log; choose another, such as ledger.example.org/laion.")
    }
    return NoteSigner(name: name, key: key)
  }
}

extension Vault {
  /// What signs checkpoints now.
  func logSigner() throws -> NoteSigner {
    let founding = try view.founding
    guard let current = LogKey.publicKey(ofVkey: founding.logKey, origin: founding.origin) else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    let later = directory.logKey(current.id)
    let key = try KeyDirectory.read(
      Directory.holds(later) ? later : directory.logKey, passphrase: try passphrase())
    guard key.verifyingKey == current else { throw WorkflowFailure.otherLogKey(later) }
    return try LogSigner.signer(origin: founding.origin, key: key)
  }
}
