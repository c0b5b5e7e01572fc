internal import Files

/// Merges many sorted stretches of pairs from disk, in constant memory but for one stretch.
final class RunMerge {
  private struct Stretch {
    var offset: Int
    var left: Int
    var buffer: [Pair] = []
    var place = 0
  }

  private static let bufferCount = 1024
  private let file: ScratchFile
  private var stretches: [Stretch] = []

  /// Sorts each run's share of `buckets`, whose keys share their first `sharing` bits, onto disk.
  init(
    _ store: PairStore, buckets: Range<Int>, sharing: Int, scratch: String
  ) throws(DatasetFailure) {
    file = try onDisk { () throws(FileFailure) in try ScratchFile(directory: scratch) }
    var pairs: [Pair] = []
    var spare: [Pair] = []
    for run in 0..<store.runCount {
      pairs.removeAll(keepingCapacity: true)
      try store.read(run: run, buckets: buckets, to: &pairs)
      if pairs.isEmpty { continue }
      PairSort.sort(&pairs, sharing: sharing, scratch: &spare)
      let offset = try onDisk { () throws(FileFailure) in
        try file.append(pairs.span)
      }
      stretches.append(Stretch(offset: offset, left: pairs.count))
    }
    for index in stretches.indices { try refill(index) }
  }

  /// The least pair that is left, or `nil`.
  func next() throws(DatasetFailure) -> Pair? {
    var best: Int?
    var least = Pair()
    for index in stretches.indices where stretches[index].place < stretches[index].buffer.count {
      let pair = stretches[index].buffer[stretches[index].place]
      if best == nil || pair < least {
        best = index
        least = pair
      }
    }
    guard let best else { return nil }
    stretches[best].place += 1
    if stretches[best].place == stretches[best].buffer.count { try refill(best) }
    return least
  }

  private func refill(_ index: Int) throws(DatasetFailure) {
    let count = min(Self.bufferCount, stretches[index].left)
    var buffer = [Pair](repeating: Pair(), count: count)
    let offset = stretches[index].offset
    try onDisk { () throws(FileFailure) in
      try file.read(into: &buffer, 0..<count, from: offset)
    }
    stretches[index].buffer = buffer
    stretches[index].place = 0
    stretches[index].offset += count * MemoryLayout<Pair>.stride
    stretches[index].left -= count
  }
}
