internal import Files

/// How a shard's records are written.
package struct ShardFormat: Hashable, Sendable {
  /// The format of the records.
  package enum Records: Hashable, Sendable {
    /// RFC 4180 with a header.
    case csv
    /// JSON Lines.
    case jsonLines
  }

  /// How records are written.
  package let records: Records
  /// Whether the file is in gzip framing.
  package let isGzip: Bool

  /// CSV that is not compressed.
  static let plainCSV = ShardFormat(records: .csv, isGzip: false)

  private init(records: Records, isGzip: Bool) {
    self.records = records
    self.isGzip = isGzip
  }

  /// Reads the end of a file's name in any case: `.csv .jsonl .ndjson .json`, each perhaps followed by
  /// `.gz`.
  ///
  /// - Throws: ``DatasetFailure/unknownFormat(shard:)`` for any other.
  package init(name: String) throws(DatasetFailure) {
    let bytes = name.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let ends = { (ending: String, bytes: ArraySlice<UInt8>) in
      bytes.reversed().starts(with: ending.utf8.reversed())
    }
    isGzip = ends(".gz", bytes[...])
    let plain = isGzip ? bytes.dropLast(3) : bytes[...]
    if ends(".csv", plain) {
      records = .csv
    } else if [".jsonl", ".ndjson", ".json"].contains(where: { ends($0, plain) }) {
      records = .jsonLines
    } else {
      throw .unknownFormat(shard: name)
    }
  }

  /// The format of the file at `path`, which may be in gzip framing under a plain name.
  ///
  /// No text begins as gzip does. A file that cannot be read is what its name says, until it is read.
  func held(at path: String) -> ShardFormat {
    if !isGzip, let file = try? OpenFile(path: path), file.size >= 2,
      (try? file.bytes(from: 0, count: 2)) == [0x1f, 0x8b]
    {
      return ShardFormat(records: records, isGzip: true)
    }
    return self
  }
}

/// One file of a release.
package struct Shard: Hashable, Sendable {
  /// Where the file is.
  package let path: String
  /// The last component of the path: the shard's name, unique in its release.
  package let name: String
  /// How its records are written.
  package let format: ShardFormat

  /// Takes a path whose name says its format.
  package init(path: String) throws(DatasetFailure) {
    self.path = path
    name = Directory.name(of: path)
    format = try ShardFormat(name: name).held(at: path)
  }

  /// The same shard at another path, for as long as that is its place.
  func moved(to path: String) -> Shard { Shard(path: path, name: name, format: format) }

  private init(path: String, name: String, format: ShardFormat) {
    self.path = path
    self.name = name
    self.format = format
  }

  /// The shards at `paths`, in that order: at least one, no name twice.
  package static func list(_ paths: [String]) throws(DatasetFailure) -> [Shard] {
    if paths.isEmpty { throw .noShards }
    var names: Set<[UInt8]> = []
    var shards: [Shard] = []
    for path in paths {
      let shard = try Shard(path: path)
      guard names.insert(Array(shard.name.utf8)).inserted else { throw .duplicateShard(shard.name) }
      shards.append(shard)
    }
    return shards
  }
}
