package import LedgerCrypto

/// Turns (key, row digest) pairs in ascending order into entries, in constant memory.
package struct RowMerge: Sendable {
  private var key: Digest?
  private var value = RowValue()

  /// Starts without a pair.
  package init() {}

  /// Takes the next pair, and gives the entry of the key before once that is complete.
  ///
  /// - Throws: ``SetBuildError`` when the pairs descend.
  package mutating func push(
    key next: Digest, digest: Digest
  ) throws(SetBuildError) -> SetEntry? {
    var done: SetEntry?
    if let key, key != next {
      if next < key { throw .keysNotAscending(next) }
      done = finish()
    }
    try value.push(digest)
    key = next
    return done
  }

  /// The entry of the last key, or `nil` when there was none; the merge then starts afresh.
  package mutating func finish() -> SetEntry? {
    guard let key, let digest = value.value else { return nil }
    let entry = SetEntry(key: key, rows: value.rows, value: digest)
    self.key = nil
    value = RowValue()
    return entry
  }
}

/// One row as the set sees it.
package struct KeyedDigest: Hashable, Comparable, Sendable {
  /// The key of the row.
  package let key: Digest
  /// The digest of the row.
  package let digest: Digest

  /// Takes both.
  package init(key: Digest, digest: Digest) {
    self.key = key
    self.digest = digest
  }

  /// Orders by key, then by digest.
  package static func < (a: KeyedDigest, b: KeyedDigest) -> Bool {
    a.key == b.key ? a.digest < b.digest : a.key < b.key
  }
}

extension SetEntry {
  /// The ascending entries of `rows`, which come in any order and with duplicates.
  ///
  /// Cost: a sort. A digest of zeros cannot be committed and is left for the builder to refuse.
  package static func merging(_ rows: [KeyedDigest]) throws(SetBuildError) -> [SetEntry] {
    var merge = RowMerge()
    var entries: [SetEntry] = []
    for row in rows.sorted() {
      if let entry = try merge.push(key: row.key, digest: row.digest) { entries.append(entry) }
    }
    if let entry = merge.finish() { entries.append(entry) }
    return entries
  }
}
