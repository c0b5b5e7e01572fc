package import LedgerCrypto

/// An organisation or person that may be given keys and roles.
package struct ActorRegistered: AuthorityKind {
  package static let kind = Kind.actorRegistered
  package var body: Body { .actorRegistered(self) }

  package let actor: ActorName
  package let title: AttachmentReference?
  package let after: EventID

  package init(actor: ActorName, title: AttachmentReference?, after: EventID) {
    self.actor = actor
    self.title = title
    self.after = after
  }

  package static let form = Form<Self>(
    "An organisation or person that may be given keys and roles.",
    about: .named(\.actor, "The actor, by SHA-256 of the name."),
    Member("actor", \.actor, "The actor's name in this ledger, for ever."),
    Member("title", \.title, "How the actor is called, as UTF-8 text."),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    authority.lastTouch(of: actor)
  }

  package func check(_ authority: Authority, at _: UInt64, signers _: [Digest]) throws(Refusal) {
    if let record = authority.actors[actor] { throw .actorExists(actor, at: record.registered) }
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    [authority.register(actor, title: title, at: sequence)]
  }
}
