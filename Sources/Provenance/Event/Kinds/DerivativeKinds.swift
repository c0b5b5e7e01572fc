package import CanonicalJSON

/// The holder of a dataset that was derived from a release took rows out of it.
package struct DerivativeCleaned: EventBody {
  package static let kind = Kind.derivativeCleaned
  /// The derived dataset.
  package let dataset: Name
  /// The cleaned release, of the dataset that it was derived from, which it now follows.
  package let against: VersionedName
  /// What was removed.
  package let removed: Count
  /// The shard manifest before.
  package let before: AttachmentReference?
  /// The shard manifest after.
  package let after: AttachmentReference?

  package init(
    dataset: Name, against: VersionedName, removed: Count, before: AttachmentReference? = nil,
    after: AttachmentReference? = nil
  ) {
    self.dataset = dataset
    self.against = against
    self.removed = removed
    self.before = before
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    dataset = try reader.name("dataset")
    against = try reader.versioned("against")
    removed = try reader.nested("removed")
    before = try reader.optionalNested("before")
    after = try reader.optionalNested("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("dataset", dataset)
    object.set("against", against)
    object.set("removed", part: removed)
    object.set("before", part: before)
    object.set("after", part: after)
  }

  package var concerns: [Topic] { [.dataset(dataset), .release(against)] }
  package var subjects: [Subject] { [Subject(named: dataset.text)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [before.map { ("before", $0) }, after.map { ("after", $0) }].compactMap(\.self)
  }
  package var statedTimes: [Timestamp] { [removed.asOf] }
}

/// The holder of a dataset that was derived from a release deleted it.
package struct DerivativeDeleted: EventBody {
  package static let kind = Kind.derivativeDeleted
  /// The derived dataset.
  package let dataset: Name
  /// How many copies were deleted.
  package let copies: Count?
  /// The holder's statement, as UTF-8 text.
  package let statement: AttachmentReference?

  package init(dataset: Name, copies: Count? = nil, statement: AttachmentReference? = nil) {
    self.dataset = dataset
    self.copies = copies
    self.statement = statement
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    dataset = try reader.name("dataset")
    copies = try reader.optionalNested("copies")
    statement = try reader.optionalNested("statement")
  }

  package func write(to object: inout JSONObject) {
    object.set("dataset", dataset)
    object.set("copies", part: copies)
    object.set("statement", part: statement)
  }

  package var concerns: [Topic] { [.dataset(dataset)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    statement.map { [("statement", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] { copies.map { [$0.asOf] } ?? [] }
}
