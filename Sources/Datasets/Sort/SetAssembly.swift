internal import Files
internal import LedgerCrypto
internal import SetCommitment

/// Turns stored pairs into a release's root and index: by groups of buckets, on all workers.
///
/// A group is read from every run, sorted and hashed by one worker; the parts are put together in
/// order. A group that does not fit a worker's memory, which takes many rows of one key, is merged
/// from sorted runs instead, in constant memory.
struct SetAssembly {
  private let store: PairStore
  private let work: Work
  private let scratch: String
  private let groupBits: Int
  private let counts: [Int]

  /// Prepares for all pairs in `store`.
  init(_ store: PairStore, _ work: Work, scratch: String) {
    self.store = store
    self.work = work
    self.scratch = scratch
    counts = store.counts
    groupBits = Self.groupBits(of: counts.reduce(0, +), atMost: store.bits, work)
  }

  /// How many bits of the keys tell the groups of so many rows apart.
  static func groupBits(of rows: Int, atMost limit: Int, _ work: Work) -> Int {
    let usual = work.shares.usualGroup
    var bits = 0
    while bits < limit, rows >> bits > usual { bits += 1 }
    return bits
  }

  /// The root, and the sealed index file when `path` is given.
  func run(index path: String?) throws(DatasetFailure) -> IndexResult {
    let writer = try IndexWriter(.release, bits: groupBits, path: path, scratch: scratch)
    let spares = Spares<Rooms>()
    var groups = (0..<1 << groupBits).makeIterator()
    try Crew.work(width: work.workers) { (crew) throws(DatasetFailure) in
      try crew.inOrder(
        next: { () throws(DatasetFailure) in
          if work.isCancelled() { throw .cancelled }
          return groups.next()
        },
        work: { (group) throws(DatasetFailure) in
          var rooms = spares.take() ?? Rooms()
          let part = try build(group, &rooms.pairs, &rooms.scratch)
          spares.put(rooms)
          return part
        },
        take: { (part) throws(DatasetFailure) in try writer.append(part) })
    }
    return try writer.finish()
  }

  /// Where a group is sorted.
  private struct Rooms: Sendable {
    var pairs: [Pair] = []
    var scratch: [Pair] = []
  }

  private func build(
    _ group: Int, _ pairs: inout [Pair], _ spare: inout [Pair]
  ) throws(DatasetFailure) -> IndexPart {
    let width = store.bits - groupBits
    let buckets = group << width..<(group + 1) << width
    let count = counts[buckets].reduce(0, +)
    let room = work.shares.group
    var builder = IndexPartBuilder(.release, reserving: min(count, room))
    if count > room {
      try mergeRuns(buckets, into: &builder)
      return builder.finish()
    }
    pairs.removeAll(keepingCapacity: true)
    for run in 0..<store.runCount {
      try store.read(run: run, buckets: buckets, to: &pairs)
    }
    PairSort.sort(&pairs, sharing: groupBits, scratch: &spare)
    try committing { () throws(SetBuildError) in
      try Self.push(pairs, into: &builder)
    }
    return builder.finish()
  }

  /// Pushes the entries of sorted pairs: nearly every key has one row, and then D is its digest.
  private static func push(
    _ pairs: [Pair], into builder: inout IndexPartBuilder
  ) throws(SetBuildError) {
    var index = 0
    while index < pairs.count {
      let pair = pairs[index]
      var end = index + 1
      while end < pairs.count, pairs[end].hasKey(of: pair) { end += 1 }
      if end == index + 1 {
        try builder.push(SetEntry(key: pair.key, rows: 1, value: pair.digest))
      } else {
        var value = RowValue()
        for place in index..<end { try value.push(pairs[place].digest) }
        guard let digest = value.value else { throw .keyWithoutRows }
        try builder.push(SetEntry(key: pair.key, rows: value.rows, value: digest))
      }
      index = end
    }
  }

  /// Merges the runs' shares of `buckets`, each sorted on its own first, with small buffers.
  private func mergeRuns(
    _ buckets: Range<Int>, into builder: inout IndexPartBuilder
  ) throws(DatasetFailure) {
    let merge = try RunMerge(
      store, buckets: buckets, sharing: groupBits, stretchesOf: work.shares.group,
      scratch: scratch)
    var rows = RowMerge()
    var seen = 0
    while let pair = try merge.next() {
      seen += 1
      if seen & 0xffff == 0, work.isCancelled() { throw .cancelled }
      try committing { () throws(SetBuildError) in
        if let entry = try rows.push(key: pair.key, digest: pair.digest) {
          try builder.push(entry)
        }
      }
    }
    try committing { () throws(SetBuildError) in
      if let entry = rows.finish() { try builder.push(entry) }
    }
  }
}

/// What an assembly made.
struct IndexResult: Sendable {
  let root: SetRoot
  /// The index, sealed and not yet under its name; `nil` when none was asked for.
  let file: AtomicFile?
}
