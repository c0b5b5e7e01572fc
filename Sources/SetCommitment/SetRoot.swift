package import LedgerCrypto

/// What commits to a set: its root, with the counts and the top hash that it was made from.
package struct SetRoot: Hashable, Sendable {
  /// Which kind of set.
  package let kind: SetKind
  /// All rows; in an entry set the same as the keys.
  package let rows: UInt64
  /// All keys.
  package let keys: UInt64
  /// The hash of the top node or leaf, or ``SetHash/empty``.
  package let top: Digest
  /// The root: the count and the top, hashed.
  package let root: Digest

  init(kind: SetKind, rows: UInt64, keys: UInt64, top: Digest) {
    self.kind = kind
    self.rows = rows
    self.keys = keys
    self.top = top
    root = SetHash.root(kind, count: rows, top: top)
  }
}
