package import CanonicalJSON
package import LedgerCrypto
package import Rows

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
