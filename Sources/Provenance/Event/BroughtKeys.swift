package import LedgerCrypto

/// A public key that an event makes known; its holder signs the event with it.
package struct BroughtKey: Sendable {
  package let publicKey: VerifyingKey
  /// Whose it is; `nil` for the log's own key.
  package let holder: (actor: ActorName, custody: Custody)?
}

extension Body {
  /// The keys that the event brings.
  package var broughtKeys: [BroughtKey] {
    switch self {
    case .ledgerCreated(let body):
      body.founders.map {
        BroughtKey(publicKey: $0.publicKey, holder: ($0.actor, $0.custody))
      }
        + [LogKey.publicKey(ofVkey: body.logKey, origin: body.origin)].compactMap { key in
          key.map { BroughtKey(publicKey: $0, holder: nil) }
        }
    case .keyAdded(let body):
      [BroughtKey(publicKey: body.publicKey, holder: (body.actor, body.custody))]
    case .logKeyChanged(let body):
      body.publicKey.map { [BroughtKey(publicKey: $0, holder: nil)] } ?? []
    default: []
    }
  }

  /// The key with this id that the event brings, or `nil`.
  package func broughtKey(_ id: Digest) -> BroughtKey? {
    broughtKeys.first { $0.publicKey.id == id }
  }
}
