package import LedgerCrypto

/// Why a set could not be built from what was given.
package enum SetBuildError: Error, Hashable, Sendable {
  /// A key is not above the one before it.
  case keysNotAscending(Digest)
  /// A row digest is below the one before it.
  case digestsNotAscending(Digest)
  /// A key was given no row digest.
  case keyWithoutRows
  /// The set of this kind cannot hold the entry: no rows, or a D that the kind forbids.
  case entryMalformed(SetEntry)
  /// The rows of the set are more than 2^64−1.
  case rowsOverflow
  /// A key or subtree lies outside the prefix that is being built.
  case outsidePrefix(Digest)
  /// A summary of a subtree has rows, keys or a hash without the others.
  case summaryInconsistent(Digest)
  /// A subtree of another kind was pushed.
  case kindDiffers
}

extension SetBuildError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .keysNotAscending(let key):
      "The key \(key) is not above the one before it; sort the keys and merge equal ones first."
    case .digestsNotAscending(let digest):
      "The row digest \(digest) is below the one before it; sort the digests of each key."
    case .keyWithoutRows: "A key has no row digest; leave keys without rows out."
    case .entryMalformed(let entry):
      "The entry of key \(entry.key) has \(entry.rows.of("row")) and D \(entry.value), which this kind"
        + " of set forbids; rebuild it from the rows."
    case .rowsOverflow: "The set has more than 2^64−1 rows; split it."
    case .outsidePrefix(let key):
      "The key \(key) lies outside the prefix being built; send it to the builder of its prefix."
    case .summaryInconsistent(let prefix):
      "The summary of prefix \(prefix) has counts that its hash contradicts; build it again."
    case .kindDiffers: "The subtree is of another kind of set; combine subtrees of one kind."
    }
  }
}
