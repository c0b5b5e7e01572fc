/// A version of a hash list came in; its contents stay where they are.
package struct HashListReceived: AlsoStated {
  package static let kind = Kind.hashListReceived
  package var body: Body { .hashListReceived(self) }
  package static let standing = Standing.world([.publisher, .matcher])
  package typealias Stated = HashListStated

  package let list: VersionedName
  package let issuer: ActorName
  package let algorithm: HashAlgorithm
  package let of: HashedThing
  package let asOf: Timestamp
  package let entries: ListEntries
  package let set: SetReference

  package init(
    list: VersionedName, issuer: ActorName, algorithm: HashAlgorithm, of: HashedThing,
    asOf: Timestamp, entries: ListEntries, set: SetReference
  ) {
    self.list = list
    self.issuer = issuer
    self.algorithm = algorithm
    self.of = of
    self.asOf = asOf
    self.entries = entries
    self.set = set
  }

  package static let form = Form<Self>(
    "A version of a hash list came in; its contents stay where they are.",
    about: .root(\.list, \.set.root, "The list, by the root of its set."),
    Member("list", \.list, "The list and its version; received once."),
    Member("issuer", \.issuer, "Who issued the list."),
    Member("algorithm", \.algorithm, "The function that made the list's hashes."),
    Member("of", \.of, "What the hashes are taken of; `pdq` of images."),
    Member("asOf", \.asOf, "When the issuer made this version."),
    Member(
      "entries", \.entries,
      "What the list had in it: with the hashes of the set, those left out make up `read`."),
    Member(
      "set", \.set, "The entry set of the list's hashes under a fresh secret.", as: "sealedSet",
      allowing: { $0.disclosure == .sealed && $0.members == nil }),
    make: Self.init,
    check: { list in
      if list.algorithm == .pdq, list.of != .image { return "of" }
      return list.entries.addUp(with: list.set.keys) ? nil : "entries"
    },
    condition: """
      {"if": {"properties": {"algorithm": {"const": "pdq"}}, "required": ["algorithm"]},
       "then": {"properties": {"of": {"const": "image"}}}}
      """)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    if let record = state.catalog.lists[list] { throw .listExists(list, at: record.received) }
    if let record = state.stated.lists[list] { throw .listExists(list, at: record.sequence) }
    guard state.authority.actors[issuer] != nil else { throw .actorUnknown(issuer) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = HashListRecord(receipt: self, event: event.id, received: event.sequence)
    state.catalog.lists[list] = record
    return [ProjectionChange(record)]
  }
}

/// A hash list that someone else was given, as they stated it: its root is not known here.
package struct HashListStated: StatedBody {
  package static let kind = Kind.hashListReceived
  package var body: Body { .hashListStated(self) }

  package let list: VersionedName
  package let issuer: ActorName
  package let algorithm: HashAlgorithm?
  package let of: HashedThing?
  package let asOf: Timestamp
  package let stated: [Count]

  package init(
    list: VersionedName, issuer: ActorName, algorithm: HashAlgorithm? = nil, of: HashedThing? = nil,
    asOf: Timestamp, stated: [Count]
  ) {
    self.list = list
    self.issuer = issuer
    self.algorithm = algorithm
    self.of = of
    self.asOf = asOf
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "A version of a hash list came in; its contents stay where they are.",
    about: .named(\.list, "The list, by SHA-256 of its name."),
    Member("list", \.list, "The list and its version; received once."),
    Member("issuer", \.issuer, "Who issued the list.", concern: Topic.actor),
    Member("algorithm", \.algorithm, "The function that made the list's hashes."),
    Member("of", \.of, "What the hashes are taken of; `pdq` of images."),
    Member("asOf", \.asOf, "When the issuer made this version."),
    Member("stated", \.stated, "How much is in it, as stated, each unit once, by unit ascending."),
    make: Self.init)

  /// A name is taken once, whether its root is known or not.
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    if let at = state.catalog.lists[list]?.received ?? state.stated.lists[list]?.sequence {
      throw .listExists(list, at: at)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = StatedRecord(kind: .hashListReceived, name: list, event)
    state.stated.take(record)
    return [ProjectionChange(record)]
  }
}

/// The function that made a hash list's hashes.
package enum HashAlgorithm: String, Vocabulary {
  case md5, sha1, sha256
  /// The perceptual hash of an image.
  case pdq
}

/// What a hash list's hashes are taken of.
package enum HashedThing: String, Vocabulary {
  case image, url
}
