package import Provenance

/// Registers an actor with its first key and roles, all of it or nothing.
package struct AddActor: Deciding {
  let actor: ActorName
  let title: String?
  let roles: [Role]
  let source: NewKey

  package init(_ actor: ActorName, title: String?, roles: [Role], key source: NewKey) {
    self.actor = actor
    self.title = title
    self.roles = roles
    self.source = source
  }

  package func plan(_ desk: Desk) throws {
    // Before a key is made for an actor that has one.
    if let record = desk.view.state.authority.actors[actor],
      desk.first?.sequence != record.registered
    {
      throw Refusal.actorExists(actor, at: record.registered)
    }
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    let (key, custody) = try staging.newKey(of: actor, from: source)
    let reference = try staging.attach(
      prose: title.map { Array($0.utf8) }, kind: .actorRegistered, field: "title")
    var last = try staging.say(
      .actorRegistered(.init(actor: actor, title: reference, after: staging.desk.after)))
    last = try staging.say(
      .keyAdded(
        .init(actor: actor, publicKey: key.publicKey, custody: custody, after: last)),
      by: [key])
    for role in roles.sorted() {
      last = try staging.say(.roleGranted(.init(actor: actor, role: role, after: last)))
    }
  }
}
