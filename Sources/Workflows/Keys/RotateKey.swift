package import LedgerCrypto
package import Provenance

/// Gives an actor a new key in place of one: added, then the old one revoked, both or neither.
package struct RotateKey: Deciding {
  let actor: ActorName
  let source: NewKey?
  let old: Digest?
  let suspectSince: UInt64?

  /// - Parameters:
  ///   - actor: whose key.
  ///   - source: the new key; `nil` makes it beside the old one, where that is here.
  ///   - old: the key to be revoked; `nil` for the only one that counts.
  ///   - suspectSince: the first sequence from which what the old key signed is doubtful.
  package init(
    of actor: ActorName, from source: NewKey?, replacing old: Digest?, suspectSince: UInt64?
  ) {
    self.actor = actor
    self.source = source
    self.old = old
    self.suspectSince = suspectSince
  }

  package enum Plan: Sendable {
    /// The first try did it.
    case done([AdmittedEvent])
    case retire(KeyRecord)
  }

  package func plan(_ desk: Desk) throws -> Plan {
    if let earlier = try earlier(desk) { return .done(earlier) }
    var counting = try desk.view.countingKeys(of: actor)
    if let old { counting = counting.filter { $0.publicKey.id == old } }
    guard let retiring = counting.first else { throw WorkflowFailure.noCountingKey(actor) }
    guard counting.count == 1 else { throw WorkflowFailure.severalCountingKeys(actor) }
    return .retire(retiring)
  }

  /// What the first try recorded: who signs now may be the new key, which did not sign all of it.
  private func earlier(_ desk: Desk) throws -> [AdmittedEvent]? {
    guard let first = desk.first, case .keyAdded(let added) = first.statement.body,
      added.actor == actor, first.sequence + 1 < desk.view.size
    else { return nil }
    let next = try desk.view.event(first.sequence + 1)
    guard next.statement.header.nonce == desk.nonce, case .keyRevoked = next.statement.body else {
      return nil
    }
    return [first, next]
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws {
    switch plan {
    case .done(let events):
      for event in events { staging.repeat(event) }
    case .retire(let retiring):
      let new: (signer: Signer, custody: Custody) =
        if let source {
          try staging.newKey(of: actor, from: source)
        } else {
          (Signer(actor, try makeBeside(retiring, &staging)), retiring.custody)
        }
      let added = try staging.say(
        .keyAdded(
          .init(
            actor: actor, publicKey: new.signer.publicKey, custody: new.custody,
            after: staging.desk.after)),
        by: [new.signer])
      try staging.say(
        .keyRevoked(
          .init(key: retiring.publicKey.id, suspectSince: suspectSince, after: added)))
    }
  }

  /// Makes a key in the directory that holds `record`'s, under the same passphrase.
  private func makeBeside(_ record: KeyRecord, _ staging: inout Staging) throws -> SigningKey {
    let keyrings = staging.desk.signing.keyrings
    for keyring in keyrings {
      let file = try keyring.directory.files().first {
        $0.actor == record.actor && record.publicKey.id.hex.hasPrefix($0.prefix)
      }
      guard let file else { continue }
      let passphrase = try keyring.passphrase()
      // Opened, so that both keys are under one passphrase.
      _ = try KeyDirectory.read(file.path, passphrase: passphrase)
      return try staging.makeKey(of: record.actor, in: keyring.directory, passphrase: passphrase)
    }
    throw WorkflowFailure.noKey(
      actor: record.actor,
      directory: keyrings.map(\.directory.path).joined(separator: " or "))
  }
}
