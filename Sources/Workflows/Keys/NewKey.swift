internal import Files
package import LedgerCrypto
internal import LedgerStore
internal import Provenance

extension Session {
  /// Where a new key comes from.
  package enum NewKey: Sendable {
    /// Its holder's directory, opened with its own passphrase: custody `own`.
    case own(KeyDirectory, passphrase: Passphrase)
    /// Made here for the actor: custody `administrator`.
    case custodial
    /// Its public half; the holder co-signs elsewhere: custody `own`.
    case elsewhere(VerifyingKey)
  }

  /// The new key of `actor` as a signer, with its custody.
  ///
  /// One that is made here goes again when it does not come into the ledger. A retry takes the key of
  /// the first try.
  func signer(
    _ actor: ActorName, from source: NewKey, _ attempt: Attempt
  ) throws -> (signer: Signer, custody: Custody) {
    switch source {
    case .own(let directory, let passphrase):
      return (Signer(actor, try newKey(of: actor, in: directory, passphrase, attempt)), .own)
    case .custodial:
      let keys = KeyDirectory(directory.keys)
      let key =
        if let earlier = try addedKey(of: actor, attempt) {
          try keys.open(actor, amongst: [earlier], passphrase: try passphrase())
        } else {
          try make(for: actor, in: keys, passphrase: try passphrase())
        }
      return (Signer(actor, key), .administrator)
    case .elsewhere(let key):
      guard signing.unsigned != nil else {
        throw WorkflowFailure.badInput(
          "The holder of the new key signs too and is not here; write the statement with --unsigned, and let them sign it with `winnow sign`."
        )
      }
      return (Signer(actor, key, .elsewhere), .own)
    }
  }

  /// The key that an earlier try of the command added to `actor`.
  func addedKey(of actor: ActorName, _ attempt: Attempt) throws -> Digest? {
    guard let first = attempt.first else { return nil }
    for sequence in first.sequence...first.sequence + 1 {
      guard let event = try ledger.event(at: sequence), attempt.recorded(event),
        case .keyAdded(let body) = event.statement.body, body.actor == actor
      else { continue }
      return body.publicKey.id
    }
    return nil
  }

  /// The one key of `actor` in `source` that the ledger does not know.
  private func newKey(
    of actor: ActorName, in source: KeyDirectory, _ passphrase: Passphrase, _ attempt: Attempt
  ) throws -> SigningKey {
    if let earlier = try addedKey(of: actor, attempt) {
      return try source.open(actor, amongst: [earlier], passphrase: passphrase)
    }
    let known = Set(try ledger.state.authority.keys.keys.map(\.hex))
    let files = try source.files().filter { file in
      file.actor == actor && !known.contains { $0.hasPrefix(file.prefix) }
    }
    guard let file = files.first else {
      throw WorkflowFailure.noKey(actor: actor, directory: source.path)
    }
    guard files.count == 1 else {
      throw WorkflowFailure.severalKeys(actor: actor, directory: source.path)
    }
    return try KeyDirectory.read(file.path, passphrase: passphrase)
  }

  /// Makes a key that goes again when it does not come into the ledger.
  func make(
    for actor: ActorName, in keys: KeyDirectory, passphrase: Passphrase
  ) throws -> SigningKey {
    let key = try keys.make(for: actor, passphrase: passphrase)
    onFailure { try keys.discard(key, of: actor) }
    return key
  }
}
