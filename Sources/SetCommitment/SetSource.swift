package import LedgerCrypto

/// A set's records and upper nodes, wherever they are, from which proofs are made.
///
/// An index on disk gives closures over its mapped file; ``SetTree`` gives its arrays. Whatever the
/// closures answer, making a proof neither traps nor hangs: at worst it fails as damaged.
package struct SetSource {
  /// The kind of set.
  package let kind: SetKind
  /// The number of records.
  package let count: Int
  /// The number of upper nodes; the last is the root.
  package let nodeCount: Int
  /// The most records below a frontier node.
  package let blockSize: Int
  /// Reads the records of a range that lies within 0 ..< ``count``.
  package let entries: (Range<Int>) throws(SetSourceFailure) -> [SetEntry]
  /// Reads the upper node with a number within 0 ..< ``nodeCount``.
  package let node: (Int) throws(SetSourceFailure) -> SetIndexNode

  /// Takes the counts and how to read.
  package init(
    kind: SetKind, count: Int, nodeCount: Int, blockSize: Int = SetIndexLayout.blockSize,
    entries: @escaping (Range<Int>) throws(SetSourceFailure) -> [SetEntry],
    node: @escaping (Int) throws(SetSourceFailure) -> SetIndexNode
  ) {
    self.kind = kind
    self.count = count
    self.nodeCount = nodeCount
    self.blockSize = blockSize
    self.entries = entries
    self.node = node
  }

  /// The number of the first record whose key is at least `key`, in about log2(count) reads.
  package func lowerBound(_ key: Digest) throws(SetSourceFailure) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      guard let entry = try entries(middle..<middle + 1).first else {
        throw .damaged("record \(middle) is missing")
      }
      if entry.key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Why a set's records or nodes could not be had.
package enum SetSourceFailure: Error, Hashable, Sendable {
  /// Reading failed; the sentence is the reader's own.
  case unreadable(String)
  /// What was read contradicts itself.
  case damaged(String)
}

extension SetSourceFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .unreadable(let reason): reason
    case .damaged(let what): "The index is damaged (\(what)); build it again from the shards."
    }
  }
}
