package import LedgerCrypto
internal import LedgerStore
internal import Provenance

/// Where a new key comes from.
package enum NewKey: Sendable {
  /// Its holder's directory, opened with its own passphrase: custody `own`. The first digits of the key's
  /// id say which one is meant where the directory holds several.
  case own(KeyDirectory, digits: String? = nil, passphrase: Passphrase)
  /// Made here for the actor: custody `administrator`.
  case custodial
  /// Its public half; the holder co-signs elsewhere: custody `own`.
  case elsewhere(VerifyingKey)
}

extension Staging {
  /// The new key of `actor` as a signer, with its custody.
  ///
  /// One that is made here goes again when it does not come into the ledger. A retry takes the key of
  /// the first try.
  mutating func newKey(
    of actor: ActorName, from source: NewKey
  ) throws -> (signer: Signer, custody: Custody) {
    switch source {
    case .own(let directory, let digits, let passphrase):
      return (Signer(actor, try desk.newKey(of: actor, digits, in: directory, passphrase)), .own)
    case .custodial:
      let keys = KeyDirectory(desk.directory.keys)
      let passphrase = try desk.vault.passphrase()
      let key =
        if let earlier = desk.addedKey(of: actor) {
          try keys.open(actor, amongst: [earlier], passphrase: passphrase)
        } else {
          try makeKey(of: actor, in: keys, passphrase: passphrase)
        }
      return (Signer(actor, key), .administrator)
    case .elsewhere(let key):
      guard desk.signing.unsigned != nil else { throw WorkflowFailure.holderElsewhere }
      return (Signer(actor, key, .elsewhere), .own)
    }
  }

  /// Makes a key that goes again when it does not come into the ledger.
  mutating func makeKey(
    of actor: ActorName, in keys: KeyDirectory, passphrase: Passphrase
  ) throws -> SigningKey {
    let key = try keys.make(for: actor, passphrase: passphrase)
    onFailure { try keys.discard(key, of: actor) }
    return key
  }
}

extension Desk {
  /// The key that an earlier try of the command added to `actor`.
  fileprivate func addedKey(of actor: ActorName) -> Digest? {
    for case .keyAdded(let body) in earlier.lazy.map(\.statement.body) where body.actor == actor {
      return body.publicKey.id
    }
    return nil
  }

  /// The one key of `actor` in `source` that the ledger does not know and whose id begins with `digits`.
  fileprivate func newKey(
    of actor: ActorName, _ digits: String?, in source: KeyDirectory, _ passphrase: Passphrase
  ) throws -> SigningKey {
    if let earlier = addedKey(of: actor) {
      return try source.open(actor, amongst: [earlier], passphrase: passphrase)
    }
    let known = Set(view.state.authority.keys.keys.map(\.hex))
    let files = try source.files().filter { file in
      file.actor == actor && !known.contains { $0.hasPrefix(file.prefix) }
        && digits?.hasPrefix(file.prefix) ?? true
    }
    guard let file = files.first else {
      throw WorkflowFailure.noKey(actor: actor, directory: source.path)
    }
    guard files.count == 1 else {
      throw WorkflowFailure.severalKeys(actor: actor, directory: source.path)
    }
    let key = try KeyDirectory.read(file.path, passphrase: passphrase)
    guard key.verifyingKey.id.hex.hasPrefix(digits ?? "") else {
      throw WorkflowFailure.noKey(actor: actor, directory: source.path)
    }
    return key
  }
}
