internal import Files

/// Merges many sorted stretches of pairs from disk, in the memory of one stretch.
final class RunMerge {
  private struct Stretch {
    var offset: Int
    var left: Int
    var buffer: [Pair] = []
    var place = 0

    var next: Pair { buffer[place] }
  }

  private static let bufferCount = 256
  private let file: ScratchFile
  private var stretches: [Stretch] = []
  /// Those that have a pair left, the greatest first.
  private var order: [Int] = []

  /// Sorts what each run has in `buckets`, whose keys share their first `sharing` bits, onto disk, by
  /// stretches of `size` pairs and some.
  init(
    _ store: PairStore, buckets: Range<Int>, sharing: Int, stretchesOf size: Int, scratch: String
  ) throws(DatasetFailure) {
    let file = try onDisk { () throws(FileFailure) in try ScratchFile(directory: scratch) }
    self.file = file
    var stretches: [Stretch] = []
    var spare: [Pair] = []
    for run in 0..<store.runCount {
      try store.pieces(run: run, buckets: buckets, of: size) { (pairs) throws(DatasetFailure) in
        PairSort.sort(&pairs, sharing: sharing, scratch: &spare)
        let offset = try onDisk { () throws(FileFailure) in try file.append(pairs.span) }
        stretches.append(Stretch(offset: offset, left: pairs.count))
      }
    }
    self.stretches = stretches
    for index in stretches.indices {
      try refill(index)
      place(index)
    }
  }

  /// The least pair that is left, or `nil`.
  func next() throws(DatasetFailure) -> Pair? {
    guard let index = order.popLast() else { return nil }
    let least = stretches[index].next
    stretches[index].place += 1
    if stretches[index].place == stretches[index].buffer.count { try refill(index) }
    if !stretches[index].buffer.isEmpty { place(index) }
    return least
  }

  /// Puts a stretch where its next pair belongs.
  private func place(_ index: Int) {
    let pair = stretches[index].next
    var (low, high) = (0, order.count)
    while low < high {
      let middle = low + (high - low) / 2
      if pair < stretches[order[middle]].next { low = middle + 1 } else { high = middle }
    }
    order.insert(index, at: low)
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
