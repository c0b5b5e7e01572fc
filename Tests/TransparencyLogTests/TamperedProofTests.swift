import LedgerCrypto
import Testing
import TransparencyLog

#if DEBUG
  private let sizes = [1, 2, 3, 5, 8, 11]
#else
  private let sizes = Array(1...40)
#endif

extension Digest {
  /// The digest with one bit the other way.
  fileprivate func flipped(_ bit: Int) -> Digest {
    var bytes = bytes
    bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
    return Digest(bytes: bytes) ?? self
  }
}

@Suite struct `A proof that was tampered with` {
  private let tree = MemoryTree(leaves: 40)

  private func root(_ size: Int) throws -> Digest {
    try TreeProof.root(size: TreeSize(size), reading: tree.read)
  }

  @Test(arguments: sizes) func `of inclusion fails`(size: Int) throws {
    let root = try root(size)
    for leaf in 0..<size {
      let proof = try TreeProof.inclusionProof(
        leaf: UInt64(leaf), size: TreeSize(size), reading: tree.read)
      func error(
        _ hashes: [Digest], leafHash: Digest = MemoryTree.leaf(leaf), index: Int? = nil,
        root other: Digest? = nil
      ) -> ProofError? {
        do {
          try InclusionProof(hashes: hashes).verify(
            leafHash: leafHash, index: UInt64(index ?? leaf), size: TreeSize(size),
            root: other ?? root)
          return nil
        } catch {
          return error
        }
      }
      #expect(error(proof.hashes) == nil)
      for place in proof.hashes.indices {
        for bit in 0..<256 {
          var hashes = proof.hashes
          hashes[place] = hashes[place].flipped(bit)
          if error(hashes) != .hashMismatch { Issue.record("\(leaf) of \(size): \(place) \(bit)") }
        }
        var shorter = proof.hashes
        shorter.remove(at: place)
        #expect(error(shorter) == .wrongLength(given: shorter.count))
        for next in proof.hashes.indices where next > place {
          var swapped = proof.hashes
          swapped.swapAt(place, next)
          #expect(error(swapped) == .hashMismatch)
        }
      }
      for bit in 0..<256 {
        if error(proof.hashes, leafHash: MemoryTree.leaf(leaf).flipped(bit)) != .hashMismatch
          || error(proof.hashes, root: root.flipped(bit)) != .hashMismatch
        {
          Issue.record("\(leaf) of \(size): \(bit)")
        }
      }
      let longer = proof.hashes.count + 1
      #expect(error(proof.hashes + [root]) == .wrongLength(given: longer))
      #expect(error([root] + proof.hashes) == .wrongLength(given: longer))
      for other in 0..<size where other != leaf {
        #expect(error(proof.hashes, index: other) != nil)
      }
      #expect(
        error(proof.hashes, index: size)
          == .indexOutsideTree(index: UInt64(size), size: TreeSize(size)))
    }
  }

  @Test(arguments: sizes) func `of consistency fails`(size: Int) throws {
    let newer = TreeHead(size: TreeSize(size), root: try root(size))
    for olderSize in 1...size {
      let older = TreeHead(size: TreeSize(olderSize), root: try root(olderSize))
      let proof = try TreeProof.consistencyProof(
        from: older.size, to: newer.size, reading: tree.read)
      func error(
        _ hashes: [Digest], from other: TreeHead? = nil, to another: TreeHead? = nil
      ) -> ProofError? {
        do {
          try ConsistencyProof(hashes: hashes).verify(from: other ?? older, to: another ?? newer)
          return nil
        } catch {
          return error
        }
      }
      #expect(error(proof.hashes) == nil)
      for place in proof.hashes.indices {
        for bit in 0..<256 {
          var hashes = proof.hashes
          hashes[place] = hashes[place].flipped(bit)
          if error(hashes) != .hashMismatch { Issue.record("\(olderSize) to \(size): \(place)") }
        }
        var shorter = proof.hashes
        shorter.remove(at: place)
        #expect(error(shorter) == .wrongLength(given: shorter.count))
      }
      for bit in 0..<256 {
        let otherOlder = TreeHead(size: older.size, root: older.root.flipped(bit))
        let otherNewer = TreeHead(size: newer.size, root: newer.root.flipped(bit))
        if error(proof.hashes, from: otherOlder) != .hashMismatch
          || error(proof.hashes, to: otherNewer) != .hashMismatch
        {
          Issue.record("\(olderSize) to \(size): \(bit)")
        }
      }
      let longer = proof.hashes.count + 1
      #expect(error(proof.hashes + [newer.root]) == .wrongLength(given: longer))
      #expect(error([older.root] + proof.hashes) == .wrongLength(given: longer))
      if olderSize < size {
        #expect(
          error(proof.hashes, from: newer, to: older)
            == .sizesOutOfOrder(older: newer.size, newer: older.size))
      }
    }
  }

  @Test func `from the empty tree proves nothing`() throws {
    let newer = TreeHead(size: TreeSize(3), root: try root(3))
    for hashes in [[], [newer.root]] {
      #expect(throws: ProofError.olderTreeEmpty) {
        try ConsistencyProof(hashes: hashes).verify(from: .empty, to: newer)
      }
    }
    try ConsistencyProof(hashes: []).verify(from: .empty, to: .empty)
    let false0 = TreeHead(size: .zero, root: newer.root)
    #expect(throws: ProofError.hashMismatch) {
      try ConsistencyProof(hashes: []).verify(from: false0, to: false0)
    }
    #expect(throws: ProofError.wrongLength(given: 1)) {
      try ConsistencyProof(hashes: [newer.root]).verify(from: .empty, to: .empty)
    }
    #expect(
      try TreeProof.consistencyProof(from: .zero, to: TreeSize(3), reading: tree.read).hashes == [])
  }

  @Test func `by millions of hashes is refused at once`() throws {
    let hashes = [Digest](repeating: .zero, count: 1_000_000)
    #expect(throws: ProofError.wrongLength(given: 1_000_000)) {
      try InclusionProof(hashes: hashes).verify(leafHash: .zero, index: 0, size: .max, root: .zero)
    }
    #expect(throws: ProofError.wrongLength(given: 1_000_000)) {
      try ConsistencyProof(hashes: hashes).verify(
        from: TreeHead(size: TreeSize(1), root: .zero), to: TreeHead(size: .max, root: .zero))
    }
  }
}
