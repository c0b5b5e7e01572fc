/// A run of 1 to 256 entries, as a tlog-tiles server hands them out in a bundle.
package struct EntryTile: Hashable, Sendable {
  /// Its place, from 0: below 2^55.
  package let number: UInt64

  /// How many entries it holds: 1 to 256, and 256 in a full bundle.
  package let width: Int

  /// Names a run of entries, or gives `nil` when a part of it is out of range.
  package init?(number: UInt64, width: Int = 256) {
    guard number < 1 << 55, (1...256).contains(width) else { return nil }
    self.number = number
    self.width = width
  }

  /// The indexes of its entries in the log.
  package var entries: Range<UInt64> {
    let first = number &* 256
    return first..<first &+ UInt64(width)
  }

  /// Whether a log of `size` entries has all of them.
  package func exists(in size: TreeSize) -> Bool {
    entries.upperBound <= size.rawValue
  }
}
