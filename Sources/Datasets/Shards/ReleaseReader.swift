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
  }

  let parts: [Part]
  /// The dataset's identity columns.
  package let identity: [Column]
  /// The dataset's content columns.
  package let content: [Column]
  private let secret: RowSecret?
  private let types: DeclaredTypes

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
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or has not these columns.
  package init(
    registering shards: [Shard], identity: [String], content: [String]? = nil,
    reading: Reading = Reading(), secret: RowSecret? = nil
  ) throws(DatasetFailure) {
    let files = try Self.schemas(of: shards, reading.types)
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
      isFirst: true, reading, secret)
  }

  /// Opens a release of a dataset whose columns are fixed.
  ///
  /// - Parameters:
  ///   - shards: the files, in order.
  ///   - identity: the identity columns.
  ///   - content: the content columns.
  ///   - reading: what is said of the files.
  ///   - secret: the dataset's secret, when it is keyed.
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or does not fit these columns.
  package init(
    shards: [Shard], identity: [Column], content: [Column], reading: Reading = Reading(),
    secret: RowSecret? = nil
  ) throws(DatasetFailure) {
    try self.init(
      try Self.schemas(of: shards, reading.types), identity: identity, content: content,
      expecting: (identity + content).map(\.name), isFirst: false, reading, secret)
  }

  private init(
    _ files: [File], identity: [Column], content: [Column], expecting names: [String],
    isFirst: Bool, _ reading: Reading, _ secret: RowSecret?
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
        parts.append(Part(shard: file.shard, projection: projection, stamp: file.stamp))
      } catch {
        throw Self.failure(error, in: file.shard)
      }
    }
    self.parts = parts
    self.identity = identity
    self.content = content
    self.secret = secret
    var types = DeclaredTypes()
    for name in committed { types[name] = reading.types[name] }
    self.types = types
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
      reading: Reading(types: types, missing: .any), secret: secret)
  }

  /// Bytes of all files.
  var totalBytes: Int { parts.reduce(0) { $0 &+ $1.stamp.size } }

  /// About how many rows there are, for the choice of sizes alone.
  var expectedRows: Int {
    parts.reduce(0) { $0 &+ $1.stamp.size / ($1.shard.format.packing == .plain ? 100 : 25) }
  }

  private static func failure(_ error: ColumnError, in shard: Shard) -> DatasetFailure {
    switch error {
    case .missing(let name): .missingColumn(shard: shard.name, name)
    default: .columns(shard: shard.name, error)
    }
  }

  /// The most bytes from which columns and types are told: JSON Lines with longer rows tell them
  /// from fewer than 10,000.
  private static let headLimit = 256 << 20

  /// A shard and the columns that its first rows show.
  private struct File {
    let shard: Shard
    let schema: FileSchema
    let stamp: OpenFile.Stamp
  }

  private static func schemas(
    of shards: [Shard], _ types: DeclaredTypes
  ) throws(DatasetFailure) -> [File] {
    if shards.isEmpty { throw .noShards }
    var files: [File] = []
    for shard in shards {
      let isCSV = shard.format.records == .csv
      let (head, stamp) = try head(of: shard, rows: isCSV ? 1 : FileSchema.inferenceRows)
      do throws(SchemaError) {
        let schema =
          isCSV
          ? try FileSchema(csv: head.span, types: types)
          : try FileSchema(jsonLines: head.span, types: types)
        files.append(File(shard: shard, schema: schema, stamp: stamp))
      } catch {
        switch error {
        case .column(let error): throw failure(error, in: shard)
        case .row(let error): throw .row(shard: shard.name, error)
        }
      }
    }
    return files
  }

  /// The first records of a shard, at least `rows` of them when there are as many.
  private static func head(
    of shard: Shard, rows: Int
  ) throws(DatasetFailure) -> ([UInt8], OpenFile.Stamp) {
    try onDisk { () throws(FileFailure) in
      let source = try shard.source(chunkSize: 1 << 20)
      var chunk = ByteSource.Chunk()
      var head: [UInt8] = []
      var lines = 0
      while lines < rows, head.count < headLimit,
        try source.next(into: &chunk, boundary: shard.format.boundary)
      {
        head.append(contentsOf: chunk.storage[..<chunk.count])
        if shard.format.records == .csv { break }
        chunk.withSpan { span in
          for index in span.indices where span[index] == 0x0a { lines += 1 }
        }
      }
      return (head, source.stamp)
    }
  }
}

extension Shard {
  /// Opens the file for reading by chunks.
  func source(
    chunkSize: Int, tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(FileFailure) -> ByteSource {
    try ByteSource(
      path: path, packing: format.packing, chunkSize: chunkSize,
      maxRecord: RowReader.maximumRecordLength, tap: tap)
  }
}

extension ShardFormat {
  /// The length of the longest prefix of `bytes` that holds only whole records.
  ///
  /// CSV: the end of the last line feed with an even number of quotes before it.
  func boundary(_ bytes: Span<UInt8>) -> Int {
    // No quote counts in JSON Lines: a line feed always ends the record.
    let isCSV = records == .csv
    var isInside = isCSV && ByteCount.isOdd(of: UInt8(ascii: "\""), in: bytes)
    var end = bytes.count
    while end > 0 {
      let byte = bytes[end - 1]
      if isCSV, byte == UInt8(ascii: "\"") { isInside.toggle() }
      if byte == 0x0a, !isInside { return end }
      end -= 1
    }
    return 0
  }
}
