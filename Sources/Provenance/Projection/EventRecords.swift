package import CanonicalJSON

/// An event that nothing later changes, with its body: one row for each event of the kinds that
/// ``EventBody/recordTable`` gives a table.
package struct EventRecord: StatementPart {
  package let event: EventID
  package let sequence: UInt64
  package let recordedAt: Timestamp
  package let occurredAt: Timestamp
  package let precision: Precision
  /// Who signed.
  package let actors: [ActorName]
  /// Whom an import is about.
  package let attributedTo: ActorName?
  package let body: Body

  package init(_ event: AdmittedEvent) {
    let header = event.statement.header
    self.event = event.id
    sequence = event.sequence
    recordedAt = event.recordedAt
    occurredAt = header.occurredAt
    precision = header.precision
    actors = event.actors
    attributedTo = header.attributedTo
    body = event.statement.body
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    let text = try reader.string("recordedAt")
    guard let moment = Timestamp(milliseconds: text) else {
      throw .outOfRange(reader.path(of: "recordedAt"))
    }
    recordedAt = moment
    occurredAt = try reader.time("occurredAt")
    precision = try reader.word("occurredPrecision")
    actors = try reader.actors("actors", count: 1...Header.maximumSigners)
    attributedTo = try reader.optionalActor("attributedTo")
    let kind = try reader.word("kind", Kind.self)
    var inner = try reader.object("body")
    body = try Body(kind: kind, from: &inner)
    try inner.finish()
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object["recordedAt"] = .string(recordedAt.text)
    object.set("occurredAt", time: occurredAt)
    object.set("occurredPrecision", precision)
    object["actors"] = .array(actors.map { .string($0.text) })
    if let attributedTo { object.set("attributedTo", attributedTo) }
    object.set("kind", body.kind)
    object["body"] = body.content.json
  }
}

/// That an event is to be shown with a thing: a dataset, release, model, actor or earlier event.
///
/// Keys begin with the thing's ``Topic/label`` and a space, so that a range of keys has all that
/// concerns it: its disputes, corrections, responses, notices, claims and observations.
package struct ConcernRecord: ProjectedRecord {
  package static let table = ProjectionTable.concern
  package let thing: Topic
  package let event: EventID
  package let kind: Kind
  package let sequence: UInt64
  package var key: String { "\(thing.label) \(ProjectionChange.key(of: sequence))" }

  init(thing: Topic, _ event: AdmittedEvent) {
    self.thing = thing
    self.event = event.id
    kind = event.statement.body.kind
    sequence = event.sequence
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    thing = try reader.nested("thing")
    event = try reader.eventID("event")
    kind = try reader.word("kind")
    sequence = try reader.sequence("sequence")
  }

  package func write(to object: inout JSONObject) {
    object.set("thing", part: thing)
    object.set("event", event)
    object.set("kind", kind)
    object.set("sequence", sequence: sequence)
  }
}

extension ProjectionChange {
  /// The rows that any event puts: its record, one for each thing that it concerns, and one for each
  /// attachment that it names.
  static func records(of event: AdmittedEvent) -> [ProjectionChange] {
    let body = event.statement.body
    var changes: [ProjectionChange] = []
    if let table = body.recordTable {
      changes.append(
        ProjectionChange(
          table: table, key: ProjectionChange.key(of: event.sequence), EventRecord(event)))
    }
    for thing in body.content.concerns {
      changes.append(ProjectionChange(ConcernRecord(thing: thing, event)))
    }
    for (field, reference) in event.statement.attachments {
      changes.append(
        ProjectionChange(
          AttachmentUseRecord(attachment: reference.sha256, field: field, event)))
    }
    return changes
  }
}
