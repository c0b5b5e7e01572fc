package import LedgerCrypto

/// The proof that a leaf is in a tree: the siblings on its way up to the root.
package struct InclusionProof: Hashable, Sendable {
  /// 0 to 63 hashes, the leaf's sibling first.
  package let hashes: [Digest]

  /// Takes the hashes of a proof, unchecked.
  package init(hashes: [Digest]) {
    self.hashes = hashes
  }

  /// Returns when the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2).
  ///
  /// Cost: one node for each hash of the proof.
  ///
  /// - Parameters:
  ///   - leafHash: The hash of the entry's bytes (``TreeHash/leaf(_:)-(Span<UInt8>)``).
  ///   - index: The entry's place, from 0.
  ///   - size: The number of leaves under `root`.
  ///   - root: The root to reach, from a checkpoint that was verified.
  /// - Throws: ``ProofError/indexOutsideTree(index:size:)``, ``ProofError/wrongLength(given:)`` or
  ///   ``ProofError/hashMismatch``.
  package func verify(
    leafHash: Digest, index: UInt64, size: TreeSize, root: Digest
  ) throws(ProofError) {
    guard index < size.rawValue else { throw .indexOutsideTree(index: index, size: size) }
    var place = index
    var last = size.rawValue &- 1
    var hash = leafHash
    for sibling in hashes {
      guard last != 0 else { throw .wrongLength(given: hashes.count) }
      if place & 1 == 1 || place == last {
        hash = TreeHash.node(sibling, hash)
        // At the right edge the node has no sibling on some levels: go up to where it has.
        while place & 1 == 0 && place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = TreeHash.node(hash, sibling)
      }
      place >>= 1
      last >>= 1
    }
    guard last == 0 else { throw .wrongLength(given: hashes.count) }
    guard hash == root else { throw .hashMismatch }
  }

  /// Returns when the proof leads from the leaf to the head's root (RFC 9162 section 2.1.3.2).
  ///
  /// - Throws: As ``verify(leafHash:index:size:root:)``.
  package func verify(leafHash: Digest, index: UInt64, in head: TreeHead) throws(ProofError) {
    try verify(leafHash: leafHash, index: index, size: head.size, root: head.root)
  }
}
