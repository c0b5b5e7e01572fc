package import LedgerCrypto

/// A public key becomes an actor's, for ever; co-signed by that key.
package struct KeyAdded: AuthorityKind {
  package static let kind = Kind.keyAdded
  package var body: Body { .keyAdded(self) }

  package let actor: ActorName
  package let publicKey: VerifyingKey
  package let custody: Custody
  package let after: EventID

  package init(actor: ActorName, publicKey: VerifyingKey, custody: Custody, after: EventID) {
    self.actor = actor
    self.publicKey = publicKey
    self.custody = custody
    self.after = after
  }

  package static let form = Form<Self>(
    "A public key becomes an actor's, for ever; the new key signs too.",
    about: .those(
      { [Subject($0.actor.text, sha256: $0.publicKey.id)] },
      "The actor's name, with SHA-256 of the raw public key.", name: ActorName.shape),
    Member("actor", \.actor, "Whose key it is."),
    Member("publicKey", \.publicKey),
    Member("custody", \.custody),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    authority.lastTouch(of: actor)
  }

  package func check(_ authority: Authority, at _: UInt64, signers: [Digest]) throws(Refusal) {
    guard authority.actors[actor] != nil else { throw .actorUnknown(actor) }
    try authority.checkNew(publicKey, signers: signers)
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    [authority.add(publicKey, of: actor, custody: custody, at: sequence)]
  }

  package var broughtKeys: [BroughtKey] {
    [BroughtKey(publicKey: publicKey, holder: (actor, custody))]
  }
}
