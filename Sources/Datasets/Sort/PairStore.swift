internal import Files
internal import LedgerCrypto
internal import Synchronization

/// All pairs of a release, grouped by the first bits of the key, in memory and on disk.
///
/// Each job that is under way fills a buffer, and the next one goes on with it; a full one becomes a
/// *run* in a file without a name, which leaves nothing behind. What the last buffers hold stays in
/// memory. Memory: the share of it that pairs have, whatever the number of rows.
final class PairStore: Sendable {
  /// Pairs by bucket: in memory, or in the scratch file from `offset` on, the starts first.
  private enum Run: Sendable {
    case memory(PairBlocks, PairBlocks.Order)
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
  private let state: Mutex<State>
  private let buffers = Spares<PairBlocks>()

  /// Prepares for as many buffers as `work` has workers.
  ///
  /// - Parameters:
  ///   - work: workers and memory.
  ///   - directory: where runs go.
  ///   - expected: about how many pairs will come; it decides only how fine the groups are.
  init(_ work: Work, directory: String, expecting expected: Int) {
    self.directory = directory
    let block = PairBlocks.blockSize
    let shares = work.shares
    capacity = shares.pairs
    // So fine that a group can be sorted in a core's cache, and no finer than blocks fill.
    var bits = 1
    while bits < 13, expected >> bits > shares.usualGroup, capacity >> bits > 2 * block {
      bits += 1
    }
    self.bits = bits
    state = Mutex(State(counts: Array(repeating: 0, count: 1 << bits)))
  }

  /// A buffer that no other job has.
  func buffer() -> PairBlocks { buffers.take() ?? PairBlocks(bits: bits, capacity: capacity) }

  /// Leaves a buffer to the next job.
  func putBack(_ buffer: consuming PairBlocks) { buffers.put(buffer) }

  /// Adds a row.
  func add(_ pair: Pair, to buffer: inout PairBlocks) throws(DatasetFailure) {
    if buffer.add(pair) { return }
    try spill(&buffer)
    guard buffer.add(pair) else { preconditionFailure("an empty buffer has room for two blocks") }
  }

  /// Keeps what the buffers hold at the end.
  func close() {
    while let buffer = buffers.take() {
      if buffer.isEmpty { continue }
      let order = buffer.order()
      state.withLock { state in
        state.runs.append(.memory(buffer, order))
        for bucket in 0..<1 << bits { state.counts[bucket] += buffer.count(bucket, order) }
      }
    }
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
    case .memory(let blocks, let order):
      for bucket in buckets { blocks.append(bucket, order, to: &output) }
    case .disk(let offset):
      guard let scratch else { return }
      try onDisk { () throws(FileFailure) in
        let places = try places(of: buckets, at: offset, in: scratch)
        try read(places, at: offset, in: scratch, to: &output)
      }
    }
  }

  /// Gives the pairs of run `index` in `buckets` by pieces of `size` and some, in memory of their own.
  ///
  /// The runs are complete: nothing is added any more.
  func pieces(
    run index: Int, buckets: Range<Int>, of size: Int,
    _ body: (inout [Pair]) throws(DatasetFailure) -> Void
  ) throws(DatasetFailure) {
    let (run, scratch) = state.withLock { state in (state.runs[index], state.scratch) }
    var piece: [Pair] = []
    func give() throws(DatasetFailure) {
      if piece.isEmpty { return }
      try body(&piece)
      piece.removeAll(keepingCapacity: true)
    }
    switch run {
    case .memory(let blocks, let order):
      for bucket in buckets {
        try blocks.each(bucket, order) { (block) throws(DatasetFailure) in
          piece.append(contentsOf: block)
          if piece.count >= size { try give() }
        }
      }
    case .disk(let offset):
      guard let scratch else { return }
      let stored = try onDisk { () throws(FileFailure) in
        try places(of: buckets, at: offset, in: scratch)
      }
      for first in stride(from: stored.lowerBound, to: stored.upperBound, by: size) {
        try onDisk { () throws(FileFailure) in
          try read(
            first..<min(first + size, stored.upperBound), at: offset, in: scratch, to: &piece)
        }
        try give()
      }
    }
    try give()
  }

  /// The places of some buckets' pairs among those of the run at `offset`.
  private func places(
    of buckets: Range<Int>, at offset: Int, in scratch: ScratchFile
  ) throws(FileFailure) -> Range<Int> {
    let low = try Self.start(buckets.lowerBound, of: offset, in: scratch)
    return low..<(try Self.start(buckets.upperBound, of: offset, in: scratch))
  }

  private func read(
    _ places: Range<Int>, at offset: Int, in scratch: ScratchFile, to output: inout [Pair]
  ) throws(FileFailure) {
    let before = output.count
    output.append(contentsOf: repeatElement(Pair(), count: places.count))
    let place = offset + startsSize + places.lowerBound * MemoryLayout<Pair>.stride
    try scratch.read(into: &output, before..<before + places.count, from: place)
  }

  private var startsSize: Int { ((1 << bits) + 1) * 4 }

  private static func start(
    _ bucket: Int, of offset: Int, in scratch: ScratchFile
  ) throws(FileFailure) -> Int {
    var word: [UInt32] = [0]
    try scratch.read(into: &word, 0..<1, from: offset + bucket * 4)
    return Int(word[0])
  }

  private func spill(_ buffer: inout PairBlocks) throws(DatasetFailure) {
    let order = buffer.order()
    let counts = (0..<1 << bits).map { buffer.count($0, order) }
    let result: Result<Void, FileFailure> = state.withLock { state in
      do throws(FileFailure) {
        let scratch: ScratchFile
        if let open = state.scratch {
          scratch = open
        } else {
          scratch = try ScratchFile(directory: directory)
          state.scratch = scratch
        }
        state.runs.append(.disk(offset: try Self.write(buffer, order, counts, to: scratch)))
        for bucket in 0..<1 << bits { state.counts[bucket] += counts[bucket] }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try onDisk { () throws(FileFailure) in try result.get() }
    buffer.removeAll()
  }

  /// Writes a run; gives where it begins.
  private static func write(
    _ buffer: borrowing PairBlocks, _ order: PairBlocks.Order, _ counts: [Int],
    to scratch: ScratchFile
  ) throws(FileFailure) -> Int {
    var starts: [UInt32] = [0]
    for count in counts { starts.append(starts[starts.count - 1] + UInt32(count)) }
    let offset = try scratch.append(starts.span)
    var pairs: [Pair] = []
    for bucket in counts.indices {
      try buffer.each(bucket, order) { (block) throws(FileFailure) in
        pairs.append(contentsOf: block)
        if pairs.count < 1 << 12 { return }
        try scratch.append(pairs.span)
        pairs.removeAll(keepingCapacity: true)
      }
    }
    try scratch.append(pairs.span)
    return offset
  }
}
