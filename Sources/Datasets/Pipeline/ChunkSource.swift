internal import Files
internal import LedgerCrypto
internal import Rows

/// Which chunk: the shard's place in the release, and the chunk's in its shard.
struct ChunkPlace: Hashable, Sendable {
  let shard: Int
  let ordinal: Int
}

/// Some whole rows of a shard.
struct ReleaseChunk: Sendable {
  let place: ChunkPlace
  let part: ReleaseReader.Part
  let bytes: ByteSource.Chunk
  /// What was read of the file before this chunk was, hashed.
  let hashedBefore: SHA256

  /// A reader of the rows, past the header when the chunk begins with it.
  func reader() -> RowReader {
    RowReader(part.projection, at: place.ordinal == 0 ? part.projection.file.dataStart : 0)
  }
}

/// Reads the chunks of a release's shards, one after another, and counts what comes of them.
struct ChunkSource: ~Copyable {
  /// Takes the bytes of one file as they are read.
  private final class Hashing {
    var hasher = SHA256()
  }

  private let parts: [ReleaseReader.Part]
  private let totalBytes: Int
  private let work: Work
  private let columns: ReadColumns
  private var shard = 0
  private var ordinal = 0
  private var source: ByteSource?
  private var hashing = Hashing()
  private var bytesBefore = 0
  private var files: [(size: Int, sha256: Digest)] = []
  /// Rows of each shard so far.
  private var rows: [UInt64]
  private var rowsDone: UInt64 = 0
  /// Memory of chunks that were dealt with.
  private var spare: [ByteSource.Chunk] = []

  init(_ reader: ReleaseReader, _ columns: ReadColumns, _ work: Work) {
    self.columns = columns
    parts = reader.parts
    totalBytes = reader.totalBytes
    self.work = work
    rows = Array(repeating: 0, count: parts.count)
  }

  /// Reads the next chunk; `nil` when there is none.
  mutating func next() throws(DatasetFailure) -> ReleaseChunk? {
    if work.isCancelled() { throw .cancelled }
    while shard < parts.count {
      let part = parts[shard]
      let source = try opened(part)
      var chunk = spare.popLast() ?? ByteSource.Chunk()
      let hashedBefore = hashing.hasher
      if try Engine.reading(
        part.shard.name,
        { () throws(FileFailure) in
          try source.next(into: &chunk, boundary: part.shard.format.boundary)
        })
      {
        defer { ordinal += 1 }
        return ReleaseChunk(
          place: ChunkPlace(shard: shard, ordinal: ordinal), part: part, bytes: chunk,
          hashedBefore: hashedBefore)
      }
      spare.append(chunk)
      files.append((source.size, hashing.hasher.digest()))
      bytesBefore += source.size
      self.source = nil
      shard += 1
      ordinal = 0
    }
    return nil
  }

  private mutating func opened(_ part: ReleaseReader.Part) throws(DatasetFailure) -> ByteSource {
    if let source { return source }
    let hashing = Hashing()
    let source = try part.source(part.places(columns, shard: shard), work) {
      hashing.hasher.update($0)
    }
    // The columns were told from this very state of the file.
    guard source.stamp == part.stamp else { throw .file(.changed(path: part.shard.path)) }
    self.hashing = hashing
    self.source = source
    return source
  }

  /// Takes note of a chunk that was dealt with, and its memory back; chunks come in their order.
  mutating func finish(_ chunk: consuming ReleaseChunk, rows count: Int) {
    rows[chunk.place.shard] += UInt64(count)
    rowsDone += UInt64(count)
    spare.append(chunk.bytes)
    work.progress(
      Progress(
        rows: rowsDone, bytes: bytesBefore + (source?.bytesRead ?? 0), totalBytes: totalBytes))
  }

  /// What failed in the chunk at `place`, with the row's place in the shard.
  ///
  /// All chunks before it have been dealt with.
  func placed(_ failure: DatasetFailure, at place: ChunkPlace) -> DatasetFailure {
    guard case .row(let name, let error) = failure else { return failure }
    return .row(shard: name, error.shifted(by: Int(rows[place.shard])))
  }

  /// What is known of each shard, once there is no next chunk.
  ///
  /// - Throws: ``DatasetFailure/engine(_:_:)`` for a Parquet file that gave other rows than its footer says.
  func facts() throws(DatasetFailure) -> [ShardFacts] {
    for (part, count) in zip(parts, rows) {
      if let parquet = part.parquet, parquet.schema.rows != count {
        throw .engine(part.shard.name, .otherRows)
      }
    }
    return zip(parts, zip(files, rows)).map { part, found in
      ShardFacts(
        name: part.shard.name, size: found.0.size, sha256: found.0.sha256, rows: found.1)
    }
  }
}
