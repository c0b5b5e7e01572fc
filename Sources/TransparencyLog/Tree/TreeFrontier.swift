package import LedgerCrypto

/// The right edge of a tree: its complete subtrees, at most 63, from which leaves are appended
/// without reading.
package struct TreeFrontier: Hashable, Sendable {
  /// The number of leaves appended so far.
  package private(set) var size: TreeSize

  /// The hashes of the complete subtrees, from the largest, leftmost, to the smallest.
  ///
  /// One for each bit that is set in the size.
  package private(set) var subtrees: [Digest]

  /// Starts with the empty tree.
  package init() {
    size = .zero
    subtrees = []
  }

  /// Takes the edge of a tree, or gives `nil` when the number of subtrees is not that of the size.
  package init?(size: TreeSize, subtrees: [Digest]) {
    guard subtrees.count == size.rawValue.nonzeroBitCount else { return nil }
    self.size = size
    self.subtrees = subtrees
  }

  /// Restores the edge of a tree of `size` leaves from its stored hashes, in one batch.
  ///
  /// - Throws: What `reading` throws.
  package init<Failure>(
    size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) {
    subtrees = try read(StoredHash.edge(from: 0, to: size.rawValue), reading)
    self.size = size
  }

  /// The root over all leaves; the empty root when there are none.
  ///
  /// Cost: one node for each subtree but the first.
  package var root: Digest { TreeHash.fold(subtrees[...]) }

  /// The size and root.
  package var head: TreeHead { TreeHead(size: size, root: root) }

  /// Appends a leaf and gives the new stored hashes in their order.
  ///
  /// The leaf hash first, then each subtree that it completes. Cost: two nodes at most on average.
  /// Traps at the size 2^63 − 1, which counting one by one cannot reach.
  @discardableResult
  package mutating func append(_ leafHash: Digest) -> [Digest] {
    var stored: [Digest] = []
    append(leafHash, storingInto: &stored)
    return stored
  }

  /// Appends a leaf and adds the new stored hashes to `stored`, without another allocation.
  package mutating func append(_ leafHash: Digest, storingInto stored: inout [Digest]) {
    precondition(size < .max, "A tree has at most 2^63 − 1 leaves.")
    var hash = leafHash
    stored.append(hash)
    for _ in 0..<(~size.rawValue).trailingZeroBitCount {
      hash = TreeHash.node(subtrees.removeLast(), hash)
      stored.append(hash)
    }
    subtrees.append(hash)
    size = TreeSize(unchecked: size.rawValue &+ 1)
  }
}
