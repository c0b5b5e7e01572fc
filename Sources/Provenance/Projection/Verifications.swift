package import CanonicalJSON

/// A verification, whether it came from outside, and what replaced it, once something has.
package struct VerificationRecord: ProjectedRecord {
  package static let table = ProjectionTable.verification
  package let event: EventID
  package let sequence: UInt64
  package let target: EventID
  package let release: VersionedName
  package let actors: [ActorName]
  package let outcome: Outcome
  package let count: Count
  /// Whom an import is attributed to.
  package let attributedTo: ActorName?
  /// The sequence of the later verification that counts in its place.
  package internal(set) var replaced: UInt64?
  /// The actor is neither the reporter's nor the matcher's and signed, itself, with a key of its own.
  package let isExternal: Bool
  package var key: String { ProjectionChange.key(of: sequence) }

  /// Whose word it is: its signers', or that of the one whom an import is attributed to.
  package var verifiers: [ActorName] { attributedTo.map { [$0] } ?? actors }

  init?(_ body: VerificationRecorded, _ event: AdmittedEvent, target: AdmittedEvent?) {
    guard let target, let finding = target.statement.body.content.finding else { return nil }
    self.event = event.id
    sequence = event.sequence
    self.target = body.target
    release = finding.release
    actors = event.actors
    outcome = body.outcome
    count = body.count
    attributedTo = event.statement.header.attributedTo
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
    attributedTo = try reader.optionalActor("attributedTo")
    isExternal = try reader.bool("external")
    replaced = try reader.optionalSequence("replaced")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("target", target)
    object.set("release", release)
    object["actors"] = .array(actors.map { .string($0.text) })
    object.set("outcome", outcome)
    object.set("count", part: count)
    if let attributedTo { object["attributedTo"] = .string(attributedTo.text) }
    object["external"] = .bool(isExternal)
    object.set("replaced", sequence: replaced)
  }
}

/// What each actor verified of what was found; bounded by the number of verifications.
package struct Verifications: Sendable {
  package private(set) var records: [EventID: VerificationRecord] = [:]
  /// Those of a target, in the log's order.
  private var events: [EventID: [EventID]] = [:]

  /// The verifications of `target` that no later one replaced.
  package func standing(of target: EventID) -> [VerificationRecord] {
    events[target, default: []].compactMap { records[$0] }.filter { $0.replaced == nil }
  }

  mutating func restore(_ record: VerificationRecord) {
    if records.updateValue(record, forKey: record.event) == nil {
      events[record.target, default: []].append(record.event)
    }
  }

  /// Takes the next one in.
  mutating func take(_ record: VerificationRecord, replacing replaces: EventID?)
    -> [ProjectionChange]
  {
    restore(record)
    guard let replaces, var earlier = records[replaces] else { return [ProjectionChange(record)] }
    earlier.replaced = record.sequence
    records[replaces] = earlier
    return [ProjectionChange(earlier), ProjectionChange(record)]
  }
}
