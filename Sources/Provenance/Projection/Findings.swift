package import CanonicalJSON
internal import LedgerCrypto

/// A match, filter, union, removal or reinstatement with its figures: one row for each event, never
/// changed.
///
/// Keys begin with the release, so that a range of keys has all that was found on it.
package struct FindingRecord: ProjectedRecord {
  package static let table = ProjectionTable.finding
  package let event: EventID
  package let kind: Kind
  package let sequence: UInt64
  package let release: VersionedName
  package let actors: [ActorName]
  package let tally: Tally
  /// The hash-list-received event of a match.
  package let source: EventID?
  package var key: String { "\(release) \(ProjectionChange.key(of: sequence))" }

  init(
    _ event: AdmittedEvent, on release: VersionedName, tally: Tally, source: EventID? = nil
  ) {
    self.event = event.id
    kind = event.statement.body.kind
    sequence = event.sequence
    self.release = release
    actors = event.actors
    self.tally = tally
    self.source = source
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    kind = try reader.word("kind")
    sequence = try reader.sequence("sequence")
    release = try reader.versioned("release")
    actors = try reader.actors("actors", count: 1...Header.maximumSigners)
    tally = try reader.nested("tally")
    source = try reader.optionalEventID("source")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("kind", kind)
    object.set("sequence", sequence: sequence)
    object.set("release", release)
    object["actors"] = .array(actors.map { .string($0.text) })
    object.set("tally", part: tally)
    if let source { object.set("source", source) }
  }
}
