package import CanonicalJSON
package import LedgerCrypto

/// An attachment's bytes are not to be shown for now, or are to be shown again.
package struct AttachmentWithheld: EventBody {
  package static let kind = Kind.attachmentWithheld
  /// The attachment, by the digest of its bytes as stored.
  package let attachment: Digest
  /// Events that name it, ascending.
  package let events: [EventID]
  /// Whether it is taken away or comes back.
  package let state: WithholdingState
  /// What requires or allows it.
  package let basis: LegalBasis
  /// Why, as UTF-8 text.
  package let reason: AttachmentReference?

  package init(
    attachment: Digest, events: [EventID], state: WithholdingState, basis: LegalBasis,
    reason: AttachmentReference? = nil
  ) {
    self.attachment = attachment
    self.events = events.sorted()
    self.state = state
    self.basis = basis
    self.reason = reason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    attachment = try reader.digest("attachment")
    events = try reader.eventIDs("events")
    state = try reader.word("state")
    basis = try reader.word("basis")
    reason = try reader.optionalNested("reason")
  }

  package func write(to object: inout JSONObject) {
    object.set("attachment", attachment)
    object.set("events", events: events)
    object.set("state", state)
    object.set("basis", basis)
    object.set("reason", part: reason)
  }

  package var concerns: [Topic] { events.map { .event($0) } }
  package var subjects: [Subject] { [Subject("attachment", sha256: attachment)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    reason.map { [("reason", $0)] } ?? []
  }
}

/// An attachment's bytes and data key are destroyed, for good.
package struct AttachmentErased: EventBody {
  package static let kind = Kind.attachmentErased
  /// The attachment, by the digest of its bytes as stored.
  package let attachment: Digest
  /// Events that name it, ascending.
  package let events: [EventID]
  /// What requires or allows it.
  package let basis: LegalBasis
  /// Who asked for it.
  package let requestedBy: ActorName?
  /// Why, as UTF-8 text.
  package let reason: AttachmentReference?

  package init(
    attachment: Digest, events: [EventID], basis: LegalBasis, requestedBy: ActorName? = nil,
    reason: AttachmentReference? = nil
  ) {
    self.attachment = attachment
    self.events = events.sorted()
    self.basis = basis
    self.requestedBy = requestedBy
    self.reason = reason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    attachment = try reader.digest("attachment")
    events = try reader.eventIDs("events")
    basis = try reader.word("basis")
    requestedBy = try reader.optionalActor("requestedBy")
    reason = try reader.optionalNested("reason")
  }

  package func write(to object: inout JSONObject) {
    object.set("attachment", attachment)
    object.set("events", events: events)
    object.set("basis", basis)
    if let requestedBy { object.set("requestedBy", requestedBy) }
    object.set("reason", part: reason)
  }

  package var concerns: [Topic] {
    events.map { .event($0) } + (requestedBy.map { [.actor($0)] } ?? [])
  }
  package var subjects: [Subject] { [Subject("attachment", sha256: attachment)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    reason.map { [("reason", $0)] } ?? []
  }
}
