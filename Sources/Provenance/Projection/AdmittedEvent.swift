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

  /// Takes `entry` at `sequence`, its signers' actors looked up in `authority`: a key belongs to
  /// one actor for ever, so that any later state gives the same.
  package init(sequence: UInt64, entry: Entry, authority: Authority) {
    let keys = entry.event.signatures.compactMap { authority.keys[$0.keyID] }
    self.init(
      sequence: sequence, entry: entry, actors: Set(keys.map(\.actor)).sorted(),
      isOwnCustody: keys.allSatisfy { $0.custody == .own })
  }
}
