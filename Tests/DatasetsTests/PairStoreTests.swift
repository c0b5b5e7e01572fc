import LedgerCrypto
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Pairs by bucket` {
  private func pair(_ random: inout SplitMix64) -> Pair {
    // Most keys in few buckets, so that some have many blocks and some none.
    let word = random.next() >> UInt64(Int.random(in: 0...6, using: &random))
    return Pair(key: Digest(word, random.next(), 1, 2), digest: Digest(random.next(), 3, 4, 5))
  }

  private func words(_ pairs: [Pair]) -> [[Digest]] { pairs.map { [$0.key, $0.digest] } }

  @Test(arguments: [1, 3, 7]) func `keep all, each bucket's together and in their order`(bits: Int)
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var blocks = PairBlocks(bits: bits, capacity: 4096)
    for _ in 0..<3 {
      #expect(blocks.isEmpty)
      var added: [Pair] = []
      for _ in 0..<10_000 {
        let pair = pair(&random)
        guard blocks.add(pair) else { break }
        added.append(pair)
      }
      #expect(added.count > 1_000 && added.count <= 4096)
      let order = blocks.order()
      for bucket in 0..<1 << bits {
        let expected = added.filter { $0.bucket(bits) == bucket }
        var found: [Pair] = []
        blocks.append(bucket, order, to: &found)
        #expect(words(found) == words(expected), "seed \(seed)")
        #expect(blocks.count(bucket, order) == expected.count)
      }
      blocks.removeAll()
    }
  }

  @Test(arguments: [1, 64, 65_536]) func `are the same from memory and from disk`(
    kibibytes: Int
  ) throws {
    let scratch = try Scratch()
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var work = smallWork()
    work.memory = kibibytes << 10
    let store = PairStore(work, directory: scratch.path, expecting: 1 << 20)
    var buffers = [store.buffer(), store.buffer()]
    var added: [Pair] = []
    for index in 0..<6_000 {
      let pair = pair(&random)
      added.append(pair)
      try store.add(pair, to: &buffers[index & 1])
    }
    for buffer in buffers { store.putBack(buffer) }
    buffers = []
    store.close()
    #expect((store.runsOnDisk > 0) == (kibibytes < 65_536))
    for bucket in 0..<1 << store.bits {
      var found: [Pair] = []
      for run in 0..<store.runCount {
        try store.read(run: run, buckets: bucket..<bucket + 1, to: &found)
      }
      let expected = added.filter { $0.bucket(store.bits) == bucket }
      #expect(words(found.sorted(by: <)) == words(expected.sorted(by: <)), "seed \(seed)")
      #expect(store.counts[bucket] == expected.count)
    }
    let buckets = 1..<1 << store.bits
    for size in [1, 40, 700, 1 << 20] {
      for run in 0..<store.runCount {
        var whole: [Pair] = []
        try store.read(run: run, buckets: buckets, to: &whole)
        var found: [Pair] = []
        try store.pieces(run: run, buckets: buckets, of: size) { piece in
          #expect(!piece.isEmpty && piece.count < size + PairBlocks.blockSize)
          found += piece
          // Whoever is given a piece may leave it in any order and size.
          piece.removeAll()
        }
        #expect(words(found) == words(whole))
      }
    }
    #expect(try scratch.names() == [])
  }
}
