package import LedgerCrypto

/// Which of the two kinds of set a root commits to.
package enum SetKind: Hashable, Sendable, CaseIterable {
  /// A release: each key has n ≥ 1 rows and the digest D of their row digests, never zeros.
  case release
  /// A set of keys alone: n = 1 and D = 32 zero bytes throughout.
  case entrySet
}

/// One key of a set with what the set says about it: 72 bytes, `key ‖ u64 rows ‖ value`.
package struct SetEntry: Hashable, Sendable {
  /// The 32-byte key.
  package let key: Digest
  /// How many rows have the key, 1 … 2^64−1.
  package let rows: UInt64
  /// D: the only row digest, or the hash of all of them (``RowValue``).
  package let value: Digest

  /// Takes the three parts as they are; whoever builds or checks a set judges them.
  package init(key: Digest, rows: UInt64, value: Digest) {
    self.key = key
    self.rows = rows
    self.value = value
  }

  /// A key as an entry set holds it: one row, D of zeros.
  package init(member key: Digest) {
    self.init(key: key, rows: 1, value: .zero)
  }

  /// Whether a set of `kind` can hold this entry.
  package func isWellFormed(in kind: SetKind) -> Bool {
    switch kind {
    case .release: rows > 0 && value != .zero
    case .entrySet: rows == 1 && value == .zero
    }
  }
}
