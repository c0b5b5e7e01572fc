package import CanonicalJSON
internal import LedgerCrypto

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
  /// Removals decided on this release, in the order of the log.
  package var removals: [EventID]
  /// Reinstatements decided on this release, in the order of the log.
  package var reinstatements: [Reinstatement]
  /// Whether a removal that it applies is of class `illegal`.
  package let isOfIllegal: Bool
  /// Whether a removal decided on it is of class `illegal`.
  package var isToLoseIllegal = false
  package var key: String { publication.release.description }

  init(
    publication: ReleasePublished, event: EventID, published: UInt64,
    _ references: [EventID: AdmittedEvent]
  ) {
    self.publication = publication
    self.event = event
    self.published = published
    isOfIllegal = (publication.derivation?.removals ?? []).contains { id in
      guard case .removalDecided(let removal) = references[id]?.statement.body else {
        return false
      }
      return removal.reasonClass == .illegal
    }
    removals = []
    reinstatements = []
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    publication = try reader.nested("publication")
    event = try reader.eventID("event")
    published = try reader.sequence("published")
    removals = []
    for item in try reader.array("removals", count: 0...Int.max) {
      guard let digest = item.digest else { throw .outOfRange(reader.path(of: "removals")) }
      removals.append(EventID(digest))
    }
    reinstatements = try reader.nestedList("reinstatements", count: 0...Int.max)
    isOfIllegal = try reader.optionalBool("ofIllegal") ?? false
    isToLoseIllegal = try reader.optionalBool("toLoseIllegal") ?? false
  }

  package func write(to object: inout JSONObject) {
    object.set("publication", part: publication)
    object.set("event", event)
    object.set("published", sequence: published)
    object["removals"] = .array(removals.map { .string($0.description) })
    if !reinstatements.isEmpty { object.set("reinstatements", parts: reinstatements) }
    if isOfIllegal { object["ofIllegal"] = true }
    if isToLoseIllegal { object["toLoseIllegal"] = true }
  }
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

  /// The removals decided on `release` or an ancestor that no release between applied, in the
  /// order of the log within each release, the oldest release first.
  package func pendingRemovals(for release: VersionedName) -> [EventID] {
    let line = line(of: release)
    let applied = Set(line.flatMap { $0.publication.derivation?.removals ?? [] })
    return line.reversed().flatMap(\.removals).filter { !applied.contains($0) }
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

extension Catalog {
  /// The releases in which a row has the key that it has in dataset `name`, in the order of the log.
  package func releases(withKeysOf name: Name) -> [ReleaseRecord] {
    let datasets = datasets(withKeysOf: name)
    return releases.values.filter { datasets.contains($0.publication.release.name) }
      .sorted { $0.published < $1.published }
  }

  /// The datasets in which a row has the key that it has in `name`.
  ///
  /// Keys of a keyed dataset are its own; a plain one has the keys of any with its identity columns.
  package func datasets(withKeysOf name: Name) -> Set<Name> {
    guard let registration = datasets[name]?.registration, registration.tagging == .plain else {
      return [name]
    }
    let same = datasets.values.map(\.registration).filter { other in
      other.tagging == .plain
        && other.identity.map { Array($0.utf8) } == registration.identity.map { Array($0.utf8) }
    }
    return Set(same.map(\.dataset))
  }
}
