import LedgerCrypto
import Testing
import TransparencyLog

#if DEBUG
  private let largest = 100
#else
  private let largest = 300
#endif

@Suite struct `A tree of every size` {
  private let definition = Definition(leaves: largest)
  private let tree = MemoryTree(leaves: largest)

  @Test func `has the root of the definition, however it is made`() throws {
    var grown = TreeFrontier()
    var stored: [Digest] = []
    for size in 0...largest {
      let root = definition.root(0..<size)
      #expect(grown.root == root)
      #expect(try TreeProof.root(size: TreeSize(size), reading: tree.read) == root)
      let restored = try TreeFrontier(size: TreeSize(size), reading: tree.read)
      #expect(restored == grown)
      #expect(TreeFrontier(size: TreeSize(size), subtrees: grown.subtrees) == grown)
      #expect(TreeFrontier(size: TreeSize(size), subtrees: grown.subtrees + [root]) == nil)
      #expect(StoredHash.count(forSize: TreeSize(size)) == UInt64(stored.count))
      guard size < largest else { break }
      let leaf = MemoryTree.leaf(size)
      let one = try StoredHash.hashesToStore(
        appending: leaf, at: UInt64(size), reading: tree.read)
      #expect(grown.append(leaf) == one)
      stored += one
    }
    #expect(stored == tree.stored)
  }

  @Test func `has the inclusion proofs of the definition, and all verify`() throws {
    for size in 1...largest {
      let root = definition.root(0..<size)
      for leaf in 0..<size {
        let proof = try TreeProof.inclusionProof(
          leaf: UInt64(leaf), size: TreeSize(size), reading: tree.read)
        if proof.hashes != definition.path(leaf, 0..<size) {
          Issue.record("proof of \(leaf) in \(size)")
        }
        try proof.verify(
          leafHash: definition.leaves[leaf], index: UInt64(leaf), size: TreeSize(size), root: root)
      }
    }
  }

  @Test func `has the consistency proofs of the definition, and all verify`() throws {
    for size in 1...largest {
      let newer = TreeHead(size: TreeSize(size), root: definition.root(0..<size))
      for older in 1...size {
        let proof = try TreeProof.consistencyProof(
          from: TreeSize(older), to: TreeSize(size), reading: tree.read)
        if proof.hashes != definition.proof(older, 0..<size) {
          Issue.record("proof from \(older) to \(size)")
        }
        try proof.verify(
          from: TreeHead(size: TreeSize(older), root: definition.root(0..<older)), to: newer)
      }
    }
  }

  @Test func `has nothing beyond its size`() throws {
    #expect(throws: TreeReadError<Never>.outsideTree) {
      try TreeProof.inclusionProof(leaf: 5, size: TreeSize(5), reading: tree.read)
    }
    #expect(throws: TreeReadError<Never>.outsideTree) {
      try TreeProof.inclusionProof(leaf: 0, size: .zero, reading: tree.read)
    }
    #expect(throws: TreeReadError<Never>.outsideTree) {
      try TreeProof.consistencyProof(from: TreeSize(6), to: TreeSize(5), reading: tree.read)
    }
    #expect(throws: TreeReadError<Never>.outsideTree) {
      try StoredHash.hashesToStore(
        appending: .zero, at: TreeSize.max.rawValue, reading: tree.read)
    }
  }

  @Test func `passes on what its reader throws, or gives too little of`() {
    struct Broken: Error, Hashable {}
    #expect(throws: TreeReadError<Broken>.reading(Broken())) {
      try TreeProof.root(size: TreeSize(3)) { (_: [UInt64]) throws(Broken) in throw Broken() }
    }
    #expect(throws: TreeReadError<Never>.wrongCount(asked: 2, given: 0)) {
      try TreeProof.root(size: TreeSize(3)) { _ in [] }
    }
  }

  @Test(arguments: [UInt64(1) << 32, 1 << 62, UInt64(Int64.max) - 1, UInt64(Int64.max)])
  func `asks for few hashes even when it is huge`(count: UInt64) throws {
    let size = try #require(TreeSize(count))
    var asked = 0
    func reader(_ indexes: [UInt64]) -> [Digest] {
      asked += 1
      #expect(indexes.count <= 126)
      #expect(indexes.allSatisfy { $0 < StoredHash.count(forSize: size) })
      return indexes.map { Digest(sha256: $0.description) }
    }
    let root = try TreeProof.root(size: size, reading: reader)
    for leaf in [0, 1, count / 3, count - 2, count - 1] {
      let proof = try TreeProof.inclusionProof(leaf: leaf, size: size, reading: reader)
      #expect(proof.hashes.count <= 63)
      // The hashes are made up, so only the shape can be checked.
      #expect(throws: ProofError.hashMismatch) {
        try proof.verify(leafHash: .zero, index: leaf, size: size, root: root)
      }
      let older = try #require(TreeSize(leaf + 1))
      let consistency = try TreeProof.consistencyProof(from: older, to: size, reading: reader)
      #expect(consistency.hashes.count <= 64)
    }
    #expect(asked <= 11)
  }
}

@Suite struct `The order of stored hashes` {
  @Test func `is dense, and splits again`() {
    var expected: UInt64 = 0
    for leaf in 0..<UInt64(2_000) {
      for level in 0...(~leaf).trailingZeroBitCount {
        #expect(StoredHash.index(level: level, number: leaf >> UInt64(level)) == expected)
        let split = StoredHash.split(expected)
        #expect(split?.level == level && split?.number == leaf >> UInt64(level))
        expected += 1
      }
    }
    #expect(StoredHash.count(forSize: TreeSize(2_000)) == expected)
  }

  @Test(arguments: [UInt64(1), 2, 3, 1 << 40, 0xdead_beef]) func `splits at its end`(back: UInt64)
    throws
  {
    let end = StoredHash.count(forSize: .max)
    let split = try #require(StoredHash.split(end - back))
    #expect(StoredHash.index(level: split.level, number: split.number) == end - back)
    #expect(StoredHash.split(end) == nil)
    #expect(StoredHash.split(.max) == nil)
  }

  @Test func `splits anywhere`() throws {
    var generator = SplitMix64(state: 7)
    for _ in 0..<10_000 {
      let index = generator.next() >> UInt64.random(in: 1..<64, using: &generator)
      let split = try #require(StoredHash.split(index))
      #expect(StoredHash.index(level: split.level, number: split.number) == index)
    }
  }
}
