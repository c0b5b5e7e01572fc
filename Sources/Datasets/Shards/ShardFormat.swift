package import Files

/// How a shard's records are written.
package struct ShardFormat: Hashable, Sendable {
  /// The format of the records.
  package enum Records: Hashable, Sendable {
    /// RFC 4180 with a header.
    case csv
    /// JSON Lines.
    case jsonLines
    /// Apache Parquet, which is packed within.
    case parquet
  }

  /// How records are written.
  package let records: Records
  /// How the file is packed.
  package let packing: Packing

  /// CSV that is not compressed.
  static let plainCSV = ShardFormat(records: .csv, packing: .plain)

  private init(records: Records, packing: Packing) {
    self.records = records
    self.packing = packing
  }

  /// Reads the end of a file's name in any case: `.parquet`, or `.csv .jsonl .ndjson .json`, each of these
  /// perhaps followed by `.gz` or `.zst`.
  ///
  /// - Throws: ``DatasetFailure/unknownFormat(shard:)`` for any other.
  package init(name: String) throws(DatasetFailure) {
    let bytes = name.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let ends = { (ending: String, bytes: ArraySlice<UInt8>) in
      bytes.reversed().starts(with: ending.utf8.reversed())
    }
    packing = Packing(name: name)
    let plain = bytes.dropLast(packing.ending.utf8.count)
    if ends(".csv", plain) {
      records = .csv
    } else if [".jsonl", ".ndjson", ".json"].contains(where: { ends($0, plain) }) {
      records = .jsonLines
    } else if packing == .plain, ends(".parquet", plain) {
      records = .parquet
    } else {
      throw .unknownFormat(shard: name)
    }
  }

  /// The format of the file at `path`, which may be packed otherwise than its name says.
  ///
  /// A file that cannot be read is what its name says, until it is read.
  func held(at path: String) -> ShardFormat {
    ShardFormat(records: records, packing: (try? Packing.held(at: path)) ?? packing)
  }
}

/// One file of a release.
package struct Shard: Hashable, Sendable {
  /// Where the file is.
  package let path: String
  /// The end of the path that tells it from the others of its release (``ShardName``).
  package let name: String
  /// How its records are written.
  package let format: ShardFormat

  /// Takes a path whose name says its format, and the shard's name, where it is more than the file's.
  package init(path: String, name: String? = nil) throws(DatasetFailure) {
    let name = name ?? Directory.name(of: path)
    self.path = path
    self.name = name
    format = try ShardFormat(name: name).held(at: path)
  }

  /// The same shard at another path, for as long as that is its place.
  func moved(to path: String) -> Shard { Shard(path: path, name: name, format: format) }

  private init(path: String, name: String, format: ShardFormat) {
    self.path = path
    self.name = name
    self.format = format
  }

  /// The shards at `paths`, in that order: at least one, none twice.
  package static func list(_ paths: [String]) throws(DatasetFailure) -> [Shard] {
    if paths.isEmpty { throw .noShards }
    var shards: [Shard] = []
    for (path, name) in zip(paths, try ShardName.names(of: paths)) {
      shards.append(try Shard(path: path, name: name))
    }
    return shards
  }
}
