internal import Files
internal import LedgerCrypto
internal import Rows

/// Reads the chunks of a release's shards, several of them at once, and counts what comes of them.
///
/// As many shards are open as there are workers, each a chunk ahead; they take turns, and where one
/// ends the next begins in its place. So pieces come in an order that no timing changes, and those of
/// one shard in theirs. What fails is noted by its place: shards that come before it are read on, for
/// one of them may fail too, and nothing else is.
struct ChunkSource: ~Copyable {
  /// What comes of reading.
  enum Piece: Sendable {
    case rows(ReleaseChunk)
    /// All rows of a shard came before.
    case end(ShardLane.End)
  }

  /// A shard that is open, and its next piece, which some core reads.
  private struct Open {
    let lane: ShardLane
    var next: Pending<Result<Piece, ReadFailure>>
  }

  private let lanes: [ShardLane]
  private let totalBytes: Int
  private let work: Work
  private let crew: Crew
  private var open: [Open] = []
  private var turn = 0
  private var begun = 0
  private var failure: ReadFailure?
  private var files: [(size: Int, sha256: Digest)]
  /// Rows of each shard so far, and bytes that were read of its file.
  private var rows: [UInt64]
  private var bytes: [Int]
  private var rowsDone: UInt64 = 0
  private var bytesDone = 0
  /// Memory of chunks that were dealt with.
  private let spares = Spares<ByteSource.Chunk>()

  init(_ reader: ReleaseReader, _ columns: ReadColumns, _ work: Work, _ crew: Crew) {
    let spares = spares
    lanes = reader.parts.enumerated().map { shard, part in
      ShardLane(part, shard: shard, columns, work, spares)
    }
    totalBytes = reader.totalBytes
    self.work = work
    self.crew = crew
    rows = Array(repeating: 0, count: lanes.count)
    bytes = Array(repeating: 0, count: lanes.count)
    files = Array(repeating: (0, .zero), count: lanes.count)
  }

  /// The next piece; `nil` when there is none.
  mutating func next() throws(DatasetFailure) -> Piece? {
    while true {
      if work.isCancelled() { throw .cancelled }
      while open.count < work.workers, begun < lanes.count, failure == nil {
        open.append(Self.opened(lanes[begun], crew))
        begun += 1
      }
      if open.isEmpty { return nil }
      if turn == open.count { turn = 0 }
      let lane = open[turn].lane
      if let failure, failure.place.shard <= lane.shard {
        open.remove(at: turn)
        continue
      }
      switch open[turn].next.take() {
      case .success(.rows(let chunk)):
        open[turn].next = lane.post(on: crew)
        turn += 1
        return .rows(chunk)
      case .success(.end(let end)):
        if begun < lanes.count, failure == nil {
          open[turn] = Self.opened(lanes[begun], crew)
          begun += 1
          turn += 1
        } else {
          open.remove(at: turn)
        }
        return .end(end)
      case .failure(let failure):
        open.remove(at: turn)
        try fail(failure.failure, at: failure.place)
      }
    }
  }

  private static func opened(_ lane: ShardLane, _ crew: Crew) -> Open {
    Open(lane: lane, next: lane.post(on: crew))
  }

  /// Whether what is at `place` is of no use, since something before it failed.
  func isPast(_ place: ChunkPlace) -> Bool { failure.map { $0.place < place } ?? false }

  /// Notes what failed at `place`, where nothing before it did.
  ///
  /// All chunks of that shard before it have been dealt with.
  mutating func fail(
    _ error: DatasetFailure, at place: ChunkPlace
  ) throws(DatasetFailure) {
    if case .cancelled = error { throw error }
    if isPast(place) { return }
    failure = ReadFailure(place: place, failure: error)
  }

  /// Takes note of a chunk that was dealt with, and its memory back.
  mutating func finish(_ chunk: consuming ReleaseChunk, rows count: Int) {
    let shard = chunk.place.shard
    rows[shard] += UInt64(count)
    rowsDone += UInt64(count)
    spares.put(chunk.bytes)
    tell(chunk.bytesRead, of: shard)
  }

  /// Takes note of a shard whose chunks were all dealt with.
  mutating func finish(_ end: ShardLane.End) {
    files[end.shard] = (end.size, end.sha256)
    tell(end.size, of: end.shard)
  }

  private mutating func tell(_ read: Int, of shard: Int) {
    bytesDone += read - bytes[shard]
    bytes[shard] = read
    work.progress(Progress(rows: rowsDone, bytes: bytesDone, totalBytes: totalBytes))
  }

  /// What failed in a chunk, with the row's place in the shard.
  ///
  /// All chunks of that shard before it have been dealt with.
  func placed(_ failure: DatasetFailure, at place: ChunkPlace) -> DatasetFailure {
    guard case .row(let name, let error) = failure else { return failure }
    return .row(shard: name, error.shifted(by: Int(rows[place.shard])))
  }

  /// What is known of each shard, once there is no next piece.
  ///
  /// - Throws: what failed first, in the release's order; ``DatasetFailure/engine(_:_:)`` for a Parquet
  ///   file that gave other rows than its footer says.
  func facts() throws(DatasetFailure) -> [ShardFacts] {
    if let failure { throw failure.failure }
    var facts: [ShardFacts] = []
    for (lane, (file, count)) in zip(lanes, zip(files, rows)) {
      if let parquet = lane.part.parquet, parquet.schema.rows != count {
        throw .engine(lane.part.shard.name, .otherRows)
      }
      facts.append(
        ShardFacts(
          name: lane.part.shard.name, size: file.size, sha256: file.sha256, rows: count))
    }
    return facts
  }
}

/// What failed, and where.
struct ReadFailure: Error {
  let place: ChunkPlace
  let failure: DatasetFailure
}
