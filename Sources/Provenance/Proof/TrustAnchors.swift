package import LedgerCrypto
package import TransparencyLog

/// What the verifier trusts and brings; nothing of it comes from the bundle.
package struct TrustAnchors: Sendable {
  /// The log and its witnesses.
  package var policy: LogPolicy?
  /// The event of sequence 0, pinned.
  package var genesis: EventID?
  /// Whose each pinned key is, by key id.
  package private(set) var actors: [Digest: ActorName] = [:]

  package init(policy: LogPolicy? = nil, genesis: EventID? = nil) {
    self.policy = policy
    self.genesis = genesis
  }

  /// Pins a key as an actor's.
  ///
  /// - Throws: ``PinnedTwice`` where it is pinned already: the word of one could else pass for another's.
  package mutating func pin(_ key: VerifyingKey, as actor: ActorName) throws(PinnedTwice) {
    if let first = actors[key.id] { throw PinnedTwice(first: first, second: actor) }
    actors[key.id] = actor
  }
}

/// One key in two pins.
package struct PinnedTwice: Error, Hashable, Sendable {
  package let first: ActorName
  package let second: ActorName

  package init(first: ActorName, second: ActorName) {
    self.first = first
    self.second = second
  }
}
