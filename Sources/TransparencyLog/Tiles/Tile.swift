package import LedgerCrypto

/// A run of 1 to 256 hashes of one level in eight, as a tlog-tiles server hands them out.
///
/// Tile n of level l holds the hashes of the complete subtrees of 256^l leaves from number 256·n on.
/// Bytes: the hashes one after another, 8,192 of them in a full tile. Immutable.
package struct Tile: Hashable, Sendable {
  /// 0 to 63; trees below 2^63 leaves have levels 0 to 7.
  package let level: Int

  /// Its place on its level, from 0: below 2^55.
  package let number: UInt64

  /// How many hashes it holds: 1 to 256, and 256 in a full tile.
  package let width: Int

  /// Names a tile, or gives `nil` when a part of it is out of range.
  package init?(level: Int, number: UInt64, width: Int = 256) {
    guard (0...63).contains(level), number < 1 << 55, (1...256).contains(width) else { return nil }
    self.level = level
    self.number = number
    self.width = width
  }

  /// Whether a tree of `size` leaves has all the hashes of this tile.
  package func exists(in size: TreeSize) -> Bool {
    level < 8 && number &* 256 &+ UInt64(width) <= size.rawValue >> UInt64(8 * level)
  }

  /// The tile's hashes, read in one batch of at most 256.
  ///
  /// - Throws: ``TreeReadError/outsideTree`` unless the tile ``exists(in:)`` the tree, or what
  ///   `reading` throws.
  package func hashes<Failure>(
    in size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> [Digest] {
    guard exists(in: size) else { throw .outsideTree }
    let first = number &* 256
    return try read(
      (0..<UInt64(width)).map { StoredHash.index(level: 8 * level, number: first &+ $0) }, reading)
  }

  /// The bytes to serve: 32 for each hash.
  ///
  /// - Throws: As ``hashes(in:reading:)``.
  package func bytes<Failure>(
    in size: TreeSize, reading: HashReader<Failure>
  ) throws(TreeReadError<Failure>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(32 * width)
    for hash in try hashes(in: size, reading: reading) { hash.append(to: &output) }
    return output
  }

  /// The hashes of a tile's bytes, or `nil` when there are not 32 bytes for each.
  package func parse(_ bytes: [UInt8]) -> [Digest]? {
    guard bytes.count == 32 * width else { return nil }
    return (0..<width).map { Digest(bytes.span, at: 32 * $0) }
  }
}
