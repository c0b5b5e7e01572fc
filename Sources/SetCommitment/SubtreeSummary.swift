package import LedgerCrypto

/// All keys of a set below one prefix, as a part from which the whole set's root is made.
///
/// It holds every key of the set with that prefix: then these keys are one subtree of the
/// compressed tree wherever its top bit lies, and its prefix stands for it in the branching above.
package struct SubtreeSummary: Hashable, Sendable {
  /// The kind of set.
  package let kind: SetKind
  /// The prefix whose keys these are.
  package let prefix: KeyPrefix
  /// All rows.
  package let rows: UInt64
  /// All keys.
  package let keys: UInt64
  /// The hash of the top node or leaf, or `nil` without keys.
  package let hash: Digest?

  /// Takes what a builder elsewhere found, as ``SetRootBuilder/finishSubtree()`` gave it there.
  package init(kind: SetKind, prefix: KeyPrefix, rows: UInt64, keys: UInt64, hash: Digest?) {
    self.kind = kind
    self.prefix = prefix
    self.rows = rows
    self.keys = keys
    self.hash = hash
  }

  /// Combines `parts`, in ascending order of disjoint prefixes, to the subtree of `prefix`.
  package static func combine(
    _ parts: [SubtreeSummary], kind: SetKind, within prefix: KeyPrefix
  ) throws(SetBuildError) -> SubtreeSummary {
    var builder = SetRootBuilder(kind, within: prefix)
    for part in parts { try builder.push(part) }
    return builder.finishSubtree()
  }
}

extension SetRoot {
  /// Combines `parts`, in ascending order of disjoint prefixes, to the root of the whole set.
  package init(
    combining parts: [SubtreeSummary], kind: SetKind
  ) throws(SetBuildError) {
    var builder = SetRootBuilder(kind)
    for part in parts { try builder.push(part) }
    self = builder.finish()
  }
}
