package import CanonicalJSON
package import LedgerCrypto

/// A root that an observer computed: one row for each event, never changed.
package struct ObservationRecord: ProjectedRecord {
  package static let table = ProjectionTable.observation
  package let event: EventID
  package let sequence: UInt64
  package let release: VersionedName
  package let actors: [ActorName]
  package let root: Digest
  package let tally: Tally
  /// Whether root and counts are those that were published.
  package let agrees: Bool
  /// No actor that published the release signed, all signed with keys of their own, for themselves.
  package let isIndependent: Bool
  package var key: String { "\(release) \(ProjectionChange.key(of: sequence))" }

  init?(_ body: ReleaseObserved, _ event: AdmittedEvent, publication: AdmittedEvent?) {
    guard let publication,
      let published = publication.statement.body.content as? ReleasePublished
    else { return nil }
    self.event = event.id
    sequence = event.sequence
    release = body.release
    actors = event.actors
    root = body.root
    tally = body.tally
    agrees = body.root == published.root && body.tally == published.tally
    let publishers =
      publication.actors + (publication.statement.header.attributedTo.map { [$0] } ?? [])
    isIndependent =
      event.isOwnCustody && event.statement.header.attestation == .firstParty
      && Set(event.actors).isDisjoint(with: publishers)
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    release = try reader.versioned("release")
    actors = try reader.actors("actors", count: 1...Header.maximumSigners)
    root = try reader.digest("winnowSet1")
    tally = try reader.nested("tally")
    agrees = try reader.bool("agrees")
    isIndependent = try reader.bool("independent")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("release", release)
    object["actors"] = .array(actors.map { .string($0.text) })
    object.set("winnowSet1", root)
    object.set("tally", part: tally)
    object["agrees"] = .bool(agrees)
    object["independent"] = .bool(isIndependent)
  }
}
