internal import Files
package import Rows

/// The shards of a release with the way each is read into a dataset's rows.
///
/// Holds the columns and a secret, no row.
package struct ReleaseReader: Sendable {
  /// One shard, and how its columns map to the dataset's.
  struct Part: Sendable {
    let shard: Shard
    let projection: RowProjection
    let stamp: OpenFile.Stamp
    /// About how many rows it has.
    let rows: Int
    /// What a Parquet file is read with.
    let parquet: ParquetShard?
  }

  let parts: [Part]
  /// The dataset's identity columns.
  package let identity: [Column]
  /// The dataset's content columns.
  package let content: [Column]
  let secret: RowSecret?
  private let types: DeclaredTypes
  let engine: Engine

  /// The shards, in the release's order.
  package var shards: [Shard] { parts.map(\.shard) }

  /// Opens a dataset's first release, whose columns are those of all its shards.
  ///
  /// - Parameters:
  ///   - shards: the files, in order.
  ///   - identity: names of the identity columns.
  ///   - content: names of the content columns; `nil` for all columns of all shards.
  ///   - reading: what is said of the files.
  ///   - secret: the dataset's secret, when it is keyed.
  ///   - engine: what reads Parquet.
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or has not these columns.
  package init(
    registering shards: [Shard], identity: [String], content: [String]? = nil,
    reading: Reading = Reading(), secret: RowSecret? = nil, engine: Engine = Engine()
  ) throws(DatasetFailure) {
    let files = try Self.schemas(of: shards, reading.types, engine)
    let united = UnitedColumns(files.map(\.schema))
    guard !united.names.isEmpty else { throw .noColumn(shard: shards[0].name) }
    let columns: (identity: [Column], content: [Column])
    do throws(UnitedColumns.Failure) {
      columns = try united.columns(
        identity: identity, content: content, missing: reading.missing)
    } catch {
      throw Self.failure(error.error, in: shards[error.file ?? 0])
    }
    try self.init(
      files, identity: columns.identity, content: columns.content, expecting: united.names,
      isFirst: true, reading, secret, engine)
  }

  /// Opens a release of a dataset whose columns are fixed.
  ///
  /// - Parameters:
  ///   - shards: the files, in order.
  ///   - identity: the identity columns.
  ///   - content: the content columns.
  ///   - reading: what is said of the files.
  ///   - secret: the dataset's secret, when it is keyed.
  ///   - engine: what reads Parquet.
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or does not fit these columns.
  package init(
    shards: [Shard], identity: [Column], content: [Column], reading: Reading = Reading(),
    secret: RowSecret? = nil, engine: Engine = Engine()
  ) throws(DatasetFailure) {
    try self.init(
      try Self.schemas(of: shards, reading.types, engine), identity: identity, content: content,
      expecting: (identity + content).map(\.name), isFirst: false, reading, secret,
      engine)
  }

  private init(
    _ files: [File], identity: [Column], content: [Column], expecting names: [String],
    isFirst: Bool, _ reading: Reading, _ secret: RowSecret?, _ engine: Engine
  ) throws(DatasetFailure) {
    let committed = (identity + content).map(\.name)
    do throws(ColumnError) {
      try reading.types.requireAll(in: committed + files.flatMap(\.schema.names))
      try reading.missing.requireAll(in: committed)
    } catch {
      throw .declared(error)
    }
    var parts: [Part] = []
    for file in files {
      do throws(ColumnError) {
        let projection = try RowProjection(
          file: file.schema.expecting(names), identity: identity, content: content,
          missing: reading.missing, carryingOthers: !isFirst, secret: secret)
        parts.append(
          Part(
            shard: file.shard, projection: projection, stamp: file.stamp, rows: file.rows,
            parquet: file.parquet))
      } catch {
        throw Self.failure(error, in: file.shard)
      }
    }
    self.parts = parts
    self.identity = identity
    self.content = content
    self.secret = secret
    self.engine = engine
    var types = DeclaredTypes()
    for name in committed { types[name] = reading.types[name] }
    self.types = types
  }

  /// Refuses one file under two names, whose rows would count twice.
  package func requireDistinctFiles() throws(DatasetFailure) {
    var names: [[UInt64]: String] = [:]
    for part in parts {
      if let other = names.updateValue(part.shard.name, forKey: part.stamp.place) {
        throw .sameFile(other, part.shard.name)
      }
    }
  }

  /// How these files are to be read again: the types that were given for committed columns, and the
  /// columns that files lack.
  package var reading: Reading {
    let lacking = Set(parts.flatMap { $0.projection.lacking.map { Array($0.utf8) } })
    return Reading(types: types, missing: .only(Self.sorted(lacking)))
  }

  /// Columns of the files that are carried, not committed, as far as first rows show them, and `more`.
  func carried(and more: Set<[UInt8]> = []) -> [String] {
    Self.sorted(more.union(parts.flatMap { $0.projection.carried.map { Array($0.utf8) } }))
  }

  private static func sorted(_ names: Set<[UInt8]>) -> [String] {
    names.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Column.precedes)
  }

  /// The same dataset over files that hold rows of these: what no row is left of may be missing.
  func reading(_ shards: [Shard]) throws(DatasetFailure) -> ReleaseReader {
    try ReleaseReader(
      shards: shards, identity: identity, content: content,
      reading: Reading(types: types, missing: .any), secret: secret, engine: engine)
  }

  /// Bytes of all files.
  var totalBytes: Int { parts.reduce(0) { $0 &+ $1.stamp.size } }

  /// About how many rows there are, for the choice of sizes alone.
  var expectedRows: Int { parts.reduce(0) { $0 &+ $1.rows } }

  static func failure(_ error: ColumnError, in shard: Shard) -> DatasetFailure {
    switch error {
    case .missing(let name): .missingColumn(shard: shard.name, name)
    default: .columns(shard: shard.name, error)
    }
  }
}
