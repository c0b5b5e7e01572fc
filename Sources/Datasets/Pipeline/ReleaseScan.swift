internal import Files

extension ReleaseReader {
  /// Reads all chunks of all shards, works on several at once, and takes what was found in their order.
  ///
  /// Memory: two chunks a worker, and what `read` gives of each.
  ///
  /// - Parameters:
  ///   - columns: which columns are needed.
  ///   - work: threads and the caller's say.
  ///   - read: takes one chunk, on any thread; gives how many rows it had, and what it found.
  ///   - take: told what was found in each chunk, in order, on the caller's thread; the chunk's bytes are
  ///     still there.
  /// - Returns: what is known of each shard.
  /// - Throws: the failure of the earliest chunk, a row's with its place in the shard.
  func scan<Found: Sendable>(
    _ columns: ReadColumns, _ work: Work,
    _ read: @escaping @Sendable (ReleaseChunk) throws(DatasetFailure) -> (rows: Int, found: Found),
    take: (Found, ReleaseChunk) throws(DatasetFailure) -> Void = { _, _ in }
  ) throws(DatasetFailure) -> [ShardFacts] {
    var source = ChunkSource(self, columns, work)
    try Crew.work(width: work.workers) { (crew) throws(DatasetFailure) in
      try crew.inOrder(
        next: { () throws(DatasetFailure) in try source.next() },
        work: { (chunk) throws(DatasetFailure) in ReadChunk(chunk, read) },
        take: { (done) throws(DatasetFailure) in
          let found: (rows: Int, found: Found)
          do throws(DatasetFailure) {
            found = try done.result.get()
          } catch {
            throw source.placed(error, at: done.chunk.place)
          }
          try take(found.found, done.chunk)
          source.finish(done.chunk, rows: found.rows)
        })
    }
    return try source.facts()
  }
}

/// A chunk, whose memory is used again, and what came of it.
private struct ReadChunk<Found: Sendable>: Sendable {
  let chunk: ReleaseChunk
  let result: Result<(rows: Int, found: Found), DatasetFailure>

  init(
    _ chunk: ReleaseChunk,
    _ read: (ReleaseChunk) throws(DatasetFailure) -> (rows: Int, found: Found)
  ) {
    self.chunk = chunk
    result = Result { () throws(DatasetFailure) in try read(chunk) }
  }
}
