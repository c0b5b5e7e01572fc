package import CanonicalJSON
package import LedgerCrypto

/// That an event names an attachment: one row for each field in which it does.
///
/// Keys begin with the attachment's digest, so that a range of keys has all that name it.
package struct AttachmentUseRecord: ProjectedRecord {
  package static let table = ProjectionTable.attachmentUse
  package let attachment: Digest
  package let field: String
  package let event: EventID
  package let sequence: UInt64
  package var key: String {
    "\(attachment.hex) \(ProjectionChange.key(of: sequence)) \(field)"
  }

  init(attachment: Digest, field: String, _ event: AdmittedEvent) {
    self.attachment = attachment
    self.field = field
    self.event = event.id
    sequence = event.sequence
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    attachment = try reader.digest("attachment")
    field = try reader.string("field")
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
  }

  package func write(to object: inout JSONObject) {
    object.set("attachment", attachment)
    object["field"] = .string(field)
    object.set("event", event)
    object.set("sequence", sequence: sequence)
  }
}
