package import LedgerCrypto

/// Gives the stored hashes at the indexes asked for (``StoredHash``), in the same order.
///
/// Each call asks for at most 126 of them, a whole tile of 256 aside; no index lies outside the tree
/// that the caller named.
package typealias HashReader<Failure: Error> = ([UInt64]) throws(Failure) -> [Digest]

/// Why something could not be made from a tree's stored hashes.
package enum TreeReadError<Failure: Error>: Error {
  /// The tree has no such leaf, subtree, tile or older size.
  case outsideTree
  /// The reader gave another number of hashes than it was asked for.
  case wrongCount(asked: Int, given: Int)
  /// The reader failed.
  case reading(Failure)
}

extension TreeReadError: Equatable where Failure: Equatable {}
extension TreeReadError: Hashable where Failure: Hashable {}

extension TreeReadError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .outsideTree: "The tree does not reach that far; ask for a place within its size."
    case .wrongCount(let asked, let given):
      "The store gave \(given.grouped) of \(asked.of("tree hash", "tree hashes")); verify the ledger."
    case .reading(let failure): "The tree hashes could not be read: \(failure)"
    }
  }
}

/// Reads the hashes at `indexes` and checks their number; asks for nothing when there are none.
func read<Failure>(
  _ indexes: [UInt64], _ reading: HashReader<Failure>
) throws(TreeReadError<Failure>) -> [Digest] {
  if indexes.isEmpty { return [] }
  let hashes: [Digest]
  do {
    hashes = try reading(indexes)
  } catch {
    throw .reading(error)
  }
  guard hashes.count == indexes.count else {
    throw .wrongCount(asked: indexes.count, given: hashes.count)
  }
  return hashes
}
