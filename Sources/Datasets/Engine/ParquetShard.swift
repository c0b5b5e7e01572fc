internal import Files
internal import Rows

/// Which columns of a shard are read, where leaving some out is of use.
enum ReadColumns: Sendable {
  /// Those that identify rows.
  case identity
  /// Those that are committed.
  case committed
  /// Those and others, for each shard by their places in its file.
  case also([[Int]])
  /// All.
  case all
}

/// A Parquet file and what reads it.
struct ParquetShard: Sendable {
  let engine: Engine
  let schema: ParquetSchema
  /// What columns are said to be.
  let types: DeclaredTypes

  /// The statement that writes some columns of the file at `path`, each called by its place.
  func select(_ places: [Int], from path: String) -> String {
    let columns = places.map { "\(expression(schema.columns[$0])) AS \"\($0)\"" }
    return """
      COPY (SELECT \(columns.joined(separator: ", ")) FROM \(ParquetSchema.source(path)))
      TO '/dev/stdout' (FORMAT json);

      """
  }

  /// Opens a file of these columns for reading by chunks of lines.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - shard: what it is called.
  ///   - columns: the places of the columns that are read.
  ///   - work: sizes, and the caller's say.
  ///   - tap: sees every byte of the file as it lies on disk, in order.
  /// - Returns: the rows, one JSON object a line.
  /// - Throws: ``DatasetFailure`` when the file cannot be opened, or the program not be started.
  func lines(
    of path: String, named shard: String, _ columns: [Int], _ work: Work,
    tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(DatasetFailure) -> ByteSource {
    // Looked for outside of the closure, for its failures are of other kinds.
    let command = try engine.command("")
    return try Engine.reading(shard) { () throws(FileFailure) in
      try ByteSource(
        path: path,
        toldBy: { path in
          var command = command
          command.input += select(columns, from: path).utf8
          return command
        }, chunkSize: work.chunkSize, maxRecord: RowReader.maximumRecordLength,
        isCancelled: work.isCancelled, tap: tap)
    }
  }

  private func expression(_ column: ParquetSchema.Column) -> String {
    let name = Engine.quoted(name: column.engineName)
    return column.type?.expression(name, declared: types[column.name]) ?? name
  }
}

extension ReleaseReader.Part {
  /// Opens the file for reading by chunks.
  ///
  /// - Parameters:
  ///   - columns: what a Parquet file gives; other files give all.
  ///   - work: sizes, and the caller's say.
  ///   - tap: sees every byte of the file as it lies on disk, in order.
  /// - Returns: its records.
  /// - Throws: ``DatasetFailure`` when it cannot be opened.
  func source(
    _ columns: [Int], _ work: Work, tap: ((Span<UInt8>) -> Void)? = nil
  ) throws(DatasetFailure) -> ByteSource {
    guard let parquet else {
      return try onDisk { () throws(FileFailure) in
        try shard.source(chunkSize: work.chunkSize, tap: tap)
      }
    }
    return try parquet.lines(of: shard.path, named: shard.name, columns, work, tap: tap)
  }

  /// The places of some columns in the file, which is the shard of that place in its release.
  func places(_ columns: ReadColumns, shard: Int) -> [Int] {
    switch columns {
    case .all: Array(projection.file.names.indices)
    case .identity: projection.identityPlaces
    case .committed: projection.committedPlaces
    case .also(let more): Set(projection.committedPlaces + more[shard]).sorted()
    }
  }
}
