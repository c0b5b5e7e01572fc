package import Provenance

/// Grants a role from the next sequence on.
package struct GrantRole: Deciding {
  let role: Role
  let actor: ActorName

  package init(_ role: Role, to actor: ActorName) {
    self.role = role
    self.actor = actor
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    try staging.say(.roleGranted(.init(actor: actor, role: role, after: staging.desk.after)))
  }
}
