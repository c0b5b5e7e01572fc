internal import Files
internal import LedgerCrypto
internal import Rows
internal import Synchronization

/// Which chunk: the shard's place in the release, and the chunk's in its shard.
struct ChunkPlace: Hashable, Comparable, Sendable {
  let shard: Int
  let ordinal: Int

  static func < (a: ChunkPlace, b: ChunkPlace) -> Bool {
    (a.shard, a.ordinal) < (b.shard, b.ordinal)
  }
}

/// Some whole rows of a shard.
struct ReleaseChunk: Sendable {
  let place: ChunkPlace
  let part: ReleaseReader.Part
  let bytes: ByteSource.Chunk
  /// What was read of the file before this chunk was, hashed.
  let hashedBefore: SHA256
  /// Bytes of the file that were read with it, compressed or not.
  let bytesRead: Int

  /// A reader of the rows, past the header when the chunk begins with it.
  func reader() -> RowReader {
    RowReader(part.projection, at: place.ordinal == 0 ? part.projection.file.dataStart : 0)
  }
}

/// Reads one shard, chunk after chunk, each on whichever thread.
final class ShardLane: Sendable {
  /// A shard whose chunks have all been read.
  struct End: Sendable {
    let shard: Int
    /// Bytes of the file.
    let size: Int
    let sha256: Digest
  }

  /// Takes the bytes of the file as they are read.
  private final class Hashing {
    var hasher = SHA256()
  }

  private struct State: ~Copyable {
    var source: ByteSource?
    var hashing = Hashing()
    var ordinal = 0
  }

  let part: ReleaseReader.Part
  let shard: Int
  private let columns: ReadColumns
  private let work: Work
  private let spares: Spares<ByteSource.Chunk>
  private let state = Mutex(State())

  init(
    _ part: ReleaseReader.Part, shard: Int, _ columns: ReadColumns, _ work: Work,
    _ spares: Spares<ByteSource.Chunk>
  ) {
    self.part = part
    self.shard = shard
    self.columns = columns
    self.work = work
    self.spares = spares
  }

  /// Has a core read the next piece; the one before it has been read.
  func post(on crew: Crew) -> Pending<Result<ChunkSource.Piece, ReadFailure>> {
    crew.post { Result { () throws(ReadFailure) in try self.next() } }
  }

  private func next() throws(ReadFailure) -> ChunkSource.Piece {
    try state.withLock { state throws(ReadFailure) in
      do throws(DatasetFailure) {
        if work.isCancelled() { throw .cancelled }
        return try next(&state)
      } catch {
        state.source = nil
        throw ReadFailure(
          place: ChunkPlace(shard: shard, ordinal: state.ordinal), failure: error)
      }
    }
  }

  private func next(_ state: inout State) throws(DatasetFailure) -> ChunkSource.Piece {
    let source = try opened(&state)
    var chunk = spares.take() ?? ByteSource.Chunk()
    let hashedBefore = state.hashing.hasher
    let isThere = try Engine.reading(part.shard.name) { () throws(FileFailure) in
      try source.next(into: &chunk, boundary: part.shard.format.boundary)
    }
    guard isThere else {
      spares.put(chunk)
      state.source = nil
      return .end(
        End(shard: shard, size: source.size, sha256: state.hashing.hasher.digest()))
    }
    defer { state.ordinal += 1 }
    return .rows(
      ReleaseChunk(
        place: ChunkPlace(shard: shard, ordinal: state.ordinal), part: part, bytes: chunk,
        hashedBefore: hashedBefore, bytesRead: source.bytesRead))
  }

  private func opened(_ state: inout State) throws(DatasetFailure) -> ByteSource {
    if let source = state.source { return source }
    let hashing = Hashing()
    let source = try part.source(part.places(columns, shard: shard), work) {
      hashing.hasher.update($0)
    }
    // The columns were told from this very state of the file.
    guard source.stamp == part.stamp else { throw .file(.changed(path: part.shard.path)) }
    state.hashing = hashing
    state.source = source
    return source
  }
}
