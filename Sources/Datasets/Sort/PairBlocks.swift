/// Pairs by bucket: those of one lie together in blocks, which stand in the order in which they were
/// begun.
///
/// Each pair goes straight to its place, so that nothing is distributed afterwards.
struct PairBlocks: Sendable {
  /// Pairs of a block.
  static let blockSize = 32

  private let bits: Int
  private let capacity: Int
  private var pairs: [Pair] = []
  /// The bucket of each block.
  private var owners: [UInt16] = []
  /// For each bucket where its next pair goes: a multiple of the block's size when no block has room.
  private var places: [Int]

  /// Makes room for `capacity` pairs in 2^`bits` buckets, at most 2^16; what is not used costs addresses
  /// alone.
  init(bits: Int, capacity: Int) {
    self.bits = bits
    self.capacity = capacity
    places = Array(repeating: 0, count: 1 << bits)
    pairs.reserveCapacity(capacity)
  }

  var isEmpty: Bool { pairs.isEmpty }

  /// Adds a pair; gives `false` where it needs a block and there is no room for one.
  mutating func add(_ pair: Pair) -> Bool {
    let bucket = pair.bucket(bits)
    var place = places[bucket]
    if place.isMultiple(of: Self.blockSize) {
      guard pairs.count + Self.blockSize <= capacity else { return false }
      place = pairs.count
      owners.append(UInt16(truncatingIfNeeded: bucket))
      pairs.append(contentsOf: repeatElement(Pair(), count: Self.blockSize))
    }
    pairs[place] = pair
    places[bucket] = place + 1
    return true
  }

  /// Starts anew in the same memory.
  mutating func removeAll() {
    pairs.removeAll(keepingCapacity: true)
    owners.removeAll(keepingCapacity: true)
    for bucket in places.indices { places[bucket] = 0 }
  }

  /// The blocks in the order of their buckets.
  struct Order: Sendable {
    fileprivate var blocks: [UInt32]
    /// Where each bucket's blocks begin, and the end.
    fileprivate var starts: [UInt32]
  }

  func order() -> Order {
    var starts = [UInt32](repeating: 0, count: (1 << bits) + 1)
    for owner in owners { starts[Int(owner) + 1] += 1 }
    for bucket in 0..<1 << bits { starts[bucket + 1] += starts[bucket] }
    var next = starts
    var blocks = [UInt32](repeating: 0, count: owners.count)
    for (block, owner) in owners.enumerated() {
      blocks[Int(next[Int(owner)])] = UInt32(truncatingIfNeeded: block)
      next[Int(owner)] += 1
    }
    return Order(blocks: blocks, starts: starts)
  }

  /// How many pairs a bucket has.
  func count(_ bucket: Int, _ order: Order) -> Int {
    let blocks = Int(order.starts[bucket + 1] - order.starts[bucket])
    return blocks == 0 ? 0 : (blocks - 1) * Self.blockSize + inLastBlock(bucket)
  }

  /// Appends the pairs of a bucket to `output`.
  func append(_ bucket: Int, _ order: Order, to output: inout [Pair]) {
    each(bucket, order) { output.append(contentsOf: $0) }
  }

  /// Gives the pairs of a bucket block by block.
  func each<Failure>(
    _ bucket: Int, _ order: Order, _ body: (ArraySlice<Pair>) throws(Failure) -> Void
  ) throws(Failure) {
    let end = Int(order.starts[bucket + 1])
    for index in Int(order.starts[bucket])..<end {
      let first = Int(order.blocks[index]) * Self.blockSize
      let count = index + 1 == end ? inLastBlock(bucket) : Self.blockSize
      try body(pairs[first..<first + count])
    }
  }

  /// How many pairs the last block of a bucket has, which has one.
  private func inLastBlock(_ bucket: Int) -> Int {
    (places[bucket] + Self.blockSize - 1) % Self.blockSize + 1
  }
}
