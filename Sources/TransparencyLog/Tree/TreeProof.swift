package import LedgerCrypto

/// Makes roots and proofs from the stored hashes of a tree.
///
/// Each asks its reader once, for at most 126 hashes, whatever the size.
package enum TreeProof {
  /// The root of the tree's first `size` leaves.
  ///
  /// - Throws: What `reading` throws.
  package static func root<Failure>(
    size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> Digest {
    TreeHash.fold(try read(StoredHash.edge(from: 0, to: size.rawValue), reading)[...])
  }

  /// The proof that the leaf at index `leaf` is in the tree of `size` leaves.
  ///
  /// RFC 9162 section 2.1.3.1; at most 63 hashes, the leaf's sibling first.
  ///
  /// - Throws: ``TreeReadError/outsideTree`` unless `leaf` < `size`, or what `reading` throws.
  package static func inclusionProof<Failure>(
    leaf: UInt64, size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> InclusionProof {
    guard leaf < size.rawValue else { throw .outsideTree }
    var path = TreePath()
    path.climb(from: leaf, level: 0, size: size.rawValue)
    return InclusionProof(hashes: path.hashes(from: try read(path.indexes, reading)))
  }

  /// The proof that the tree of `size` leaves begins with the tree of `older` leaves.
  ///
  /// RFC 9162 section 2.1.4.1; at most 64 hashes. Empty when the sizes are equal or `older` is 0:
  /// every tree extends the empty one.
  ///
  /// - Throws: ``TreeReadError/outsideTree`` when `older` > `size`, or what `reading` throws.
  package static func consistencyProof<Failure>(
    from older: TreeSize, to size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> ConsistencyProof {
    guard older <= size else { throw .outsideTree }
    if older == .zero || older == size { return ConsistencyProof(hashes: []) }
    // The smallest complete subtree at the right edge of the older tree; both roots are climbed
    // to from it. When it is the whole older tree, the verifier has it already.
    let level = older.rawValue.trailingZeroBitCount
    let number = older.rawValue >> UInt64(level) &- 1
    var path = TreePath()
    if number != 0 { path.indexes.append(StoredHash.index(level: level, number: number)) }
    path.climb(from: number, level: level, size: size.rawValue)
    return ConsistencyProof(hashes: path.hashes(from: try read(path.indexes, reading)))
  }
}

/// The siblings on the way from a complete subtree up to the root, as stored hashes.
private struct TreePath {
  /// The stored hashes to read.
  var indexes: [UInt64] = []

  /// Which of them together make up the one sibling that is not complete, if there is one.
  private var edge: Range<Int>?

  init() {
    indexes.reserveCapacity(64)
  }

  /// Adds the siblings above the node `number` of `level`, which is complete in `size` leaves.
  mutating func climb(from number: UInt64, level: Int, size: UInt64) {
    var number = number
    var level = level
    var last = (size &- 1) >> UInt64(level)
    while last != 0 {
      let sibling = number ^ 1
      let complete = size & (1 &<< UInt64(level) &- 1) == 0
      if sibling < last || (sibling == last && complete) {
        indexes.append(StoredHash.index(level: level, number: sibling))
      } else if sibling == last {
        // At most once: everything above contains the right edge, so its siblings are to the left.
        let start = indexes.count
        indexes += StoredHash.edge(from: last &<< UInt64(level), to: size)
        edge = start..<indexes.count
      }
      number >>= 1
      last >>= 1
      level += 1
    }
  }

  /// The path, given the hashes at ``indexes``.
  func hashes(from stored: [Digest]) -> [Digest] {
    guard let edge else { return stored }
    var output = Array(stored[..<edge.lowerBound])
    output.append(TreeHash.fold(stored[edge]))
    output += stored[edge.upperBound...]
    return output
  }
}
