package import LedgerCrypto

/// The dense, append-only order in which the hashes of complete subtrees are stored.
///
/// The hash of level l and number n covers the leaves n·2^l up to (n+1)·2^l − 1; level 0 holds the
/// leaf hashes. Each hash is stored once, as soon as its last leaf is there: appending leaf n stores
/// its leaf hash and then, going up, each subtree that it completes (a post-order walk). A tree of
/// s leaves has 2s − popcount(s) stored hashes, and an older tree's are a prefix of them.
package enum StoredHash {
  /// The place of a complete subtree's hash.
  ///
  /// Traps when the subtree reaches beyond leaf 2^63 − 2, which no ``TreeSize`` has: a caller's bug.
  ///
  /// - Parameters:
  ///   - level: 0 to 62.
  ///   - number: Counted from the left of its level, from 0.
  /// - Returns: Its place in the order, from 0.
  package static func index(level: Int, number: UInt64) -> UInt64 {
    precondition(
      (0...62).contains(level) && number < UInt64(Int64.max) >> UInt64(level),
      "A stored hash covers leaves below 2^63 − 1.")
    let lastLeaf = (number &+ 1) &<< UInt64(level) &- 1
    return first(ofLeaf: lastLeaf) &+ UInt64(level)
  }

  /// The level and number of the hash at `index`, or `nil` where no tree has one.
  package static func split(_ index: UInt64) -> (level: Int, number: UInt64)? {
    guard index < count(forSize: .max) else { return nil }
    // 2n − popcount(n) ≤ index < 2(n+1) − popcount(n+1) puts n within 64 of index / 2.
    var leaf = index / 2
    while first(ofLeaf: leaf &+ 1) <= index { leaf &+= 1 }
    let level = index &- first(ofLeaf: leaf)
    return (Int(level), leaf >> level)
  }

  /// How many hashes a tree of `size` leaves has stored.
  package static func count(forSize size: TreeSize) -> UInt64 {
    first(ofLeaf: size.rawValue)
  }

  /// The hashes that appending a leaf adds, in the order in which they are stored.
  ///
  /// The leaf hash first, then each completed subtree going up; at most 63. Reads the left siblings
  /// in one batch, and nothing when the leaf completes no subtree.
  ///
  /// - Parameters:
  ///   - leaf: The leaf's hash (``TreeHash/leaf(_:)-(Span<UInt8>)``).
  ///   - index: The leaf's place, from 0: the size of the tree before it.
  ///   - reading: Gives the stored hashes at the indexes asked for, in that order.
  /// - Returns: 1 to 63 hashes, to be stored from index ``count(forSize:)`` of `index` leaves on.
  /// - Throws: ``TreeReadError/outsideTree`` when no tree has a leaf there, or what `reading` does.
  package static func hashesToStore<Failure>(
    appending leaf: Digest, at index: UInt64, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> [Digest] {
    guard index < TreeSize.max.rawValue else { throw .outsideTree }
    let completed = (~index).trailingZeroBitCount
    var siblings: [UInt64] = []
    siblings.reserveCapacity(completed)
    for level in 0..<completed {
      siblings.append(self.index(level: level, number: index >> UInt64(level) &- 1))
    }
    var output = [leaf]
    output.reserveCapacity(completed + 1)
    var hash = leaf
    for sibling in try read(siblings, reading) {
      hash = TreeHash.node(sibling, hash)
      output.append(hash)
    }
    return output
  }

  /// The places of the complete subtrees that make up the leaves from `start` to `end`.
  ///
  /// Largest first. `start` is a multiple of a power of two that is not below `end − start`.
  static func edge(from start: UInt64, to end: UInt64) -> [UInt64] {
    var rest = end &- start
    var position = start
    var indexes: [UInt64] = []
    while rest != 0 {
      let level = 63 - rest.leadingZeroBitCount
      indexes.append(index(level: level, number: position >> UInt64(level)))
      position &+= 1 &<< UInt64(level)
      rest &-= 1 &<< UInt64(level)
    }
    return indexes
  }

  /// n + ⌊n/2⌋ + ⌊n/4⌋ + …: where the hashes that leaf n adds begin.
  private static func first(ofLeaf leaf: UInt64) -> UInt64 {
    leaf &* 2 &- UInt64(leaf.nonzeroBitCount)
  }
}
