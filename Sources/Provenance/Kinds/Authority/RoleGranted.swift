package import LedgerCrypto

/// An actor may act in a role, from the next sequence on.
package struct RoleGranted: AuthorityKind {
  package static let kind = Kind.roleGranted
  package var body: Body { .roleGranted(self) }

  package let actor: ActorName
  package let role: Role
  package let after: EventID

  package init(actor: ActorName, role: Role, after: EventID) {
    self.actor = actor
    self.role = role
    self.after = after
  }

  package static let form = Form<Self>(
    "An actor may act in a role, from the next sequence on.",
    about: .named(\.actor, "The actor, by SHA-256 of the name."),
    Member("actor", \.actor, "Who may act."),
    Member("role", \.role),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    authority.lastTouch(of: actor)
  }

  package func check(_ authority: Authority, at _: UInt64, signers _: [Digest]) throws(Refusal) {
    guard authority.actors[actor] != nil else { throw .actorUnknown(actor) }
    if authority.holds(actor, role), let record = authority.roles[RoleRecord.key(actor, role)] {
      throw .roleHeld(actor, role, at: record.granted)
    }
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    [authority.grant(role, to: actor, at: sequence)]
  }
}
