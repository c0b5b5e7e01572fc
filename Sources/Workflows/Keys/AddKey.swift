package import Provenance

/// Adds a further key to a registered actor; the new key signs, too.
package struct AddKey: Deciding {
  let actor: ActorName
  let source: NewKey

  package init(of actor: ActorName, from source: NewKey) {
    self.actor = actor
    self.source = source
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    let (key, custody) = try staging.newKey(of: actor, from: source)
    try staging.say(
      .keyAdded(
        .init(
          actor: actor, publicKey: key.publicKey, custody: custody, after: staging.desk.after)),
      by: [key])
  }
}
