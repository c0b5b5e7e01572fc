/// An event with its place in the log and the actors who signed it.
package struct AdmittedEvent: Sendable {
  package let sequence: UInt64
  package let entry: Entry
  /// The distinct actors of the signing keys, ascending; the log key has none.
  package let actors: [ActorName]
  /// Whether every signer's key was declared to be held by its own actor.
  package let isOwnCustody: Bool

  package var id: EventID { entry.event.id }
  package var statement: Statement { entry.event.statement }
  package var recordedAt: Timestamp { entry.recordedAt }

  package init(sequence: UInt64, entry: Entry, actors: [ActorName], isOwnCustody: Bool) {
    self.sequence = sequence
    self.entry = entry
    self.actors = actors
    self.isOwnCustody = isOwnCustody
  }

  /// Takes `entry` at `sequence`, its signers' actors looked up in `authority` or, for keys that it
  /// brings itself, in the entry: a key belongs to one actor for ever, so that any later state gives
  /// the same.
  package init(sequence: UInt64, entry: Entry, authority: Authority) {
    // Nearly every event has one signer, whose key is known.
    if entry.event.signatures.count == 1,
      let key = authority.keys[entry.event.signatures[0].keyID]
    {
      self.init(
        sequence: sequence, entry: entry, actors: [key.actor], isOwnCustody: key.custody == .own)
      return
    }
    let body = entry.event.statement.body
    let holders = entry.event.signatures.compactMap { signature in
      authority.keys[signature.keyID].map { ($0.actor, $0.custody) }
        ?? body.broughtKey(signature.keyID)?.holder
    }
    self.init(
      sequence: sequence, entry: entry, actors: Set(holders.map(\.0)).sorted(),
      isOwnCustody: holders.allSatisfy { $0.1 == .own })
  }
}
