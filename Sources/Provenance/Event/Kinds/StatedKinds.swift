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
