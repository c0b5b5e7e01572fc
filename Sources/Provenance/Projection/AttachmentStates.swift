package import CanonicalJSON
package import LedgerCrypto

/// What became of an attachment's bytes.
package enum AttachmentState: String, CaseIterable, Sendable {
  case withheld, returned, erased
}

/// An attachment that was withheld or erased: the last event that says so.
package struct AttachmentRecord: ProjectedRecord {
  package static let table = ProjectionTable.attachment
  package let attachment: Digest
  package let state: AttachmentState
  package let basis: LegalBasis
  package let event: EventID
  package let sequence: UInt64
  /// Who signed that event.
  package let actors: [ActorName]
  /// Events that name the attachment, as that event says.
  package let events: [EventID]
  package let reason: AttachmentReference?
  package var key: String { attachment.hex }

  init(
    _ attachment: Digest, _ state: AttachmentState, basis: LegalBasis, events: [EventID],
    reason: AttachmentReference?, _ event: AdmittedEvent
  ) {
    self.attachment = attachment
    self.state = state
    self.basis = basis
    self.events = events
    self.reason = reason
    self.event = event.id
    sequence = event.sequence
    actors = event.actors
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    attachment = try reader.digest("attachment")
    state = try reader.word("state")
    basis = try reader.word("basis")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    actors = try reader.actors("actors", count: 1...Header.maximumSigners)
    events = try reader.eventIDs("events")
    reason = try reader.optionalNested("reason")
  }

  package func write(to object: inout JSONObject) {
    object.set("attachment", attachment)
    object.set("state", state)
    object.set("basis", basis)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object["actors"] = .array(actors.map { .string($0.text) })
    object.set("events", events: events)
    object.set("reason", part: reason)
  }
}

/// A hold on attachments: until when, and whether it was ended.
package struct HoldRecord: ProjectedRecord {
  package static let table = ProjectionTable.hold
  package let event: EventID
  package let sequence: UInt64
  package let basis: LegalBasis
  package let held: [Digest]
  package let until: Timestamp?
  package var released: UInt64?
  package var key: String { ProjectionChange.key(of: sequence) }

  init(_ body: PreservationHeld, _ event: AdmittedEvent) {
    self.event = event.id
    sequence = event.sequence
    basis = body.basis
    held = body.held
    until = body.until
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    basis = try reader.word("basis")
    held = try reader.digests("held")
    until = try reader.optionalTime("until")
    released = try reader.optionalSequence("released")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("basis", basis)
    object["held"] = .array(held.map { .string($0.hex) })
    object.set("until", time: until)
    object.set("released", sequence: released)
  }

  /// Whether `attachment` is to be kept at `moment`.
  package func holds(_ attachment: Digest, at moment: Timestamp) -> Bool {
    released == nil && until.map { moment <= $0 } ?? true && held.contains(attachment)
  }
}

/// The attachments that are not simply there, and the holds; bounded by their number.
package struct AttachmentStates: Sendable {
  package internal(set) var records: [Digest: AttachmentRecord] = [:]
  package internal(set) var holds: [EventID: HoldRecord] = [:]

  /// The record of an attachment whose bytes are not to be had, or are gone.
  package func missing(_ attachment: Digest) -> AttachmentRecord? {
    records[attachment].flatMap { $0.state == .returned ? nil : $0 }
  }

  /// The first hold in the log that keeps `attachment` at `moment`.
  package func hold(on attachment: Digest, at moment: Timestamp) -> HoldRecord? {
    holds.values.filter { $0.holds(attachment, at: moment) }.min { $0.sequence < $1.sequence }
  }

  mutating func take(_ record: AttachmentRecord) -> [ProjectionChange] {
    records[record.attachment] = record
    return [ProjectionChange(record)]
  }
}
