internal import LedgerCrypto

extension LedgerState {
  /// A hold is on attachments that are still there, and ends once.
  func check(
    _ body: PreservationHeld, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    if let id = body.hold {
      guard let record = attachments.holds[id], record.held == body.held else {
        throw .wrongReference(id, expected: "a hold on exactly these attachments")
      }
      if let at = record.released { throw .holdEnded(id, at: at) }
      return
    }
    for digest in body.held {
      guard let record = attachments.records[digest], record.state == .erased else { continue }
      throw .attachmentGone(digest, .erased, at: record.sequence)
    }
  }

  /// Withheld bytes come back by an event only.
  func check(
    _ body: AttachmentWithheld, _ recordedAt: Timestamp, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    try checkNamed(body.attachment, by: body.events, references)
    switch (body.state, attachments.records[body.attachment]) {
    case (_, .some(let record)) where record.state == .erased,
      (.withheld, .some(let record)) where record.state == .withheld:
      throw .attachmentGone(body.attachment, record.state, at: record.sequence)
    case (.returned, .some(let record)) where record.state == .withheld: return
    case (.returned, _): throw .notWithheld(body.attachment)
    default: return
    }
  }

  /// Erased is for good, and not while someone needs it kept.
  func check(
    _ body: AttachmentErased, _ recordedAt: Timestamp, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    try checkNamed(body.attachment, by: body.events, references)
    if let record = attachments.records[body.attachment], record.state == .erased {
      throw .attachmentGone(body.attachment, .erased, at: record.sequence)
    }
    if let hold = attachments.hold(on: body.attachment, at: recordedAt) {
      throw .attachmentHeld(body.attachment, at: hold.sequence)
    }
  }

  private func checkNamed(
    _ attachment: Digest, by events: [EventID], _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    for id in events {
      guard let event = references[id] else { throw .causeUnknown(id) }
      guard event.statement.attachments.contains(where: { $0.reference.sha256 == attachment })
      else { throw .attachmentNotNamed(attachment, by: id) }
    }
  }
}
