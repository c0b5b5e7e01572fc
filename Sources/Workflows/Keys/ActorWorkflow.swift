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
    let attempt = try attempt()
    let administrator = attempt.key
    let custody: Custody
    let key: SigningKey
    switch source {
    case .own(let directory, let passphrase):
      custody = .own
      key = try directory.open(name, in: nil, passphrase: passphrase)
    case .custodial:
      custody = .administrator
      let state = try ledger.state
      let kept = KeyDirectory(directory.keys)
      if let record = state.authority.actors[name] {
        guard attempt.first?.sequence == record.registered else {
          throw Refusal.actorExists(name, at: record.registered)
        }
        key = try kept.open(name, in: state, passphrase: try passphrase())
      } else {
        let made = try kept.make(for: name, passphrase: try passphrase())
        key = made
        onFailure { try kept.discard(made, of: name) }
      }
    }
    return try undoing {
      let title = try title.map {
        try attach(text: $0, kind: .actorRegistered, field: "title", attempt: attempt)
      }
      return try ledger.append(now: now) { transaction in
        var recorded: [Recorded] = []
        var after = try Self.lastAuthority(transaction.state, attempt)
        func admit(_ body: Body, _ keys: [SigningKey]) throws {
          let record = try record(body, keys: keys, attempt: attempt, in: &transaction)
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
    let attempt = try attempt()
    let state = try ledger.state
    var known = Set(state.authority.keys.keys.map(\.hex))
    if case .keyAdded(let earlier) = attempt.first?.statement.body {
      known.remove(earlier.publicKey.id.hex)
    }
    guard
      let file = try source.files().first(where: { file in
        file.actor == name && !known.contains { $0.hasPrefix(file.prefix) }
      })
    else { throw WorkflowFailure.noKey(actor: name, directory: source.path) }
    let key = try KeyDirectory.read(file.path, passphrase: passphrase)
    return try ledger.append(now: now) { transaction in
      let body = KeyAdded(
        actor: name, publicKey: key.verifyingKey, custody: custody,
        after: try Self.lastAuthority(transaction.state, attempt))
      return try record(
        .keyAdded(body), keys: [attempt.key, key], attempt: attempt, in: &transaction)
    }
  }

  /// Revokes a key from the next sequence on.
  package func revokeKey(_ id: Digest, suspectSince: UInt64?) throws -> Recorded {
    try recordAuthority {
      .keyRevoked(.init(key: id, suspectSince: suspectSince, after: $0))
    }
  }

  /// Grants a role from the next sequence on.
  package func grant(_ role: Role, to actor: ActorName) throws -> Recorded {
    try recordAuthority { .roleGranted(.init(actor: actor, role: role, after: $0)) }
  }

  /// Revokes a role from the next sequence on.
  package func revoke(_ role: Role, of actor: ActorName) throws -> Recorded {
    try recordAuthority { .roleRevoked(.init(actor: actor, role: role, after: $0)) }
  }

  /// Puts a new charter in force.
  package func set(_ charter: Charter) throws -> Recorded {
    try recordAuthority { .charterSet(.init(charter: charter, after: $0)) }
  }

  /// Records what follows the last authority event.
  private func recordAuthority(
    _ body: @Sendable @escaping (EventID) throws -> Body
  ) throws -> Recorded {
    let attempt = try attempt()
    return try record({ try body(try Self.lastAuthority($0, attempt)) }, attempt: attempt)
  }

  /// The last authority event; for a retry, the one that the first try followed.
  private static func lastAuthority(
    _ state: LedgerState, _ attempt: Attempt
  ) throws -> EventID {
    if let first = attempt.first?.statement.body, first.kind.isAuthority,
      let after = first.content.references.first
    {
      return after
    }
    guard let founding = state.authority.founding else {
      throw WorkflowFailure.noLedger("this directory")
    }
    return founding.lastAuthority
  }
}
