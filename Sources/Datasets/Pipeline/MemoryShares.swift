internal import SetCommitment

/// How the memory that work may take is shared out among its workers.
///
/// An eighth goes to chunks of rows, five to keys and digests before they go to disk, and two to groups of
/// these while they are sorted and hashed.
struct MemoryShares {
  /// Bytes of one chunk, of which each worker has four.
  let chunk: Int
  /// Pairs that one worker holds.
  let pairs: Int
  /// Pairs of a group that is sorted in memory; larger ones are merged on disk.
  let group: Int
  /// Pairs of a group on average, at most: it should fit a core's cache.
  var usualGroup: Int { min(1 << 15, max(1, group / 2)) }

  /// What the program takes by itself.
  private static let program = 48_000_000

  init(of memory: Int, for workers: Int) {
    let shared = max(memory - Self.program, memory / 4) / workers
    chunk = max(1, shared / 8 / 4)
    pairs = max(2 * PairBlocks.blockSize, shared / 8 * 5 / MemoryLayout<Pair>.stride)
    // A worker sorts one from and into a room of its size; the records of three wait or are made.
    let ofPair = 2 * MemoryLayout<Pair>.stride + 3 * (SetIndexLayout.recordLength + 1)
    group = max(1 << 10, shared / 4 / ofPair)
  }
}
