import TestSupport
import Testing

@testable import CanonicalJSON

/// Held to the rule one byte at a time.
@Suite struct `A word of eight bytes` {
  private static func isValid(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      let length = UTF8Sequence.length(in: bytes.span, at: index)
      if length == 0 { return false }
      index += length
    }
    return true
  }

  @Test(arguments: [
    "é", "東", "😀", "\u{7ff}\u{800}", "\u{10ffff}", "é東😀",
  ])
  func `passes over ASCII in UTF-8 of each length, at each place`(text: String) {
    let sequence = Array(text.utf8)
    for length in 0...70 {
      for place in 0...length {
        let before = [UInt8](repeating: 0x61, count: place)
        let after = [UInt8](repeating: 0x7f, count: length - place)
        let bytes = before + sequence + after
        if !UTF8Sequence.isValid(bytes.span) { Issue.record("\(bytes)") }
        // Cut short, or with a byte too many, it is none.
        for wrong in [Array(sequence.dropLast()), Array(sequence.dropFirst()), sequence + [0x80]] {
          let bytes = before + wrong + after
          if UTF8Sequence.isValid(bytes.span) != Self.isValid(bytes) { Issue.record("\(bytes)") }
        }
      }
    }
  }

  @Test func `judges random bytes as one byte at a time would`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let pieces = ["a", "bcdefgh", "é", "東", "😀"].map { Array($0.utf8) } + [[0x80], [0xed, 0xa0]]
    var valid = 0
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let isGood = Int.random(in: 0..<8, using: &random) > 0
        bytes += pieces[Int.random(in: 0..<(isGood ? 5 : 7), using: &random)]
      }
      let expected = Self.isValid(bytes)
      valid += expected ? 1 : 0
      let found = UTF8Sequence.isValid(bytes.span)
      #expect(found == expected, "seed \(seed): \(bytes)")
    }
    #expect(valid > 10_000 && valid < 19_000, "\(valid)")
  }

  /// Bytes that end a run of plain ones in a string, and some that do not.
  @Test(arguments: [
    0x00, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7f, 0x80, 0xa2, 0xdc, 0xff,
  ])
  func `finds what is special in a string at each place of each length`(byte: UInt8) {
    for length in 1...70 {
      for place in 0..<length {
        var bytes = [UInt8](repeating: 0x61, count: length) + [0x22]
        bytes[place] = byte
        let found = Result { () throws(JSONError) in
          try JSONStringSpelling.scan(in: bytes.span, from: place & 7, isCanonical: false).end
        }
        if place < place & 7 { continue }
        let expected: Result<Int, JSONError> =
          switch byte {
          case 0x22: .success(place)
          case ..<0x20: .failure(.controlCharacter(at: place))
          case 0x5c where place + 1 == length: .failure(.unexpectedEnd(at: length + 1))
          case 0x5c: .failure(.invalidEscape(at: place))
          case 0x80...: .failure(.invalidUTF8(at: place))
          default: .success(length)
          }
        #expect(found == expected, "\(byte) at \(place) of \(length)")
      }
    }
  }
}
