internal import Files
internal import LedgerCrypto
internal import Rows

/// A Parquet file without some of its rows, and with some of older files again, written by DuckDB and held against the original.
///
/// No byte of a page is kept: what stays the same are the rows with all their columns, their order, the
/// columns' names and types, the codec, the size of row groups and the key-value metadata.
struct ParquetRewrite: Sendable {
  /// The original.
  let part: ReleaseReader.Part
  let parquet: ParquetShard
  let change: ParquetChange
  let work: Work

  /// Writes `target` and reads it back.
  ///
  /// - Parameters:
  ///   - target: what is written, whole; it is then still to be sealed.
  ///   - scratch: a directory for the numbers of the rows that go.
  /// - Throws: ``DatasetFailure``; ``EngineFlaw/otherContent`` when what was written differs from what
  ///   stays in anything that is said to stay.
  func write(_ target: AtomicFile, scratch: String) throws(DatasetFailure) {
    let columns = parquet.schema.columns
    // DuckDB calls one of two names that differ in case alone otherwise.
    guard columns.allSatisfy({ $0.name.utf8.elementsEqual($0.engineName.utf8) }) else {
      throw .engine(part.shard.name, .namesAlike)
    }
    guard columns.allSatisfy({ $0.type?.isCut != true }) else {
      throw .engine(part.shard.name, .cutsTimes)
    }
    let file = try onDisk { () throws(FileFailure) in try OpenFile(path: part.shard.path) }
    guard file.stamp == part.stamp else { throw .file(.changed(path: part.shard.path)) }
    let framing = try ParquetFraming(
      of: file, named: part.shard.name, parquet.engine, isCancelled: work.isCancelled)
    let source = try ParquetStatement(self, file, scratch: scratch)
    let kept = try digest(of: file.path, change)
    // DuckDB's dictionaries take 0 and -0 for one value: then it writes without them.
    for dictionaries in [true, false] {
      let options = framing.options(dictionaries: dictionaries)
      let written = try target.write { (path) throws(DatasetFailure) in
        let command = try parquet.engine.command(source.text(to: path, options))
        try Engine.reading(part.shard.name) { () throws(FileFailure) in
          _ = try ChildOutput(command, isCancelled: work.isCancelled).readAll(limit: 1 << 16)
        }
      }
      try onDisk { () throws(FileFailure) in try written.get() }
      try checkFrame(of: target.readingPath, framing)
      if try digest(of: target.readingPath, ParquetChange()) == kept { return }
    }
    throw .engine(part.shard.name, .otherContent)
  }

  /// Holds everything but the rows themselves of what was written against the original.
  private func checkFrame(
    of path: String, _ framing: ParquetFraming
  ) throws(DatasetFailure) {
    let name = part.shard.name
    let file = try onDisk { () throws(FileFailure) in try OpenFile(path: path) }
    let schema = try ParquetSchema(
      of: file, named: name, parquet.engine, isCancelled: work.isCancelled)
    let new = try ParquetFraming(
      of: file, named: name, parquet.engine, isCancelled: work.isCancelled)
    let isSame = zip(schema.columns, parquet.schema.columns).allSatisfy { new, old in
      new.name.utf8.elementsEqual(old.name.utf8) && (old.type == nil || new.type == old.type)
    }
    guard isSame, schema.columns.count == parquet.schema.columns.count,
      schema.rows
        == parquet.schema.rows - UInt64(change.dropped.count) + UInt64(change.inserted.count),
      new.metadata == framing.metadata, schema.rows == 0 || new.codec == framing.codec
    else { throw .engine(name, .otherContent) }
  }

  /// SHA-256 of the rows of a file as a change leaves them, one line of JSON each with all columns.
  private func digest(
    of path: String, _ change: ParquetChange
  ) throws(DatasetFailure) -> Digest {
    let source = try parquet.lines(
      of: path, named: part.shard.name, Array(parquet.schema.columns.indices), work)
    var hasher = SHA256()
    var chunk = ByteSource.Chunk()
    var row: UInt64 = 0
    var dropped = change.dropped[...]
    var inserted = change.inserted[...]
    while try Engine.reading(
      part.shard.name,
      { () throws(FileFailure) in
        try source.next(into: &chunk, boundary: part.shard.format.boundary)
      })
    {
      chunk.withSpan { bytes in
        var start = 0
        while start < bytes.count {
          while let next = inserted.first, next.at <= row {
            hasher.update(next.row.bytes.span)
            inserted.removeFirst()
          }
          let end = LineBoundaries.endOfRecord(in: bytes, from: start)
          if dropped.first == row {
            dropped.removeFirst()
          } else {
            hasher.update(bytes.extracting(start..<end))
          }
          row += 1
          start = end
        }
      }
    }
    for next in inserted { hasher.update(next.row.bytes.span) }
    return hasher.digest()
  }
}
