package import LedgerCrypto

/// An actor may no longer act in a role, from the next sequence on.
package struct RoleRevoked: AuthorityKind {
  package static let kind = Kind.roleRevoked
  package var body: Body { .roleRevoked(self) }

  package let actor: ActorName
  package let role: Role
  package let after: EventID

  package init(actor: ActorName, role: Role, after: EventID) {
    self.actor = actor
    self.role = role
    self.after = after
  }

  package static let form = Form<Self>(
    "An actor may no longer act in a role, from the next sequence on.",
    about: .named(\.actor, "The actor, by SHA-256 of the name."),
    Member("actor", \.actor, "Who may no longer act."),
    Member("role", \.role),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    let record = authority.roles[RoleRecord.key(actor, role)]
    return max(
      authority.actors[actor]?.registered ?? 0, record?.granted ?? 0, record?.revoked ?? 0)
  }

  package func check(_ authority: Authority, at _: UInt64, signers _: [Digest]) throws(Refusal) {
    guard authority.holds(actor, role) else { throw .roleNotHeld(actor, role) }
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    guard var record = authority.roles[RoleRecord.key(actor, role)] else { return [] }
    record.revoked = sequence
    authority.roles[record.key] = record
    return [ProjectionChange(record)]
  }
}
