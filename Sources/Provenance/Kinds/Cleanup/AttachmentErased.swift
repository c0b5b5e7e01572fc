package import LedgerCrypto

/// An attachment's bytes and data key are destroyed, for good.
package struct AttachmentErased: ListedKind {
  package static let kind = Kind.attachmentErased
  package var body: Body { .attachmentErased(self) }
  package static let standing = Standing.ledger([.administrator])

  package let attachment: Digest
  package let events: [EventID]
  package let basis: LegalBasis
  package let requestedBy: ActorName?
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

  package static let form = Form<Self>(
    "An attachment's bytes and data key are destroyed, for good.",
    about: .called("attachment", \.attachment, "The attachment, by its digest."),
    Member("attachment", \.attachment, "The attachment, by the digest of its bytes as stored."),
    Member("events", \.events, "Events that name it, ascending.", concern: Topic.event),
    Member("basis", \.basis, "What requires or allows it."),
    Member("requestedBy", \.requestedBy, "Who asked for it.", concern: Topic.actor),
    Member("reason", \.reason, "Why, as UTF-8 text."),
    make: Self.init)

  /// Erased is for good, and not while someone needs it kept.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try judging.checkNamed(attachment, by: events)
    if let record = state.attachments.records[attachment], record.state == .erased {
      throw .attachmentGone(attachment, .erased, at: record.sequence)
    }
    if let hold = state.attachments.hold(on: attachment, at: judging.recordedAt) {
      throw .attachmentHeld(attachment, at: hold.sequence)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    state.attachments.take(
      AttachmentRecord(
        attachment, .erased, basis: basis, events: events, reason: reason, event))
  }
}
