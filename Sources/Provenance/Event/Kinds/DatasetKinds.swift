package import CanonicalJSON
package import LedgerCrypto
package import Rows

/// A dataset and what its publisher fixes for all its releases.
package struct DatasetRegistered: EventBody {
  package static let kind = Kind.datasetRegistered
  package let dataset: Name
  /// The identity columns, in order, 1 to 16.
  package let identity: [String]
  /// The content columns, in order; `nil`: all columns of the first release.
  package let content: [String]?
  package let tagging: Tagging
  /// Keyed: SHA-256("winnow secret v1" ‖ 0A ‖ secret).
  package let secretCommitment: Digest?
  package let derivedFrom: VersionedName?

  package init(
    dataset: Name, identity: [String], content: [String]?, tagging: Tagging,
    secretCommitment: Digest?, derivedFrom: VersionedName?
  ) {
    self.dataset = dataset
    self.identity = identity
    self.content = content
    self.tagging = tagging
    self.secretCommitment = secretCommitment
    self.derivedFrom = derivedFrom
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    dataset = try reader.name("dataset")
    identity = try Self.names(reader.array("identity", count: 1...16), reader.path(of: "identity"))
    content = try reader.optionalArray("content", count: 1...4096).map { list throws(FieldError) in
      try Self.names(list, reader.path(of: "content"))
    }
    tagging = try reader.word("tagging")
    secretCommitment = try reader.optionalString("secretCommitment").map {
      text throws(FieldError) in
      guard let digest = Digest(hex: text) else {
        throw .outOfRange(reader.path(of: "secretCommitment"))
      }
      return digest
    }
    guard (tagging == .keyed) == (secretCommitment != nil) else {
      throw .outOfRange(reader.path(of: "secretCommitment"))
    }
    derivedFrom = try reader.optionalVersioned("derivedFrom")
  }

  private static func names(_ list: [JSONElement], _ path: String) throws(FieldError) -> [String] {
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    for item in list {
      guard let text = item.string, ColumnName.isValid(text),
        seen.insert(Array(text.utf8)).inserted
      else { throw .outOfRange(path) }
      names.append(text)
    }
    return names
  }

  package func write(to object: inout JSONObject) {
    object.set("dataset", dataset)
    object["identity"] = .array(identity.map { .string($0) })
    if let content { object["content"] = .array(content.map { .string($0) }) }
    object.set("tagging", tagging)
    if let secretCommitment { object.set("secretCommitment", secretCommitment) }
    if let derivedFrom { object.set("derivedFrom", derivedFrom) }
  }

  package var subjects: [Subject] { [Subject(named: dataset.text)] }
}

/// The names and types of a dataset's columns, fixed by its first release.
package struct ColumnsFixed: StatementPart {
  package let identity: [Column]
  package let content: [Column]

  package init(identity: [Column], content: [Column]) {
    self.identity = identity
    self.content = content
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    identity = try Self.columns(
      reader.array("identity", count: 1...16), reader.path(of: "identity"))
    content = try Self.columns(reader.array("content", count: 1...4096), reader.path(of: "content"))
  }

  private static func columns(
    _ list: [JSONElement], _ path: String
  ) throws(FieldError) -> [Column] {
    do { return try Column.list(from: .array(list.map(\.json))) } catch { throw .outOfRange(path) }
  }

  package func write(to object: inout JSONObject) {
    object["identity"] = Column.json(identity)
    object["content"] = Column.json(content)
  }
}

/// One immutable version of a dataset.
package struct ReleasePublished: EventBody {
  package static let kind = Kind.releasePublished
  package let release: VersionedName
  package let root: Digest
  package let tally: Tally
  /// Only in the first release of a dataset.
  package let columns: ColumnsFixed?
  package let shards: UInt64
  /// The shard manifest: names, sizes and digests of the files.
  package let manifest: AttachmentReference
  package let derivation: Derivation?

  package init(
    release: VersionedName, root: Digest, tally: Tally, columns: ColumnsFixed?, shards: UInt64,
    manifest: AttachmentReference, derivation: Derivation?
  ) {
    self.release = release
    self.root = root
    self.tally = tally
    self.columns = columns
    self.shards = shards
    self.manifest = manifest
    self.derivation = derivation
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    root = try reader.digest("winnowSet1")
    tally = try reader.nested("tally")
    guard tally.isOfPresentKeys else { throw .outOfRange(reader.path(of: "tally")) }
    columns = try reader.optionalNested("columns")
    shards = try reader.amount("shards")
    manifest = try reader.nested("manifest")
    derivation = try reader.optionalNested("derivation")
    if let derivation, derivation.parent.name != release.name {
      throw .outOfRange(reader.path(of: "derivation"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("winnowSet1", root)
    object.set("tally", part: tally)
    object.set("columns", part: columns)
    object.set("shards", amount: shards)
    object.set("manifest", part: manifest)
    object.set("derivation", part: derivation)
  }

  package var subjects: [Subject] { [Subject(release.description, root: root)] }

  package var references: [EventID] {
    guard let derivation else { return [] }
    return derivation.removals + derivation.reinstatements + (derivation.union.map { [$0] } ?? [])
  }

  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("manifest", manifest)]
      + (derivation?.unreconciled.map { [("explanation", $0.explanation)] } ?? [])
  }
}
