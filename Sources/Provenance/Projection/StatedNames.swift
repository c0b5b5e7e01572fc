package import CanonicalJSON

/// A release or hash list of someone else's that is known by what they stated, not by a root.
package struct StatedRecord: ProjectedRecord {
  package static let table = ProjectionTable.stated
  /// `release-published` or `hash-list-received`.
  package let kind: Kind
  package let name: VersionedName
  package let event: EventID
  package let sequence: UInt64
  package var key: String { "\(kind.rawValue) \(name)" }

  init(kind: Kind, name: VersionedName, _ event: AdmittedEvent) {
    self.kind = kind
    self.name = name
    self.event = event.id
    sequence = event.sequence
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    kind = try reader.word("kind")
    guard kind == .releasePublished || kind == .hashListReceived else {
      throw .outOfRange(reader.path(of: "kind"))
    }
    name = try reader.versioned("name")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
  }

  package func write(to object: inout JSONObject) {
    object.set("kind", kind)
    object.set("name", name)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
  }
}

/// The names that imports without a root have taken.
package struct StatedNames: Sendable {
  package internal(set) var releases: [VersionedName: StatedRecord] = [:]
  package internal(set) var lists: [VersionedName: StatedRecord] = [:]

  mutating func take(_ record: StatedRecord) {
    if record.kind == .releasePublished {
      releases[record.name] = record
    } else {
      lists[record.name] = record
    }
  }
}
