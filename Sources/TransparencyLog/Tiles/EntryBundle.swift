internal import LedgerCrypto
/// Entries one after another, each as `u16 length ‖ bytes` (tlog-tiles 0.1.0).
package enum EntryBundle {
  /// The most bytes that an entry may have: 65,535.
  package static let maximumEntryLength = 65_535

  /// The most entries that a bundle may have: 256.
  package static let maximumCount = 256

  /// The bytes of a bundle of 1 to 256 entries.
  ///
  /// - Throws: ``EntryBundleError/wrongCount(expected:)`` for another number of entries, or
  ///   ``EntryBundleError/entryTooLong(entry:count:)``.
  package static func encode(_ entries: [[UInt8]]) throws(EntryBundleError) -> [UInt8] {
    guard (1...maximumCount).contains(entries.count) else {
      throw .wrongCount(expected: maximumCount)
    }
    var output: [UInt8] = []
    output.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
    for (index, entry) in entries.enumerated() {
      guard let length = UInt16(exactly: entry.count) else {
        throw .entryTooLong(entry: index, count: entry.count)
      }
      output.append(UInt8(length >> 8))
      output.append(UInt8(length & 0xff))
      output += entry
    }
    return output
  }

  /// The entries of a bundle.
  ///
  /// - Parameters:
  ///   - bytes: The whole bundle.
  ///   - count: How many entries it must hold: the width of its ``EntryTile``, 1 to 256.
  /// - Returns: The entries' bytes, in order.
  /// - Throws: ``EntryBundleError/wrongCount(expected:)`` when there are fewer or more, or
  ///   ``EntryBundleError/truncated(entry:)``.
  package static func parse(_ bytes: [UInt8], count: Int) throws(EntryBundleError) -> [[UInt8]] {
    guard (1...maximumCount).contains(count) else { throw .wrongCount(expected: maximumCount) }
    var entries: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard entries.count < count else { throw .wrongCount(expected: count) }
      guard rest.count >= 2 else { throw .truncated(entry: entries.count) }
      let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
      guard rest.count >= length else { throw .truncated(entry: entries.count) }
      entries.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    guard entries.count == count else { throw .wrongCount(expected: count) }
    return entries
  }
}

/// Why bytes are not an entry bundle, or entries do not fit one.
package enum EntryBundleError: Error, Hashable, Sendable {
  /// The number of entries is not the one expected, or not 1 to 256.
  case wrongCount(expected: Int)
  /// The bytes end within this entry, counted from 0.
  case truncated(entry: Int)
  /// This entry, counted from 0, has more than 65,535 bytes.
  case entryTooLong(entry: Int, count: Int)
}

extension EntryBundleError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .wrongCount(let expected):
      "The bundle does not hold the \(expected.of("entry", "entries")) of its place; fetch it again."
    case .truncated(let entry): "The bundle ends within its entry \(entry); fetch it again."
    case .entryTooLong(let entry, let count):
      "Entry \(entry) of the bundle has \(count.of("byte")), more than 65,535; make it shorter."
    }
  }
}
