/// The tiles and entry bundles that a log of one size has and an older one of it had not.
///
/// Entry bundles first, then tiles level by level, each from left to right; made as they are asked
/// for, since a large tree has many. A partial tile appears again when it has grown.
package struct TileList: Sequence, Sendable {
  private let older: UInt64
  private let newer: UInt64

  /// All of a log of `size` entries.
  package init(size: TreeSize) {
    self.init(from: .zero, to: size)
  }

  /// Those that a log of `size` entries has beyond those of its first `older`.
  ///
  /// None when `older` is not below `size`.
  package init(from older: TreeSize, to size: TreeSize) {
    self.older = older.rawValue
    newer = size.rawValue
  }

  /// Walks through the paths.
  package func makeIterator() -> Iterator {
    Iterator(older: older, newer: newer)
  }

  /// Walks through the paths of a ``TileList``.
  package struct Iterator: IteratorProtocol, Sendable {
    private let older: UInt64
    private let newer: UInt64

    /// −1 for entry bundles, then the level of tiles.
    private var level = -1
    private var number: UInt64

    init(older: UInt64, newer: UInt64) {
      self.older = older
      self.newer = newer
      number = older / 256
    }

    /// The next path, or `nil` at the end.
    package mutating func next() -> TilePath? {
      while level < 8 {
        let shift = UInt64(8 * Swift.max(level, 0))
        let before = older >> shift
        let after = newer >> shift
        let first = number &* 256
        guard before < after, first < after else {
          level += 1
          number = (older >> UInt64(8 * Swift.max(level, 0))) / 256
          continue
        }
        number &+= 1
        let width = Int(Swift.min(after &- first, 256))
        if level < 0 {
          return EntryTile(number: first / 256, width: width).map { .entries($0) }
        }
        return Tile(level: level, number: first / 256, width: width).map { .tile($0) }
      }
      return nil
    }
  }
}
