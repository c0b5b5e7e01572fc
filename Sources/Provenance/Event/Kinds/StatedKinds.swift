package import CanonicalJSON

/// A release of someone else's, as they stated it: its root is not known here.
package struct ReleaseStated: EventBody {
  package static let kind = Kind.releasePublished
  /// The release; published once.
  package let release: VersionedName
  /// The release that it is said to have come from.
  package let parent: VersionedName?
  /// How much is in it, as stated, each unit once, by unit ascending.
  package let stated: [Count]

  package init(release: VersionedName, parent: VersionedName? = nil, stated: [Count]) {
    self.release = release
    self.parent = parent
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    parent = try reader.optionalVersioned("parent")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    if let parent { object.set("parent", parent) }
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.release(release)] + (parent.map { [.release($0)] } ?? []) }
  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var statedTimes: [Timestamp] { stated.map(\.asOf) }
}

/// A hash list that someone else was given, as they stated it: its root is not known here.
package struct HashListStated: EventBody {
  package static let kind = Kind.hashListReceived
  /// The list and its version.
  package let list: VersionedName
  /// Who issued it.
  package let issuer: ActorName
  /// The digest that the list holds.
  package let algorithm: HashAlgorithm?
  /// What the digests are taken of.
  package let of: HashedThing?
  /// When the list held.
  package let asOf: Timestamp
  /// How much is in it, as stated, each unit once, by unit ascending.
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

  package init(from reader: inout MemberReader) throws(FieldError) {
    list = try reader.versioned("list")
    issuer = try reader.actor("issuer")
    algorithm = try reader.optionalWord("algorithm")
    of = try reader.optionalWord("of")
    asOf = try reader.time("asOf")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("list", list)
    object.set("issuer", issuer)
    object.set("algorithm", algorithm)
    object.set("of", of)
    object.set("asOf", time: asOf)
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.actor(issuer)] }
  package var subjects: [Subject] { [Subject(named: list.description)] }
  package var statedTimes: [Timestamp] { [asOf] + stated.map(\.asOf) }
}

/// A match that someone else made, as they stated it: its set is not known here.
package struct MatchStated: EventBody {
  package static let kind = Kind.matchCompleted
  /// The release.
  package let release: VersionedName
  /// The hash-list-received event.
  package let list: EventID?
  /// How much matched, as stated, each unit once, by unit ascending.
  package let stated: [Count]

  package init(release: VersionedName, list: EventID? = nil, stated: [Count]) {
    self.release = release
    self.list = list
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    list = try reader.optionalEventID("list")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    if let list { object.set("list", list) }
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.release(release)] + (list.map { [.event($0)] } ?? []) }
  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var statedTimes: [Timestamp] { stated.map(\.asOf) }
}

/// A filter that someone else ran, as they stated it: its set is not known here.
package struct FilterStated: EventBody {
  package static let kind = Kind.filterCompleted
  /// The release.
  package let release: VersionedName
  /// The filter's expression; an open one is a published filter.
  package let filter: AttachmentReference?
  /// How much it chose, as stated, each unit once, by unit ascending.
  package let stated: [Count]

  package init(release: VersionedName, filter: AttachmentReference? = nil, stated: [Count]) {
    self.release = release
    self.filter = filter
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    filter = try reader.optionalNested("filter")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("filter", part: filter)
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.release(release)] }
  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    filter.map { [("filter", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] { stated.map(\.asOf) }
}

/// A union that someone else computed, as they stated it: its set is not known here.
package struct UnionStated: EventBody {
  package static let kind = Kind.unionComputed
  /// The release.
  package let release: VersionedName
  /// What was united, by event id ascending.
  package let sources: [EventID]
  /// How much the union has, as stated, each unit once, by unit ascending.
  package let stated: [Count]

  package init(release: VersionedName, sources: [EventID], stated: [Count]) {
    self.release = release
    self.sources = sources.sorted()
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    sources = try reader.eventIDs("sources")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("sources", events: sources)
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.release(release)] + sources.map { .event($0) } }
  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var statedTimes: [Timestamp] { stated.map(\.asOf) }
}

/// A removal that someone else decided, as they stated it: its set is not known here.
package struct RemovalStated: EventBody {
  package static let kind = Kind.removalDecided
  /// The release.
  package let release: VersionedName
  /// What the removal rests on.
  package let basis: Basis
  /// Why the rows go.
  package let reasonClass: ReasonClass
  /// The union-computed event whose set is removed.
  package let union: EventID?
  /// How much is removed, as stated, each unit once, by unit ascending.
  package let stated: [Count]

  package init(
    release: VersionedName, basis: Basis, reasonClass: ReasonClass, union: EventID? = nil,
    stated: [Count]
  ) {
    self.release = release
    self.basis = basis
    self.reasonClass = reasonClass
    self.union = union
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    basis = try reader.word("basis")
    reasonClass = try reader.word("reasonClass")
    union = try reader.optionalEventID("union")
    stated = try reader.counts("stated", isOptional: false)
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("basis", basis)
    object.set("reasonClass", reasonClass)
    if let union { object.set("union", union) }
    object.set("stated", parts: stated)
  }

  package var concerns: [Topic] { [.release(release)] + (union.map { [.event($0)] } ?? []) }
  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var statedTimes: [Timestamp] { stated.map(\.asOf) }
}
