package import LedgerCrypto

/// The proof that a tree begins with all the leaves of an older one.
package struct ConsistencyProof: Hashable, Sendable {
  /// 0 to 64 hashes, from the older tree's right edge upwards.
  package let hashes: [Digest]

  /// Takes the hashes of a proof, unchecked.
  package init(hashes: [Digest]) {
    self.hashes = hashes
  }

  /// Returns when the proof leads to both roots (RFC 9162 section 2.1.4.2).
  ///
  /// Equal sizes need equal roots and an empty proof, and the size 0 the empty root. That a tree
  /// extends the empty one needs no proof and is none: the caller decides what to do without one.
  ///
  /// - Parameters:
  ///   - older: The head that the newer tree should begin with.
  ///   - newer: The head of the newer tree.
  /// - Throws: ``ProofError/sizesOutOfOrder(older:newer:)``, ``ProofError/olderTreeEmpty``,
  ///   ``ProofError/wrongLength(given:)`` or ``ProofError/hashMismatch``.
  package func verify(from older: TreeHead, to newer: TreeHead) throws(ProofError) {
    guard older.size <= newer.size else {
      throw .sizesOutOfOrder(older: older.size, newer: newer.size)
    }
    if older.size == newer.size {
      guard hashes.isEmpty else { throw .wrongLength(given: hashes.count) }
      guard older.root == newer.root, older.size != .zero || older.root == TreeHash.empty else {
        throw .hashMismatch
      }
      return
    }
    guard older.size != .zero else { throw .olderTreeEmpty }
    var place = older.size.rawValue &- 1
    var last = newer.size.rawValue &- 1
    while place & 1 == 1 {
      place >>= 1
      last >>= 1
    }
    // A whole older tree stands for itself; otherwise the proof begins with its last subtree.
    var rest = hashes[...]
    let start: Digest
    if older.size.rawValue.nonzeroBitCount == 1 {
      start = older.root
    } else if let first = rest.popFirst() {
      start = first
    } else {
      throw .wrongLength(given: hashes.count)
    }
    var first = start
    var second = start
    for hash in rest {
      guard last != 0 else { throw .wrongLength(given: hashes.count) }
      if place & 1 == 1 || place == last {
        first = TreeHash.node(hash, first)
        second = TreeHash.node(hash, second)
        while place & 1 == 0 && place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        second = TreeHash.node(second, hash)
      }
      place >>= 1
      last >>= 1
    }
    guard last == 0 else { throw .wrongLength(given: hashes.count) }
    guard first == older.root, second == newer.root else { throw .hashMismatch }
  }
}
