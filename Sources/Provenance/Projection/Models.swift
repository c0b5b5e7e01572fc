package import CanonicalJSON

/// A model, the digests of its files, and whether it was deprecated.
package struct ModelRecord: ProjectedRecord {
  package static let table = ProjectionTable.model
  package let registration: ModelRegistered
  package let event: EventID
  package let registered: UInt64
  package var deprecated: UInt64?
  package var statedReason: AttachmentReference?
  package var key: String { registration.model.text }

  init(registration: ModelRegistered, event: EventID, registered: UInt64) {
    self.registration = registration
    self.event = event
    self.registered = registered
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    registration = try reader.nested("registration")
    event = try reader.eventID("event")
    registered = try reader.sequence("registered")
    deprecated = try reader.optionalSequence("deprecated")
    statedReason = try reader.optionalNested("statedReason")
  }

  package func write(to object: inout JSONObject) {
    object.set("registration", part: registration)
    object.set("event", event)
    object.set("registered", sequence: registered)
    object.set("deprecated", sequence: deprecated)
    object.set("statedReason", part: statedReason)
  }
}

/// A training assertion: one row for each event, never changed.
///
/// Keys begin with the model, so that a range of keys has all that was asserted of it.
package struct TrainingRecord: ProjectedRecord {
  package static let table = ProjectionTable.training
  package let assertion: TrainingAsserted
  package let event: EventID
  package let sequence: UInt64
  package var key: String { "\(assertion.model) \(ProjectionChange.key(of: sequence))" }

  init(assertion: TrainingAsserted, event: EventID, sequence: UInt64) {
    self.assertion = assertion
    self.event = event
    self.sequence = sequence
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    assertion = try reader.nested("assertion")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
  }

  package func write(to object: inout JSONObject) {
    object.set("assertion", part: assertion)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
  }
}

/// The models.
package struct Models: Sendable {
  package internal(set) var models: [Name: ModelRecord] = [:]
}
