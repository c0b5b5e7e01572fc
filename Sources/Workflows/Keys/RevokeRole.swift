package import Provenance

/// Revokes a role from the next sequence on.
package struct RevokeRole: Deciding {
  let role: Role
  let actor: ActorName

  package init(_ role: Role, of actor: ActorName) {
    self.role = role
    self.actor = actor
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    try staging.say(.roleRevoked(.init(actor: actor, role: role, after: staging.desk.after)))
  }
}
