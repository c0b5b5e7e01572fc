package import CanonicalJSON

/// Someone says that an event is wrong.
package struct DisputeOpened: EventBody {
  package static let kind = Kind.disputeOpened
  /// The event that is disputed.
  package let target: EventID
  /// What is said to be wrong.
  package let grounds: DisputeGrounds
  /// Of how much, each unit once, by unit ascending.
  package let counts: [Count]
  /// What is said, as UTF-8 text.
  package let text: AttachmentReference?

  package init(
    target: EventID, grounds: DisputeGrounds, counts: [Count] = [], text: AttachmentReference? = nil
  ) {
    self.target = target
    self.grounds = grounds
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    target = try reader.eventID("target")
    grounds = try reader.word("grounds")
    counts = try reader.counts("counts", isOptional: true)
    text = try reader.optionalNested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("target", target)
    object.set("grounds", grounds)
    if !counts.isEmpty { object.set("counts", parts: counts) }
    object.set("text", part: text)
  }

  package var concerns: [Topic] { [.event(target)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    text.map { [("text", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] { counts.map(\.asOf) }
}

/// A dispute ends.
package struct DisputeResolved: EventBody {
  package static let kind = Kind.disputeResolved
  /// The dispute-opened event.
  package let dispute: EventID
  /// Whether the dispute was found right.
  package let outcome: DisputeOutcome
  /// The reasons, as UTF-8 text.
  package let text: AttachmentReference?

  package init(dispute: EventID, outcome: DisputeOutcome, text: AttachmentReference? = nil) {
    self.dispute = dispute
    self.outcome = outcome
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    dispute = try reader.eventID("dispute")
    outcome = try reader.word("outcome")
    text = try reader.optionalNested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("dispute", dispute)
    object.set("outcome", outcome)
    object.set("text", part: text)
  }

  package var concerns: [Topic] { [.event(dispute)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    text.map { [("text", $0)] } ?? []
  }
}
