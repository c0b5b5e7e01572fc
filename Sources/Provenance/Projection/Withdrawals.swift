package import CanonicalJSON

/// A release, or a model on a host, that was withdrawn: the last that was said of it.
///
/// It says nothing of what is still to be found: that is what availability was observed.
package struct WithdrawalRecord: ProjectedRecord {
  package static let table = ProjectionTable.withdrawal
  /// The release or model.
  package let thing: Topic
  /// For a model: where it was offered.
  package let host: HostName?
  package let scope: WithdrawalScope
  package let event: EventID
  package let sequence: UInt64
  package let occurredAt: Timestamp
  package let statedReason: AttachmentReference?
  package var key: String { Self.key(thing, host) }

  static func key(_ thing: Topic, _ host: HostName?) -> String {
    host.map { "\(thing.label) \($0)" } ?? thing.label
  }

  init(
    _ thing: Topic, on host: HostName? = nil, scope: WithdrawalScope,
    statedReason: AttachmentReference?, _ event: AdmittedEvent
  ) {
    self.thing = thing
    self.host = host
    self.scope = scope
    self.event = event.id
    sequence = event.sequence
    occurredAt = event.statement.header.occurredAt
    self.statedReason = statedReason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    thing = try reader.nested("thing")
    host = try reader.optionalHost("host")
    scope = try reader.word("scope")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    occurredAt = try reader.time("occurredAt")
    statedReason = try reader.optionalNested("statedReason")
  }

  package func write(to object: inout JSONObject) {
    object.set("thing", part: thing)
    if let host { object.set("host", host) }
    object.set("scope", scope)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("occurredAt", time: occurredAt)
    object.set("statedReason", part: statedReason)
  }
}

/// What was withdrawn, by what it is and where; bounded by releases, models and their hosts.
package struct Withdrawals: Sendable {
  package internal(set) var records: [String: WithdrawalRecord] = [:]

  /// The last withdrawal of a release, or of a model on `host`, unless it was lifted.
  package func standing(_ thing: Topic, host: HostName? = nil) -> WithdrawalRecord? {
    records[WithdrawalRecord.key(thing, host)].flatMap { $0.scope == .lifted ? nil : $0 }
  }

  /// A withdrawal for good stands until it is lifted; only what is withdrawn can be lifted.
  func check(_ thing: Topic, on host: HostName? = nil, _ scope: WithdrawalScope) throws(Refusal) {
    switch (scope, standing(thing, host: host)) {
    case (.lifted, nil): throw .notWithdrawn(thing)
    case (.temporary, .some(let record)):
      throw .alreadyWithdrawn(thing, at: record.sequence)
    case (.permanent, .some(let record)) where record.scope == .permanent:
      throw .alreadyWithdrawn(thing, at: record.sequence)
    default: return
    }
  }

  mutating func take(_ record: WithdrawalRecord) -> [ProjectionChange] {
    records[record.key] = record
    return [ProjectionChange(record)]
  }
}
