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

  /// Opens a dataset's first release, whose first shard tells the types.
  ///
  /// - Parameters:
  ///   - shards: the files, in order.
  ///   - identity: names of the identity columns.
  ///   - content: names of the content columns; `nil` for all columns of the first shard.
  ///   - types: types given for columns.
  ///   - secret: the dataset's secret, when it is keyed.
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or has not these columns.
  package init(
    registering shards: [Shard], identity: [String], content: [String]? = nil,
    types: DeclaredTypes = [:], secret: RowSecret? = nil
  ) throws(DatasetFailure) {
    guard let first = shards.first else { throw .noShards }
    let (schema, _) = try Self.schema(of: first, types: types, known: [])
    let projection: RowProjection
    do throws(ColumnError) {
      projection = try RowProjection(
        registering: schema, identity: identity, content: content, secret: secret)
    } catch {
      throw Self.failure(error, in: first)
    }
    try self.init(
      shards: shards, identity: projection.identity, content: projection.content, types: types,
      secret: secret)
  }

  /// Opens a release of a dataset whose columns are fixed.
  ///
  /// - Parameters:
  ///   - shards: the files, in order.
  ///   - identity: the identity columns.
  ///   - content: the content columns.
  ///   - types: types given for columns of the files.
  ///   - secret: the dataset's secret, when it is keyed.
  /// - Throws: ``DatasetFailure`` for a shard that cannot be read or does not fit these columns.
  package init(
    shards: [Shard], identity: [Column], content: [Column], types: DeclaredTypes = [:],
    secret: RowSecret? = nil
  ) throws(DatasetFailure) {
    if shards.isEmpty { throw .noShards }
    var parts: [Part] = []
    for shard in shards {
      let (schema, stamp) = try Self.schema(of: shard, types: types, known: identity + content)
      do throws(ColumnError) {
        let projection = try RowProjection(
          file: schema, identity: identity, content: content, secret: secret)
        parts.append(Part(shard: shard, projection: projection, stamp: stamp))
      } catch {
        throw Self.failure(error, in: shard)
      }
    }
    self.parts = parts
    self.identity = identity
    self.content = content
    self.types = types
    self.secret = secret
  }

  /// The same dataset over other files.
  func reading(_ shards: [Shard]) throws(DatasetFailure) -> ReleaseReader {
    try ReleaseReader(
      shards: shards, identity: identity, content: content, types: types, secret: secret)
  }

  /// Bytes of all files.
  var totalBytes: Int { parts.reduce(0) { $0 &+ $1.stamp.size } }

  /// About how many rows there are, for the choice of sizes alone.
  var expectedRows: Int {
    parts.reduce(0) { $0 &+ $1.stamp.size / ($1.shard.format.isGzip ? 25 : 100) }
  }

  private static func failure(_ error: ColumnError, in shard: Shard) -> DatasetFailure {
    if case .missing(let name) = error { return .missingColumn(shard: shard.name, name) }
    return .columns(shard: shard.name, error)
  }

  /// The most bytes from which columns and types are told: JSON Lines with longer rows tell them
  /// from fewer than 10,000.
  private static let headLimit = 256 << 20

  private static func schema(
    of shard: Shard, types: DeclaredTypes, known: [Column]
  ) throws(DatasetFailure) -> (FileSchema, OpenFile.Stamp) {
    let isCSV = shard.format.records == .csv
    // A type given for the dataset need not stand in each of its files.
    let (head, stamp) = try head(of: shard, rows: isCSV ? 1 : FileSchema.inferenceRows)
    do throws(SchemaError) {
      let schema =
        isCSV
        ? try FileSchema(csv: head.span, types: types)
        : try FileSchema(jsonLines: head.span, types: types, known: known)
      return (schema, stamp)
    } catch {
      switch error {
      case .column(.none): throw .noColumn(shard: shard.name)
      case .column(let error): throw failure(error, in: shard)
      case .row(let error): throw .row(shard: shard.name, error)
      }
    }
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
      path: path, isGzip: format.isGzip, chunkSize: chunkSize,
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
