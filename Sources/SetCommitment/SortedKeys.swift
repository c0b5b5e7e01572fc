package import LedgerCrypto

/// An ascending list of keys with random access, in memory or in a file of fixed-size parts.
package struct SortedKeys {
  /// How many keys.
  package let count: Int
  /// Reads the key with a number within 0 ..< ``count``.
  package let key: (Int) throws(SetSourceFailure) -> Digest

  /// Takes the count and how to read.
  package init(count: Int, key: @escaping (Int) throws(SetSourceFailure) -> Digest) {
    self.count = count
    self.key = key
  }

  /// Takes keys in memory.
  package init(_ keys: [Digest]) {
    self.init(count: keys.count) { index in keys[index] }
  }

  /// Takes the keys of entries in memory.
  package init(_ entries: [SetEntry]) {
    self.init(count: entries.count) { index in entries[index].key }
  }

  /// Where in `range` the first key stands that is at least `key`.
  func lowerBound(_ key: Digest, in range: Range<Int>) throws(SetSourceFailure) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if try self.key(middle) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Splits the keys of `range` at a node: those outside its prefix come to `outside`.
  func split(
    _ range: Range<Int>, prefix: Digest, bit: Int
  ) throws(SetSourceFailure) -> (left: Range<Int>, right: Range<Int>, outside: Int?) {
    if range.isEmpty { return (range, range, nil) }
    let start = try lowerBound(prefix, in: range)
    let middle = try lowerBound(prefix.setting(bit), in: start..<range.upperBound)
    let last = prefix.filled(bit)
    var end = try lowerBound(last, in: middle..<range.upperBound)
    if end < range.upperBound, try key(end) == last { end += 1 }
    let outside =
      start > range.lowerBound ? range.lowerBound : end < range.upperBound ? end : nil
    return (start..<middle, middle..<end, outside)
  }
}
