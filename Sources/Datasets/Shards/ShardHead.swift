internal import Files
internal import Rows

extension ReleaseReader {
  /// The most bytes from which columns and types are told: JSON Lines with longer rows tell them
  /// from fewer than 10,000.
  private static let headLimit = 256 << 20

  /// A shard and the columns that its first rows show.
  struct File {
    let shard: Shard
    let schema: FileSchema
    let stamp: OpenFile.Stamp
    /// About how many rows it has, as far as the first ones show.
    let rows: Int
    /// What a Parquet file is read with.
    let parquet: ParquetShard?
  }

  static func schemas(
    of shards: [Shard], _ types: DeclaredTypes, _ engine: Engine
  ) throws(DatasetFailure) -> [File] {
    if shards.isEmpty { throw .noShards }
    var files: [File] = []
    for shard in shards {
      if shard.format.records == .parquet {
        files.append(try parquet(shard, types, engine))
        continue
      }
      let isCSV = shard.format.records == .csv
      let (head, stamp, rows) = try head(of: shard, rows: isCSV ? 1 : FileSchema.inferenceRows)
      do throws(SchemaError) {
        let schema =
          isCSV
          ? try FileSchema(csv: head.span, types: types)
          : try FileSchema(jsonLines: head.span, types: types)
        files.append(
          File(shard: shard, schema: schema, stamp: stamp, rows: rows, parquet: nil))
      } catch {
        switch error {
        case .column(let error): throw failure(error, in: shard)
        case .row(let error): throw .row(shard: shard.name, error)
        }
      }
    }
    return files
  }

  private static func parquet(
    _ shard: Shard, _ types: DeclaredTypes, _ engine: Engine
  ) throws(DatasetFailure) -> File {
    let file = try onDisk { () throws(FileFailure) in try OpenFile(path: shard.path) }
    let schema = try ParquetSchema(of: file, named: shard.name, engine)
    do throws(ColumnError) {
      return File(
        shard: shard, schema: try FileSchema(schema, types: types), stamp: file.stamp,
        rows: Int(clamping: schema.rows),
        parquet: ParquetShard(engine: engine, schema: schema, types: types))
    } catch {
      throw failure(error, in: shard)
    }
  }

  /// The first records of a shard, at least `rows` of them when there are as many, and about how many
  /// there are.
  private static func head(
    of shard: Shard, rows: Int
  ) throws(DatasetFailure) -> ([UInt8], OpenFile.Stamp, rows: Int) {
    try onDisk { () throws(FileFailure) in
      let source = try shard.source(chunkSize: 1 << 20)
      var chunk = ByteSource.Chunk()
      var head: [UInt8] = []
      var lines = 0
      while lines < rows, head.count < headLimit,
        try source.next(into: &chunk, boundary: shard.format.boundary)
      {
        head.append(contentsOf: chunk.storage[..<chunk.count])
        chunk.withSpan { span in
          for index in span.indices where span[index] == 0x0a { lines += 1 }
        }
        if shard.format.records == .csv { break }
      }
      let bytesOfRow = max(1, source.bytesRead / max(1, lines))
      return (head, source.stamp, source.stamp.size / bytesOfRow)
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
