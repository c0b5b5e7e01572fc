internal import LedgerCrypto

/// What the rules of a kind see of a statement beside its body: the rest of it, when it is admitted,
/// and the events that it refers to.
package struct Judging: Sendable {
  package let header: Header
  package let recordedAt: Timestamp
  package let references: [EventID: AdmittedEvent]

  package init(header: Header, recordedAt: Timestamp, references: [EventID: AdmittedEvent]) {
    self.header = header
    self.recordedAt = recordedAt
    self.references = references
  }

  /// The body of an event that it refers to, where the event is there and of that kind.
  package func body<Body: EventBody>(of id: EventID, _: Body.Type) -> Body? {
    references[id]?.statement.body.content as? Body
  }

  /// Refuses to answer or dispute an event that gives authority.
  func checkAnswerable(_ id: EventID) throws(Refusal) {
    guard let kind = references[id]?.statement.body.kind else { throw .causeUnknown(id) }
    guard !kind.isAuthority, kind != .ledgerCreated else {
      throw .wrongReference(id, expected: "an event that can be disputed or answered")
    }
  }

  /// Refuses an attachment that one of `events` does not name.
  func checkNamed(_ attachment: Digest, by events: [EventID]) throws(Refusal) {
    for id in events {
      guard let event = references[id] else { throw .causeUnknown(id) }
      guard event.statement.attachments.contains(where: { $0.reference.sha256 == attachment })
      else { throw .attachmentNotNamed(attachment, by: id) }
    }
  }
}
