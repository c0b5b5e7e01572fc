package import LedgerCrypto

/// An attachment's bytes are not to be shown for now, or are to be shown again.
package struct AttachmentWithheld: ListedKind {
  package static let kind = Kind.attachmentWithheld
  package var body: Body { .attachmentWithheld(self) }
  package static let standing = Standing.ledger([.administrator, .publisher])

  package let attachment: Digest
  package let events: [EventID]
  package let state: WithholdingState
  package let basis: LegalBasis
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

  package static let form = Form<Self>(
    "An attachment's bytes are not to be shown for now, or are to be shown again.",
    about: .called("attachment", \.attachment, "The attachment, by its digest."),
    Member("attachment", \.attachment, "The attachment, by the digest of its bytes as stored."),
    Member("events", \.events, "Events that name it, ascending.", concern: Topic.event),
    Member("state", \.state, "Whether it is taken away or comes back."),
    Member("basis", \.basis, "What requires or allows it."),
    Member("reason", \.reason, "Why, as UTF-8 text."),
    make: Self.init)

  /// Withheld bytes come back by an event only.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try judging.checkNamed(attachment, by: events)
    switch (self.state, state.attachments.records[attachment]) {
    case (_, .some(let record)) where record.state == .erased,
      (.withheld, .some(let record)) where record.state == .withheld:
      throw .attachmentGone(attachment, record.state, at: record.sequence)
    case (.returned, .some(let record)) where record.state == .withheld: return
    case (.returned, _): throw .notWithheld(attachment)
    case (.withheld, _): return
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    state.attachments.take(
      AttachmentRecord(
        attachment, self.state == .withheld ? .withheld : .returned, basis: basis,
        events: events, reason: reason, event))
  }
}

/// Whether an attachment is taken away or comes back.
package enum WithholdingState: String, Vocabulary {
  case withheld, returned
}
