import LedgerCrypto
import SetCommitment
import TestSupport
import Testing

@Suite struct `A set derived from its parent` {
  private func entries(_ count: Int, _ random: inout SplitMix64) -> [SetEntry] {
    // Some keys share many bits.
    let keys = Set(
      (0..<count).map { _ in
        Digest(
          random.next() >> UInt64(Int.random(in: 0...63, using: &random)), random.next() & 3, 0,
          random.next())
      })
    return keys.sorted().map {
      SetEntry(
        key: $0, rows: UInt64.random(in: 1...3, using: &random),
        value: Digest(random.next(), 1, 2, 3))
    }
  }

  private func index(
    _ entries: [SetEntry], _ blockSize: Int
  ) throws -> (root: SetRoot, nodes: [SetIndexNode]) {
    var builder = SetIndexBuilder(.release, blockSize: blockSize)
    for entry in entries { try builder.push(entry) }
    let root = builder.finish()
    return (root, builder.takeNodes())
  }

  @Test(arguments: [1, 4, 256])
  func `has the nodes that its own records give, and the parent its root`(
    blockSize: Int
  ) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for round in 0..<300 {
      let all = entries(Int.random(in: 0...round / 3 + 1, using: &random), &random)
      let share = Int.random(in: 0...10, using: &random)
      let changes: [SetDerivation.Change] = all.map { _ in
        if Int.random(in: 0..<10, using: &random) >= share { return .kept }
        return Bool.random(using: &random) ? .removed : .added
      }
      var derivation = SetDerivation(blockSize: blockSize)
      for (entry, change) in zip(all, changes) { try derivation.push(entry, change) }
      let found = derivation.finish(within: .all)
      func part(_ left: SetDerivation.Change) -> [SetEntry] {
        zip(all, changes).filter { $0.1 != left }.map(\.0)
      }
      let parent = try SetRoot(.release, of: part(.added))
      let derived = try index(part(.removed), blockSize)
      #expect(try SetRoot(combining: [found.parent], kind: .release) == parent, "seed \(seed)")
      #expect(found.nodes == derived.nodes, "seed \(seed), round \(round)")
      #expect(found.nodes.last?.hash ?? SetHash.empty == derived.root.top)
    }
  }

  @Test func `refuses keys that do not ascend, records that no release has, and too many rows`()
    throws
  {
    let value = Digest(1, 2, 3, 4)
    func entry(_ key: UInt64, rows: UInt64 = 1, _ value: Digest) -> SetEntry {
      SetEntry(key: Digest(key, 0, 0, 0), rows: rows, value: value)
    }
    for change in [SetDerivation.Change.kept, .removed, .added] {
      var derivation = SetDerivation()
      try derivation.push(entry(5, value), change)
      for key in [5, 4, 0] as [UInt64] {
        #expect(throws: SetBuildError.keysNotAscending(Digest(key, 0, 0, 0))) {
          try derivation.push(entry(key, value), .kept)
        }
      }
      for bad in [entry(6, rows: 0, value), entry(6, .zero)] {
        #expect(throws: SetBuildError.entryMalformed(bad)) { try derivation.push(bad, change) }
      }
      #expect(throws: SetBuildError.rowsOverflow) {
        try derivation.push(entry(6, rows: .max, value), change)
      }
      // What was refused was not taken.
      let found = derivation.finish(within: .all)
      #expect(found.parent.keys == (change == .added ? 0 : 1))
      #expect(found.nodes.count == (change == .removed ? 0 : 1))
    }
  }
}
