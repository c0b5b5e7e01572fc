internal import Files
internal import LedgerCrypto
internal import Rows
internal import Synchronization

/// Hands the chunks of a release's shards to workers, one after another, and gathers what they met.
///
/// Reading and the digest of each file run under one lock; parsing and hashing outside of it.
final class ChunkQueue: Sendable {
  /// Which chunk: the shard's place in the release, the chunk's in its shard, and among all.
  struct Place: Hashable, Comparable, Sendable {
    let shard: Int
    let ordinal: Int
    let number: Int

    static func < (a: Place, b: Place) -> Bool { a.number < b.number }
  }

  /// Takes the bytes of one file as they are read.
  private final class Hashing {
    var hasher = SHA256()
  }

  private struct Failure: Sendable {
    let place: Place
    let failure: DatasetFailure
  }

  private struct State: ~Copyable {
    var shard = 0
    var source: ByteSource?
    var hashing = Hashing()
    var number = 0
    var ordinal = 0
    var bytesBefore = 0
    var facts: [(size: Int, sha256: Digest)] = []
    /// Rows of each shard's chunks, by ordinal.
    var rows: [[Int]]
    var rowsDone: UInt64 = 0
    var isStopped = false
    var failure: Failure?
  }

  private let reader: ReleaseReader
  private let work: Work
  private let state: Mutex<State>

  init(_ reader: ReleaseReader, _ work: Work) {
    self.reader = reader
    self.work = work
    state = Mutex(State(rows: reader.parts.map { _ in [] }))
  }

  /// Reads the next chunk; `nil` when there is none, or the work is stopped.
  func next(into chunk: inout ByteSource.Chunk) -> Place? {
    state.withLock { state in
      guard !state.isStopped else { return nil }
      let place = Place(shard: state.shard, ordinal: state.ordinal, number: state.number)
      do throws(DatasetFailure) {
        if work.isCancelled() { throw .cancelled }
        return try read(&state, &chunk)
      } catch {
        state.isStopped = true
        Self.keep(error, at: place, in: &state)
        return nil
      }
    }
  }

  /// Tells that the chunk at `place` has been dealt with and had so many rows.
  func finish(_ place: Place, rows: Int) {
    state.withLock { state in
      state.rows[place.shard][place.ordinal] = rows
      state.rowsDone += UInt64(rows)
      work.progress(
        Progress(
          rows: state.rowsDone, bytes: state.bytesBefore + (state.source?.bytesRead ?? 0),
          totalBytes: reader.totalBytes))
    }
  }

  /// Stops the work; of several failures the one of the earliest chunk counts.
  func fail(_ place: Place, _ failure: DatasetFailure) {
    state.withLock { state in
      state.isStopped = true
      Self.keep(failure, at: place, in: &state)
    }
  }

  /// What is known of each shard, once all workers are done.
  ///
  /// - Throws: the failure of the earliest chunk, a row's with its place in the shard.
  func result() throws(DatasetFailure) -> [ShardFacts] {
    let result: Result<[ShardFacts], DatasetFailure> = state.withLock { state in
      if let failure = state.failure {
        return .failure(
          Self.placed(failure, state.rows[min(failure.place.shard, state.rows.count - 1)]))
      }
      var all: [ShardFacts] = []
      for (part, (facts, rows)) in zip(reader.parts, zip(state.facts, state.rows)) {
        all.append(
          ShardFacts(
            name: part.shard.name, size: facts.size, sha256: facts.sha256,
            rows: rows.reduce(0) { $0 + UInt64($1) }))
      }
      return .success(all)
    }
    return try result.get()
  }

  private func read(
    _ state: inout State, _ chunk: inout ByteSource.Chunk
  ) throws(DatasetFailure) -> Place? {
    while state.shard < reader.parts.count {
      let part = reader.parts[state.shard]
      let source: ByteSource
      if let open = state.source {
        source = open
      } else {
        let hashing = Hashing()
        source = try onDisk { () throws(FileFailure) in
          try part.shard.source(chunkSize: work.chunkSize) { hashing.hasher.update($0) }
        }
        // The columns were told from this very state of the file.
        guard source.stamp == part.stamp else { throw .file(.changed(path: part.shard.path)) }
        state.hashing = hashing
        state.source = source
      }
      if try onDisk({ () throws(FileFailure) in
        try source.next(into: &chunk, boundary: part.shard.format.boundary)
      }) {
        let place = Place(shard: state.shard, ordinal: state.ordinal, number: state.number)
        state.ordinal += 1
        state.number += 1
        state.rows[state.shard].append(0)
        return place
      }
      state.facts.append((source.size, state.hashing.hasher.digest()))
      state.bytesBefore += source.size
      state.source = nil
      state.shard += 1
      state.ordinal = 0
    }
    return nil
  }

  private static func keep(
    _ failure: DatasetFailure, at place: Place, in state: inout State
  ) {
    if let kept = state.failure, kept.place <= place { return }
    state.failure = Failure(place: place, failure: failure)
  }

  /// The rows of earlier chunks are known now: every one of them was taken before, and is done.
  private static func placed(_ failure: Failure, _ rows: [Int]) -> DatasetFailure {
    guard case .row(let shard, let error) = failure.failure else { return failure.failure }
    let before = rows.prefix(failure.place.ordinal).reduce(0, +)
    return .row(shard: shard, error.shifted(by: before))
  }
}
