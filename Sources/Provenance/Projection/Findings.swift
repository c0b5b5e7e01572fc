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

/// A verification and whether it came from outside: one row for each event, never changed.
package struct VerificationRecord: ProjectedRecord {
  package static let table = ProjectionTable.verification
  package let event: EventID
  package let sequence: UInt64
  package let target: EventID
  package let release: VersionedName
  package let actors: [ActorName]
  package let outcome: Outcome
  package let count: Count
  /// The actor is neither the reporter's nor the matcher's and signed, itself, with a key of its own.
  package let isExternal: Bool
  package var key: String { ProjectionChange.key(of: sequence) }

  init?(_ body: VerificationRecorded, _ event: AdmittedEvent, target: AdmittedEvent?) {
    guard let target, let finding = target.statement.body.content.finding else { return nil }
    self.event = event.id
    sequence = event.sequence
    self.target = body.target
    release = finding.release
    actors = event.actors
    outcome = body.outcome
    count = body.count
    // An import is in its signers' words: neither the verifier signed it, nor the matcher the match.
    let matchers = target.actors + (target.statement.header.attributedTo.map { [$0] } ?? [])
    isExternal =
      event.isOwnCustody && event.statement.header.attestation == .firstParty
      && Set(event.actors).isDisjoint(with: matchers)
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    target = try reader.eventID("target")
    release = try reader.versioned("release")
    actors = try reader.actors("actors", count: 1...Header.maximumSigners)
    outcome = try reader.word("outcome")
    count = try reader.nested("count")
    isExternal = try reader.bool("external")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("target", target)
    object.set("release", release)
    object["actors"] = .array(actors.map { .string($0.text) })
    object.set("outcome", outcome)
    object.set("count", part: count)
    object["external"] = .bool(isExternal)
  }
}
