internal import Files

extension ReleaseReader {
  /// Reads all chunks of all shards, several shards at once, works on several chunks at once, and takes
  /// what was found, of each shard in its chunks' order.
  ///
  /// Memory: three chunks a worker, and what `read` gives of each.
  ///
  /// - Parameters:
  ///   - columns: which columns are needed.
  ///   - work: threads and the caller's say.
  ///   - read: takes one chunk, on any thread; gives how many rows it had, and what it found.
  ///   - take: told what was found in each chunk, on the caller's thread; the chunk's bytes are still
  ///     there. Chunks of one shard come in order, between them others of other shards.
  ///   - end: told each shard whose chunks have all been taken, by its place.
  /// - Returns: what is known of each shard.
  /// - Throws: what failed first in the release's order, a row's failure with its place in the shard.
  func scan<Found: Sendable>(
    _ columns: ReadColumns, _ work: Work,
    _ read: @escaping @Sendable (ReleaseChunk) throws(DatasetFailure) -> (rows: Int, found: Found),
    take: (Found, ReleaseChunk) throws(DatasetFailure) -> Void = { _, _ in },
    end: (Int) throws(DatasetFailure) -> Void = { _ in }
  ) throws(DatasetFailure) -> [ShardFacts] {
    try Crew.work(width: work.workers) { (crew) throws(DatasetFailure) in
      var source = ChunkSource(self, columns, work, crew)
      try crew.inOrder(
        next: { () throws(DatasetFailure) in try source.next() },
        work: { (piece) throws(DatasetFailure) in ReadPiece(piece, read) },
        take: { (done) throws(DatasetFailure) in
          if source.isPast(done.place) { return }
          do throws(DatasetFailure) {
            switch done {
            case .rows(let chunk, let result):
              let found = try result.get()
              try take(found.found, chunk)
              source.finish(chunk, rows: found.rows)
            case .end(let shard):
              try end(shard.shard)
              source.finish(shard)
            }
          } catch {
            try source.fail(source.placed(error, at: done.place), at: done.place)
          }
        })
      return try source.facts()
    }
  }
}

/// A piece of a shard, and what came of it; a chunk's memory is used again.
private enum ReadPiece<Found: Sendable>: Sendable {
  case rows(ReleaseChunk, Result<(rows: Int, found: Found), DatasetFailure>)
  case end(ShardLane.End)

  init(
    _ piece: ChunkSource.Piece,
    _ read: (ReleaseChunk) throws(DatasetFailure) -> (rows: Int, found: Found)
  ) {
    switch piece {
    case .rows(let chunk):
      self = .rows(chunk, Result { () throws(DatasetFailure) in try read(chunk) })
    case .end(let shard):
      self = .end(shard)
    }
  }

  var place: ChunkPlace {
    switch self {
    case .rows(let chunk, _): chunk.place
    case .end(let end): ChunkPlace(shard: end.shard, ordinal: .max)
    }
  }
}
