package import CanonicalJSON

/// A dispute: what it is about, and how it ended, once it has.
package struct DisputeRecord: ProjectedRecord {
  package static let table = ProjectionTable.dispute
  package let event: EventID
  package let target: EventID
  package let grounds: DisputeGrounds
  package let opened: UInt64
  /// Who opened it: its signers, or whom an import is attributed to.
  package let openers: [ActorName]
  package var resolved: UInt64?
  package var resolution: EventID?
  package var outcome: DisputeOutcome?
  package var key: String { ProjectionChange.key(of: opened) }

  init(_ body: DisputeOpened, _ event: AdmittedEvent) {
    self.event = event.id
    target = body.target
    grounds = body.grounds
    opened = event.sequence
    openers = event.statement.header.attributedTo.map { [$0] } ?? event.actors
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    target = try reader.eventID("target")
    grounds = try reader.word("grounds")
    opened = try reader.sequence("opened")
    openers = try reader.actors("openers", count: 1...Header.maximumSigners)
    resolved = try reader.optionalSequence("resolved")
    resolution = try reader.optionalEventID("resolution")
    outcome = try reader.optionalWord("outcome")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("target", target)
    object.set("grounds", grounds)
    object.set("opened", sequence: opened)
    object["openers"] = .array(openers.map { .string($0.text) })
    object.set("resolved", sequence: resolved)
    if let resolution { object.set("resolution", resolution) }
    object.set("outcome", outcome)
  }
}

/// The disputes, open and resolved; bounded by their number.
package struct Disputes: Sendable {
  package internal(set) var records: [EventID: DisputeRecord] = [:]
}
