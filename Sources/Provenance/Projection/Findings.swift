package import CanonicalJSON
internal import LedgerCrypto

/// A match, filter, union, removal or reinstatement with its figures: one row for each event, never changed.
package struct FindingRecord: ProjectedRecord {
  package static let table = ProjectionTable.finding
  package let event: EventID
  package let kind: Kind
  package let sequence: UInt64
  package let release: VersionedName
  package let actors: [ActorName]
  package let tally: Tally
  /// The hash-list-received event of a match, the union of a removal.
  package let source: EventID?
  package var key: String { ProjectionChange.key(of: sequence) }

  package init?(_ event: AdmittedEvent) {
    switch event.statement.body {
    case .matchCompleted(let body):
      release = body.release
      tally = body.matched
      source = body.list
    case .filterCompleted(let body):
      release = body.release
      tally = body.matched
      source = nil
    case .reinstatementDecided(let body):
      release = body.release
      tally = body.reinstated
      source = nil
    case .unionComputed(let body):
      release = body.release
      tally = body.union
      source = nil
    case .removalDecided(let body):
      release = body.release
      tally = body.removed
      source = body.union
    default: return nil
    }
    self.event = event.id
    kind = event.statement.body.kind
    sequence = event.sequence
    actors = event.actors
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

extension Body {
  /// The release that a verification of this event is about, where there is something to verify.
  package var verifiableRelease: VersionedName? {
    switch self {
    case .matchCompleted(let body): body.release
    case .matchStated(let body): body.release
    case .filterCompleted(let body): body.release
    case .filterStated(let body): body.release
    case .removalDecided(let body): body.release
    case .removalStated(let body): body.release
    case .suspicionReported(let body):
      body.about.lazy.compactMap { topic -> VersionedName? in
        guard case .release(let release) = topic else { return nil }
        return release
      }.first
    default: nil
    }
  }
}
