/// The well-formed byte sequences of UTF-8 (RFC 3629 section 4).
package enum UTF8Sequence {
  /// The length, 1 to 4, of the well-formed sequence that starts at `index`, or 0 for none.
  ///
  /// Overlong forms, surrogates and scalars past U+10FFFF are not well-formed. `index` lies inside
  /// `bytes`.
  package static func length(in bytes: Span<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    if lead < 0x80 { return 1 }
    let left = bytes.count - index
    switch lead {
    case 0xc2...0xdf:
      return left >= 2 && isContinuation(bytes[index + 1]) ? 2 : 0
    case 0xe0...0xef:
      guard left >= 3, isContinuation(bytes[index + 2]) else { return 0 }
      let low: UInt8 = lead == 0xe0 ? 0xa0 : 0x80
      let high: UInt8 = lead == 0xed ? 0x9f : 0xbf
      return low <= bytes[index + 1] && bytes[index + 1] <= high ? 3 : 0
    case 0xf0...0xf4:
      guard left >= 4, isContinuation(bytes[index + 2]), isContinuation(bytes[index + 3]) else {
        return 0
      }
      let low: UInt8 = lead == 0xf0 ? 0x90 : 0x80
      let high: UInt8 = lead == 0xf4 ? 0x8f : 0xbf
      return low <= bytes[index + 1] && bytes[index + 1] <= high ? 4 : 0
    default:
      return 0
    }
  }

  /// Whether all the bytes are UTF-8.
  package static func isValid(_ bytes: Span<UInt8>) -> Bool { firstInvalid(in: bytes) == nil }

  /// The offset of the first byte that begins no well-formed sequence, or `nil` where all are UTF-8.
  static func firstInvalid(in bytes: Span<UInt8>) -> Int? {
    var index = 0
    while true {
      index = firstBeyondASCII(in: bytes, from: index)
      if index == bytes.count { return nil }
      let length = length(in: bytes, at: index)
      if length == 0 { return index }
      index += length
    }
  }

  /// The offset of the first byte from `start` on that is not ASCII, or the end.
  private static func firstBeyondASCII(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index <= bytes.count - 8 {
      let marks = ByteWord.load(bytes, at: index) & ByteWord.tops
      if marks != 0 { return index + ByteWord.first(of: marks) }
      index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
