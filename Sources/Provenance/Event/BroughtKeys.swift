package import LedgerCrypto

/// A public key that an event makes known; its holder signs the event with it.
package struct BroughtKey: Sendable {
  package let publicKey: VerifyingKey
  /// Whose it is; `nil` for the log's own key.
  package let holder: (actor: ActorName, custody: Custody)?
}

extension EventBody {
  /// The key with this id that the event brings, or `nil`.
  package func broughtKey(_ id: Digest) -> BroughtKey? {
    broughtKeys.first { $0.publicKey.id == id }
  }
}

extension Body {
  /// The keys that the event brings.
  package var broughtKeys: [BroughtKey] { content.broughtKeys }

  /// The key with this id that the event brings, or `nil`.
  package func broughtKey(_ id: Digest) -> BroughtKey? { content.broughtKey(id) }
}
