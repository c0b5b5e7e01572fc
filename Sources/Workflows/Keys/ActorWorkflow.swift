internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Registers an actor with its first key and roles, in one transaction.
  package func addActor(
    _ name: ActorName, title: String?, roles: [Role], key source: NewKey
  ) throws -> [Recorded] {
    let attempt = try attempt()
    // Before a key is made for an actor that has one.
    if let record = try ledger.state.authority.actors[name],
      attempt.first?.sequence != record.registered
    {
      throw Refusal.actorExists(name, at: record.registered)
    }
    return try undoing {
      let (key, custody) = try signer(name, from: source, attempt)
      let title = try title.map {
        try attach(text: $0, kind: .actorRegistered, field: "title", attempt: attempt)
      }
      return try append { transaction in
        var chain = try AuthorityChain(self, attempt, transaction)
        try chain.record(
          .actorRegistered(.init(actor: name, title: title, after: chain.last)), in: &transaction)
        try chain.record(
          .keyAdded(
            .init(actor: name, publicKey: key.publicKey, custody: custody, after: chain.last)),
          with: key, in: &transaction)
        for role in roles.sorted() {
          try chain.record(
            .roleGranted(.init(actor: name, role: role, after: chain.last)), in: &transaction)
        }
        return chain.recorded
      }
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
  func recordAuthority(
    _ body: @Sendable @escaping (EventID) throws -> Body
  ) throws -> Recorded {
    let attempt = try attempt()
    return try record({ try body(try after($0, attempt)) }, attempt: attempt)
  }

  /// The authority event that the next one follows: the one that is named, or the last one; for a
  /// retry, the one that the first try followed.
  func after(_ state: LedgerState, _ attempt: Attempt) throws -> EventID {
    if let after = signing.after { return after }
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

/// Authority events of one command, each of which follows the one before.
struct AuthorityChain {
  /// What the next one follows.
  private(set) var last: EventID
  private(set) var recorded: [Recorded] = []
  private let session: Session
  private let attempt: Attempt

  init(_ session: Session, _ attempt: Attempt, _ transaction: Ledger.Transaction) throws {
    self.session = session
    self.attempt = attempt
    last = try session.after(transaction.state, attempt)
  }

  /// Signs one by the command's signers, and by a new key.
  mutating func record(
    _ body: Body, with new: Signer? = nil, in transaction: inout Ledger.Transaction
  ) throws {
    let record = try session.record(
      body, signers: attempt.signers + (new.map { [$0] } ?? []), attempt: attempt,
      in: &transaction)
    recorded.append(record)
    last = record.receipt.id
  }
}
