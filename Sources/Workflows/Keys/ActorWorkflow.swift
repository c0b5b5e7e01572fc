package import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Where a new actor's key comes from.
  package enum NewKey: Sendable {
    /// Its own directory, opened with its own passphrase: custody `own`.
    case own(KeyDirectory, passphrase: Passphrase)
    /// Made here for the actor: custody `administrator`.
    case custodial
  }

  /// Registers an actor with its first key and roles, in one transaction.
  package func addActor(
    _ name: ActorName, title: String?, roles: [Role], key source: NewKey
  ) throws -> [Recorded] {
    let administrator = try signer()
    let custody: Custody
    let key: SigningKey
    switch source {
    case .own(let directory, let passphrase):
      custody = .own
      key = try directory.open(name, in: nil, passphrase: passphrase)
    case .custodial:
      custody = .administrator
      let state = try ledger.state
      if let record = state.authority.actors[name] {
        throw Refusal.actorExists(name, at: record.registered)
      }
      key = try KeyDirectory(directory.keys).make(for: name, passphrase: try passphrase())
      let made = key
      onFailure { [directory] in try KeyDirectory(directory.keys).discard(made, of: name) }
    }
    return try undoing {
      let title = try title.map { try attach(text: $0) }
      return try ledger.append(now: now) { transaction in
        var recorded: [Recorded] = []
        var after = try Self.lastAuthority(transaction.state)
        func admit(_ body: Body, _ keys: [SigningKey]) throws {
          let record = try record(body, keys: keys, in: &transaction)
          recorded.append(record)
          after = record.receipt.id
        }
        try admit(
          .actorRegistered(.init(actor: name, title: title, after: after)), [administrator])
        try admit(
          .keyAdded(
            .init(actor: name, publicKey: key.verifyingKey, custody: custody, after: after)),
          [administrator, key])
        for role in roles.sorted() {
          try admit(.roleGranted(.init(actor: name, role: role, after: after)), [administrator])
        }
        return recorded
      }
    }
  }

  /// Adds a further key to a registered actor.
  package func addKey(
    of name: ActorName, from source: KeyDirectory, passphrase: Passphrase, custody: Custody
  ) throws -> Recorded {
    let administrator = try signer()
    let state = try ledger.state
    let known = Set(state.authority.keys.keys.map(\.hex))
    guard
      let file = try source.files().first(where: { file in
        file.actor == name && !known.contains { $0.hasPrefix(file.prefix) }
      })
    else { throw WorkflowFailure.noKey(actor: name, directory: source.path) }
    let key = try KeyDirectory.read(file.path, passphrase: passphrase)
    return try ledger.append(now: now) { transaction in
      let body = KeyAdded(
        actor: name, publicKey: key.verifyingKey, custody: custody,
        after: try Self.lastAuthority(transaction.state))
      return try record(.keyAdded(body), keys: [administrator, key], in: &transaction)
    }
  }

  /// Revokes a key from the next sequence on.
  package func revokeKey(_ id: Digest, suspectSince: UInt64?) throws -> Recorded {
    try record { state in
      .keyRevoked(
        .init(key: id, suspectSince: suspectSince, after: try Self.lastAuthority(state)))
    }
  }

  /// Grants a role from the next sequence on.
  package func grant(_ role: Role, to actor: ActorName) throws -> Recorded {
    try record { state in
      .roleGranted(.init(actor: actor, role: role, after: try Self.lastAuthority(state)))
    }
  }

  /// Revokes a role from the next sequence on.
  package func revoke(_ role: Role, of actor: ActorName) throws -> Recorded {
    try record { state in
      .roleRevoked(.init(actor: actor, role: role, after: try Self.lastAuthority(state)))
    }
  }

  /// Puts a new charter in force.
  package func set(_ charter: Charter) throws -> Recorded {
    try record { state in
      .charterSet(.init(charter: charter, after: try Self.lastAuthority(state)))
    }
  }

  private static func lastAuthority(_ state: LedgerState) throws -> EventID {
    guard let founding = state.authority.founding else {
      throw WorkflowFailure.noLedger("this directory")
    }
    return founding.lastAuthority
  }
}
