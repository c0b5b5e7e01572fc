internal import CanonicalJSON
internal import Files

/// Where the files of a release lie on this machine: `catalog/NAME@V.json`, local and unsigned.
///
/// Bytes: canonical JSON, `{"release":"NAME@V","shards":[{"name","path","rows","sha256","size"},…],
/// "winnow":"catalog/1"}`; with `carried` once the files were read, and where there are any with
/// `missing` and `types`, which say how (``Reading``).
package struct ReleaseCatalog: Hashable, Sendable {
  /// A shard and where it lies.
  package struct Entry: Hashable, Sendable {
    /// What is known of the shard.
    package let facts: ShardFacts
    /// Where the file is; it ends in the shard's name.
    package let path: String

    /// The folder below which the shard's name leads to the file.
    package var folder: String {
      let parts = facts.name.utf8.count { $0 == UInt8(ascii: "/") } + 1
      return (0..<parts).reduce(path) { path, _ in Directory.parent(of: path) }
    }

    /// Takes both.
    package init(facts: ShardFacts, path: String) {
      self.facts = facts
      self.path = path
    }
  }

  /// The release, `NAME@V`.
  package let release: String
  /// The shards, in the release's order.
  package let entries: [Entry]

  /// How the files are read.
  package let reading: Reading
  /// Columns of the files that are carried, not committed, ascending by the bytes of their names;
  /// `nil` when nobody here has read the files.
  package let carried: [String]?

  /// Takes a release's shards.
  package init(
    release: String, entries: [Entry], reading: Reading = Reading(), carried: [String]? = nil
  ) {
    self.release = release
    self.entries = entries
    self.reading = reading
    self.carried = carried
  }

  /// Takes shards and what is known of each, in the same order.
  package init(
    release: String, shards: [Shard], facts: [ShardFacts], reading: Reading = Reading(),
    carried: [String]? = nil
  ) {
    precondition(shards.count == facts.count, "each shard has its facts")
    self.init(
      release: release, entries: zip(shards, facts).map { Entry(facts: $1, path: $0.path) },
      reading: reading, carried: carried)
  }

  /// The shards, to be read.
  package func shards() throws(DatasetFailure) -> [Shard] {
    var shards: [Shard] = []
    for entry in entries { shards.append(try Shard(path: entry.path, name: entry.facts.name)) }
    return shards
  }

  /// What others may know of the shards.
  package var manifest: ShardManifest { ShardManifest(shards: entries.map(\.facts)) }

  /// The canonical bytes.
  package var bytes: [UInt8] {
    let list = entries.map { entry in
      JSON.object(JSONObject(entry.facts.members + [("path", .string(entry.path))]))
    }
    var members: [(String, JSON)] = [
      ("winnow", "catalog/1"), ("release", .string(release)), ("shards", .array(list)),
    ]
    members += reading.members
    if let carried { members.append(("carried", .array(carried.map { .string($0) }))) }
    return JSON.object(JSONObject(members)).canonicalBytes
  }

  /// Reads exactly what ``bytes`` writes; `path` is named in the error.
  package init(parsing bytes: [UInt8], path: String) throws(DatasetFailure) {
    do throws(DocumentProblem) {
      (release, entries, reading, carried) = try DocumentProblem.read(bytes, version: "catalog/1") {
        (reader) throws(DocumentProblem) in
        let release = try Self.string("release", &reader)
        let entries = try DocumentProblem.shards(&reader, name: \Entry.facts.name) {
          (inner) throws(DocumentProblem) in
          let facts = try ShardFacts(&inner)
          let path = try Self.string("path", &inner)
          guard ShardName.isName(facts.name, of: path),
            !path.utf8.contains(0)
          else {
            throw DocumentProblem(
              text: "\(inner.path(of: "path")) does not end in the shard's name.")
          }
          return Entry(facts: facts, path: path)
        }
        let reading = try Reading(&reader)
        return (
          release, entries, reading, try Reading.optionalNames("carried", atLeast: 0, &reader)
        )
      }
    } catch {
      throw .document(path: path, error.text)
    }
  }

  private static func string(
    _ name: String, _ reader: inout MemberReader
  ) throws(DocumentProblem) -> String {
    do throws(FieldError) {
      return try reader.string(name)
    } catch {
      throw DocumentProblem(text: error.description)
    }
  }

  /// The largest catalogue read: a million shards of some 300 bytes.
  static let maximumSize = 1 << 29

  /// The file name of a release's local file: `NAME@V` with `%2F` for `/`, then `suffix`.
  package static func fileName(_ release: String, suffix: String = "") -> String {
    var output: [UInt8] = []
    for byte in release.utf8 {
      if byte == UInt8(ascii: "/") {
        output.append(contentsOf: Array("%2F".utf8))
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self) + suffix
  }

  /// Reads the catalogue at `path`.
  package static func read(_ path: String) throws(DatasetFailure) -> ReleaseCatalog {
    let bytes = try onDisk { () throws(FileFailure) in
      try OpenFile.readAll(path, maxBytes: maximumSize)
    }
    return try ReleaseCatalog(parsing: bytes, path: path)
  }

  /// Writes the catalogue to `path`, whole or not at all.
  package func write(to path: String) throws(DatasetFailure) {
    try onDisk { () throws(FileFailure) in try AtomicFile.write(bytes, to: path) }
  }
}
