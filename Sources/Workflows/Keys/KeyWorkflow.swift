package import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Adds a further key to a registered actor.
  package func addKey(of name: ActorName, from source: NewKey) throws -> Recorded {
    let attempt = try attempt()
    return try undoing {
      let (key, custody) = try signer(name, from: source, attempt)
      return try append { transaction in
        let body = KeyAdded(
          actor: name, publicKey: key.publicKey, custody: custody,
          after: try after(transaction.state, attempt))
        return try record(
          .keyAdded(body), signers: attempt.signers + [key], attempt: attempt, in: &transaction)
      }
    }
  }

  /// Gives an actor a new key in place of one, in one transaction: added, then the old one revoked.
  ///
  /// - Parameters:
  ///   - name: whose key.
  ///   - source: the new key; `nil` makes it beside the old one, where that is here.
  ///   - old: the key to be revoked; `nil` for the only one that counts.
  ///   - suspectSince: the first sequence from which what the old key signed is doubtful.
  /// - Returns: both events.
  /// - Throws: ``WorkflowFailure`` or a refusal; nothing is then recorded.
  package func rotateKey(
    of name: ActorName, from source: NewKey?, replacing old: Digest?, suspectSince: UInt64?
  ) throws -> [Recorded] {
    let attempt = try attempt()
    if let earlier = try earlierRotation(of: name, attempt) { return earlier }
    let state = try ledger.state
    guard state.authority.actors[name] != nil else { throw Refusal.actorUnknown(name) }
    var counting = state.authority.keys.values.filter { $0.actor == name && $0.revoked == nil }
    if let old { counting = counting.filter { $0.publicKey.id == old } }
    guard let retiring = counting.first else { throw WorkflowFailure.noCountingKey(name) }
    guard counting.count == 1 else { throw WorkflowFailure.severalCountingKeys(name) }
    return try undoing {
      let new =
        try source.map { try signer(name, from: $0, attempt) }
        ?? (signer: Signer(name, try makeBeside(retiring)), custody: retiring.custody)
      return try append { transaction in
        var chain = try AuthorityChain(self, attempt, transaction)
        try chain.record(
          .keyAdded(
            .init(
              actor: name, publicKey: new.signer.publicKey, custody: new.custody,
              after: chain.last)),
          with: new.signer, in: &transaction)
        try chain.record(
          .keyRevoked(
            .init(key: retiring.publicKey.id, suspectSince: suspectSince, after: chain.last)),
          in: &transaction)
        return chain.recorded
      }
    }
  }

  /// What a retry answers when the first try was recorded: the key that signs may be the new one.
  private func earlierRotation(of name: ActorName, _ attempt: Attempt) throws -> [Recorded]? {
    guard let first = attempt.first, case .keyAdded(let added) = first.statement.body,
      added.actor == name, let next = try ledger.event(at: first.sequence + 1),
      next.statement.header.nonce == attempt.nonce, case .keyRevoked = next.statement.body
    else { return nil }
    return [
      try recorded(earlier: first.id, .keyAdded, attempt),
      try recorded(earlier: next.id, .keyRevoked, attempt),
    ]
  }

  /// Makes a key in the directory that holds `record`'s, under the same passphrase.
  private func makeBeside(_ record: KeyRecord) throws -> SigningKey {
    for keyring in signing.keyrings {
      let file = try keyring.directory.files().first {
        $0.actor == record.actor && record.publicKey.id.hex.hasPrefix($0.prefix)
      }
      guard let file else { continue }
      let passphrase = try keyring.passphrase()
      // Opened, so that both keys are under one passphrase.
      _ = try KeyDirectory.read(file.path, passphrase: passphrase)
      return try make(for: record.actor, in: keyring.directory, passphrase: passphrase)
    }
    throw WorkflowFailure.noKey(
      actor: record.actor,
      directory: signing.keyrings.map(\.directory.path).joined(separator: " or "))
  }

  /// Revokes a key from the next sequence on.
  package func revokeKey(_ id: Digest, suspectSince: UInt64?) throws -> Recorded {
    try recordAuthority {
      .keyRevoked(.init(key: id, suspectSince: suspectSince, after: $0))
    }
  }
}
