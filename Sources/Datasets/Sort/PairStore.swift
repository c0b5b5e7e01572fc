internal import Files
internal import LedgerCrypto
internal import Synchronization

/// All pairs of a release, grouped by the first bits of the key, in memory and on disk.
///
/// Each job that is under way fills a ``Buffer``, and the next one goes on with it; a full one is
/// distributed and becomes a *run* in a file without a name, which leaves nothing behind. What the last
/// buffers hold stays in memory. Memory: at most `memory` bytes for all workers together, whatever the
/// number of rows.
final class PairStore: Sendable {
  /// Pairs on their way; changed where it is, never copied.
  struct Buffer: Sendable {
    fileprivate var pairs: [Pair] = []
    fileprivate var spare: [Pair] = []
    fileprivate var starts: [UInt32] = []
    fileprivate let capacity: Int
  }

  /// Pairs by bucket: in memory, or in the scratch file from `offset` on, the starts first.
  private enum Run: Sendable {
    case memory(pairs: [Pair], starts: [UInt32])
    case disk(offset: Int)
  }

  private struct State: ~Copyable {
    var runs: [Run] = []
    var scratch: ScratchFile?
    var counts: [Int]
  }

  /// How many leading bits of the key group the pairs, 1 … 16.
  let bits: Int
  private let directory: String
  private let capacity: Int
  private let workers: Int
  private let state: Mutex<State>
  private let buffers = Spares<Buffer>()

  /// Prepares for as many buffers as `work` has workers.
  ///
  /// - Parameters:
  ///   - work: workers and memory.
  ///   - directory: where runs go.
  ///   - expected: about how many pairs will come; it decides only how fine the groups are.
  init(_ work: Work, directory: String, expecting expected: Int) {
    self.directory = directory
    workers = work.workers
    // Each worker has its pairs and the room into which they are distributed.
    capacity = max(64, work.memory / (2 * MemoryLayout<Pair>.stride * work.workers))
    var bits = 1
    while bits < 16, expected >> bits > 8 { bits += 1 }
    self.bits = bits
    state = Mutex(State(counts: Array(repeating: 0, count: 1 << bits)))
  }

  /// A buffer that no other job has.
  func buffer() -> Buffer { buffers.take() ?? Buffer(capacity: capacity) }

  /// Leaves a buffer to the next job.
  func putBack(_ buffer: consuming Buffer) { buffers.put(buffer) }

  /// Adds a row.
  func add(_ pair: Pair, to buffer: inout Buffer) throws(DatasetFailure) {
    buffer.pairs.append(pair)
    if buffer.pairs.count >= buffer.capacity { try spill(&buffer) }
  }

  /// Keeps what the buffers hold at the end.
  func close() {
    Crew.work(width: min(workers, buffers.count)) { crew in
      (0..<buffers.count).map { _ in crew.post { self.closeBuffer() } }.forEach { $0.take() }
    }
  }

  private func closeBuffer() {
    guard var buffer = buffers.take(), !buffer.pairs.isEmpty else { return }
    distribute(&buffer)
    let run = Run.memory(pairs: buffer.spare, starts: buffer.starts)
    note(buffer.starts, run)
  }

  /// How many pairs each bucket has.
  var counts: [Int] { state.withLock { $0.counts } }

  /// How many runs went to disk.
  var runsOnDisk: Int {
    state.withLock { state in
      var count = 0
      for case .disk in state.runs { count += 1 }
      return count
    }
  }

  /// How many runs there are.
  var runCount: Int { state.withLock { $0.runs.count } }

  /// Appends the pairs of run `index` in `buckets` to `output`.
  ///
  /// The runs are complete: nothing is added any more.
  func read(
    run index: Int, buckets: Range<Int>, to output: inout [Pair]
  ) throws(DatasetFailure) {
    let (run, scratch) = state.withLock { state in (state.runs[index], state.scratch) }
    switch run {
    case .memory(let pairs, let starts):
      output.append(
        contentsOf: pairs[Int(starts[buckets.lowerBound])..<Int(starts[buckets.upperBound])])
    case .disk(let offset):
      guard let scratch else { return }
      try onDisk { () throws(FileFailure) in
        let low = try Self.start(buckets.lowerBound, of: offset, in: scratch)
        let high = try Self.start(buckets.upperBound, of: offset, in: scratch)
        let before = output.count
        output.append(contentsOf: repeatElement(Pair(), count: high - low))
        let place = offset + startsSize + low * MemoryLayout<Pair>.stride
        try scratch.read(into: &output, before..<before + high - low, from: place)
      }
    }
  }

  /// How many pairs run `index` has in `buckets`.
  func count(run index: Int, buckets: Range<Int>) throws(DatasetFailure) -> Int {
    let (run, scratch) = state.withLock { state in (state.runs[index], state.scratch) }
    switch run {
    case .memory(_, let starts):
      return Int(starts[buckets.upperBound] - starts[buckets.lowerBound])
    case .disk(let offset):
      guard let scratch else { return 0 }
      return try onDisk { () throws(FileFailure) in
        try Self.start(buckets.upperBound, of: offset, in: scratch)
          - Self.start(buckets.lowerBound, of: offset, in: scratch)
      }
    }
  }

  private var startsSize: Int { ((1 << bits) + 1) * 4 }

  private static func start(
    _ bucket: Int, of offset: Int, in scratch: ScratchFile
  ) throws(FileFailure) -> Int {
    var word: [UInt32] = [0]
    try scratch.read(into: &word, 0..<1, from: offset + bucket * 4)
    return Int(word[0])
  }

  private func distribute(_ buffer: inout Buffer) {
    let count = buffer.pairs.count
    if buffer.spare.count < count {
      buffer.spare.append(contentsOf: repeatElement(Pair(), count: count - buffer.spare.count))
    }
    PairSort.distribute(
      buffer.pairs, count: count, bits: bits, into: &buffer.spare, starts: &buffer.starts)
  }

  private func spill(_ buffer: inout Buffer) throws(DatasetFailure) {
    let count = buffer.pairs.count
    distribute(&buffer)
    buffer.pairs.removeAll(keepingCapacity: true)
    let result: Result<Void, FileFailure> = state.withLock { state in
      do throws(FileFailure) {
        let scratch: ScratchFile
        if let open = state.scratch {
          scratch = open
        } else {
          scratch = try ScratchFile(directory: directory)
          state.scratch = scratch
        }
        let offset = try scratch.append(buffer.starts.span)
        try scratch.append(buffer.spare.span.extracting(0..<count))
        state.runs.append(.disk(offset: offset))
        for bucket in 0..<1 << bits {
          state.counts[bucket] += Int(buffer.starts[bucket + 1] - buffer.starts[bucket])
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try onDisk { () throws(FileFailure) in try result.get() }
  }

  private func note(_ starts: [UInt32], _ run: Run) {
    state.withLock { state in
      state.runs.append(run)
      for bucket in 0..<1 << bits {
        state.counts[bucket] += Int(starts[bucket + 1] - starts[bucket])
      }
    }
  }
}
