package import LedgerCrypto

/// A node of the upper level of an index on disk (``SetIndexLayout``).
///
/// A *frontier* node is a largest subtree of at most a block of records: what lies below it is
/// recomputed from those records. An *inner* node is one above the frontier.
package struct SetIndexNode: Hashable, Sendable {
  /// What a node leads to.
  package enum Content: Hashable, Sendable {
    /// The records of the node's range.
    case frontier
    /// The first differing bit, 0 … 255, and the numbers of both sides, each below the node's own.
    case inner(bit: Int, left: Int, right: Int)
  }

  /// The first `bit` bits that the keys share, the rest zero; of a frontier node, its first key.
  package let prefix: Digest
  /// The hash of the subtree.
  package let hash: Digest
  /// All rows below.
  package let rows: UInt64
  /// The number of the first record.
  package let first: Int
  /// How many records, at least 1.
  package let count: Int
  /// What the node leads to.
  package let content: Content

  init(
    prefix: Digest, hash: Digest, rows: UInt64, first: Int, count: Int, content: Content
  ) {
    self.prefix = prefix
    self.hash = hash
    self.rows = rows
    self.first = first
    self.count = count
    self.content = content
  }

  /// The same node in an index with `records` more records and `nodes` more nodes before it.
  ///
  /// `nil` when a number would pass 2^63−1.
  package func moved(records: Int, nodes: Int) -> SetIndexNode? {
    let (first, overflows) = first.addingReportingOverflow(records)
    if overflows { return nil }
    var content = content
    if case .inner(let bit, let left, let right) = content {
      let (newLeft, leftOverflows) = left.addingReportingOverflow(nodes)
      let (newRight, rightOverflows) = right.addingReportingOverflow(nodes)
      if leftOverflows || rightOverflows { return nil }
      content = .inner(bit: bit, left: newLeft, right: newRight)
    }
    return SetIndexNode(
      prefix: prefix, hash: hash, rows: rows, first: first, count: count, content: content)
  }
}
