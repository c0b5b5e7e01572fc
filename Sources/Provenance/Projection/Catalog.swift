package import CanonicalJSON
package import LedgerCrypto

/// A dataset as registered, with the columns that its first release fixed.
package struct DatasetRecord: ProjectedRecord {
  package static let table = ProjectionTable.dataset
  package let registration: DatasetRegistered
  package let event: EventID
  package let registered: UInt64
  package var columns: ColumnsFixed?
  /// A derived dataset: when its holder deleted it.
  package var deleted: UInt64?
  package var key: String { registration.dataset.text }

  init(registration: DatasetRegistered, event: EventID, registered: UInt64) {
    self.registration = registration
    self.event = event
    self.registered = registered
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    registration = try reader.nested("registration")
    event = try reader.eventID("event")
    registered = try reader.sequence("registered")
    columns = try reader.optionalNested("columns")
    deleted = try reader.optionalSequence("deleted")
  }

  package func write(to object: inout JSONObject) {
    object.set("registration", part: registration)
    object.set("event", event)
    object.set("registered", sequence: registered)
    object.set("columns", part: columns)
    object.set("deleted", sequence: deleted)
  }
}

/// A release as published, and what was decided about it since.
package struct ReleaseRecord: ProjectedRecord {
  package static let table = ProjectionTable.release
  package let publication: ReleasePublished
  package let event: EventID
  package let published: UInt64
  /// Removals and reinstatements decided on this release, in the order of the log.
  package var decisions: [Decision]
  package var key: String { publication.release.description }

  init(publication: ReleasePublished, event: EventID, published: UInt64) {
    self.publication = publication
    self.event = event
    self.published = published
    decisions = []
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    publication = try reader.nested("publication")
    event = try reader.eventID("event")
    published = try reader.sequence("published")
    decisions = try reader.nestedList("decisions", count: 0...Int.max)
  }

  package func write(to object: inout JSONObject) {
    object.set("publication", part: publication)
    object.set("event", event)
    object.set("published", sequence: published)
    if !decisions.isEmpty { object.set("decisions", parts: decisions) }
  }

  /// The removals decided on this release, in the order of the log.
  package var removals: [EventID] { decisions.filter(\.isRemoval).map(\.event) }
}

/// A version of a hash list, as received.
package struct HashListRecord: ProjectedRecord {
  package static let table = ProjectionTable.hashList
  package let receipt: HashListReceived
  package let event: EventID
  package let received: UInt64
  package var key: String { receipt.list.description }

  init(receipt: HashListReceived, event: EventID, received: UInt64) {
    self.receipt = receipt
    self.event = event
    self.received = received
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    receipt = try reader.nested("receipt")
    event = try reader.eventID("event")
    received = try reader.sequence("received")
  }

  package func write(to object: inout JSONObject) {
    object.set("receipt", part: receipt)
    object.set("event", event)
    object.set("received", sequence: received)
  }
}

/// The datasets, their releases, and the hash lists that they were matched against.
package struct Catalog: Sendable {
  package internal(set) var datasets: [Name: DatasetRecord] = [:]
  package internal(set) var releases: [VersionedName: ReleaseRecord] = [:]
  package internal(set) var lists: [VersionedName: HashListRecord] = [:]
  /// The marked families, by family.
  package internal(set) var families: [Digest: FamilyRecord] = [:]

  /// `release` and its ancestors, the nearest first.
  package func line(of release: VersionedName) -> [ReleaseRecord] {
    var line: [ReleaseRecord] = []
    var next: VersionedName? = release
    // A parent comes first in the log; records of a damaged store might say otherwise for ever.
    while let name = next, let record = releases[name],
      line.last.map({ record.published < $0.published }) ?? true
    {
      line.append(record)
      next = record.publication.derivation?.parent
    }
    return line
  }

  /// A dataset that was derived from a release, and that its holder did not delete.
  func derivative(_ name: Name) throws(Refusal) -> DatasetRecord {
    guard let record = datasets[name] else { throw .datasetUnknown(name) }
    guard record.registration.derivedFrom != nil else {
      throw .notDerived(name, from: nil, at: record.registered)
    }
    if let at = record.deleted { throw .derivativeDeleted(name, at: at) }
    return record
  }
}
