package import CanonicalJSON

/// Someone recommends a measure.
package struct RecommendationMade: EventBody {
  package static let kind = Kind.recommendationMade
  /// What it is about.
  package let about: [Topic]
  /// The measure.
  package let measure: Measure
  /// Whom it is meant for, ascending.
  package let to: [ActorName]
  /// The recommendation, as UTF-8 text.
  package let text: AttachmentReference?

  package init(
    about: [Topic], measure: Measure, to: [ActorName] = [], text: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.measure = measure
    self.to = to.sorted()
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    measure = try reader.word("measure")
    to = try reader.actors("to", count: 0...64)
    text = try reader.optionalNested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("measure", measure)
    if !to.isEmpty { object["to"] = .array(to.map { .string($0.text) }) }
    object.set("text", part: text)
  }

  package var concerns: [Topic] { about + to.map { .actor($0) } }
  package var subjects: [Subject] { about.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    text.map { [("text", $0)] } ?? []
  }
}

/// Someone took a measure.
package struct MeasureTaken: EventBody {
  package static let kind = Kind.measureTaken
  /// What it is about.
  package let about: [Topic]
  /// The measure.
  package let measure: Measure
  /// Recommendations, notices, requests and suspicions that it answers, ascending.
  package let answers: [EventID]
  /// More of it, as UTF-8 text.
  package let detail: AttachmentReference?

  package init(
    about: [Topic], measure: Measure, answers: [EventID] = [], detail: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.measure = measure
    self.answers = answers.sorted()
    self.detail = detail
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    measure = try reader.word("measure")
    answers = try reader.eventIDs("answers", count: 0...256)
    detail = try reader.optionalNested("detail")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("measure", measure)
    object.set("answers", events: answers)
    object.set("detail", part: detail)
  }

  package var concerns: [Topic] { about + answers.map { .event($0) } }
  package var subjects: [Subject] { about.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    detail.map { [("detail", $0)] } ?? []
  }
}

/// Someone checked what is claimed, at a level.
package struct AuditCompleted: EventBody {
  package static let kind = Kind.auditCompleted
  /// What was audited.
  package let about: [Topic]
  /// How deep the check went.
  package let level: AuditLevel
  /// What came out.
  package let outcome: AuditOutcome
  /// The findings.
  package let findings: AttachmentReference

  package init(
    about: [Topic], level: AuditLevel, outcome: AuditOutcome, findings: AttachmentReference
  ) {
    self.about = about.sorted()
    self.level = level
    self.outcome = outcome
    self.findings = findings
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    level = try reader.word("level")
    outcome = try reader.word("outcome")
    findings = try reader.nested("findings")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("level", level)
    object.set("outcome", outcome)
    object.set("findings", part: findings)
  }

  package var concerns: [Topic] { about }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("findings", findings)]
  }
}

/// A legal proceeding bears on something of this ledger.
package struct ProceedingNoted: EventBody {
  package static let kind = Kind.proceedingNoted
  /// What it bears on.
  package let about: [Topic]
  /// What kind of proceeding it is.
  package let proceeding: Proceeding
  /// How far it is.
  package let state: ProceedingState
  /// A document of it.
  package let document: AttachmentReference?

  package init(
    about: [Topic], proceeding: Proceeding, state: ProceedingState,
    document: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.proceeding = proceeding
    self.state = state
    self.document = document
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    proceeding = try reader.word("proceeding")
    state = try reader.word("state")
    document = try reader.optionalNested("document")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("proceeding", proceeding)
    object.set("state", state)
    object.set("document", part: document)
  }

  package var concerns: [Topic] { about }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    document.map { [("document", $0)] } ?? []
  }
}
