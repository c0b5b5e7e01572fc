/// Eight bytes at once, as one word with the first in the lowest place.
///
/// A search looks at each byte's top bit. Of marks that subtract, the lowest is that of the first byte
/// found; above it, a borrow may set others.
enum ByteWord {
  /// A one in every byte.
  static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// The top bit of every byte.
  static var tops: UInt64 { 0x8080_8080_8080_8080 }

  /// The eight bytes from `index` on, which are there.
  @inline(__always)
  static func load(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
    // The optimizer makes one load of these.
    let bytes = bytes.extracting(index..<index + 8)
    var word: UInt64 = 0
    for place in 0..<8 { word |= UInt64(bytes[place]) << UInt64(8 * place) }
    return word
  }

  /// Marks of the bytes that are `byte`.
  @inline(__always)
  static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
    let differing = word ^ ones &* UInt64(byte)
    return (differing &- ones) & ~differing & tops
  }

  /// Marks of the bytes below `limit`, at most 0x80.
  @inline(__always)
  static func marks(below limit: UInt8, in word: UInt64) -> UInt64 {
    (word &- ones &* UInt64(limit)) & ~word & tops
  }

  /// The place of the first byte with a mark; there is one.
  @inline(__always)
  static func first(of marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  /// The bytes of `word` before `place`, 0 to 7; zeros above.
  @inline(__always)
  static func prefix(_ word: UInt64, _ place: Int) -> UInt64 {
    word & ((1 << UInt64(8 * place)) &- 1)
  }
}
