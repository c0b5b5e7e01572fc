internal import LedgerCrypto

/// A set wholly in memory, with every node of its tree: for tests and sets of moderate size.
///
/// About 400 bytes a key.
package struct SetTree: Sendable {
  /// The entries, ascending by key.
  package let entries: [SetEntry]
  /// What commits to the set.
  package let root: SetRoot
  private let nodes: [SetIndexNode]

  /// Takes entries whose keys are strictly ascending.
  package init(_ kind: SetKind, _ entries: [SetEntry]) throws(SetBuildError) {
    var builder = SetIndexBuilder(kind, blockSize: 1)
    for entry in entries { try builder.push(entry) }
    root = builder.finish()
    nodes = builder.takeNodes()
    self.entries = entries
  }

  /// Takes rows in any order.
  package init(rows: [KeyedDigest]) throws(SetBuildError) {
    try self.init(.release, try SetEntry.merging(rows))
  }

  /// The set as proofs are made from it.
  package var source: SetSource {
    let entries = entries
    let nodes = nodes
    return SetSource(
      kind: root.kind, count: entries.count, nodeCount: nodes.count, blockSize: 1,
      entries: { range in Array(entries[range]) }, node: { number in nodes[number] })
  }
}
