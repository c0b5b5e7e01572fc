internal import LedgerCrypto
/// Why a proof about a tree does not hold.
package enum ProofError: Error, Hashable, Sendable {
  /// The tree has no leaf at this index.
  case indexOutsideTree(index: UInt64, size: TreeSize)
  /// The older tree is larger than the newer one.
  case sizesOutOfOrder(older: TreeSize, newer: TreeSize)
  /// The older tree is empty: every tree extends it, and there is nothing to prove.
  case olderTreeEmpty
  /// The proof has more or fewer hashes than one for this place or these sizes.
  case wrongLength(given: Int)
  /// The hashes do not lead to the root, whether a hash, a root or the leaf is the wrong one.
  case hashMismatch
}

extension ProofError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .indexOutsideTree(let index, let size):
      "Entry \(index) is not in a tree of \(size.rawValue.of("entry", "entries")); take a checkpoint that covers it."
    case .sizesOutOfOrder(let older, let newer):
      "A tree of \(older.rawValue.of("entry", "entries")) cannot come before one of \(newer.rawValue.grouped); give the older one first."
    case .olderTreeEmpty:
      "The older tree is empty, which proves nothing; compare with one that has entries."
    case .wrongLength(let given):
      "The proof has \(given.of("hash", "hashes")), which is not the number for this tree; ask for a new proof."
    case .hashMismatch:
      "The proof does not lead to the root; do not trust it, and keep it as evidence."
    }
  }
}
