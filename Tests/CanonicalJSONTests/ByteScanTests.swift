import TestSupport
import Testing

@testable import CanonicalJSON

/// Held to the rule one byte at a time.
@Suite struct `A search by words` {
  static let marks = Array(",\"\n\r".utf8)
  /// What could be taken for a mark: neighbours, the same with other bits, and what a borrow reaches.
  static let others: [UInt8] = [
    0x00, 0x01, 0x09, 0x0b, 0x0c, 0x0e, 0x20, 0x21, 0x23, 0x2b, 0x2d, 0x2e, 0x7f, 0x80, 0x8a, 0x8d,
    0xa2, 0xac, 0xff,
  ]

  #if DEBUG
    /// About one, two, four and eight words; all of them in release mode.
    static let lengths = Array(0...10) + [15, 16, 17, 24, 31, 32, 33, 63, 64, 65, 70]
  #else
    static let lengths = Array(0...70)
  #endif

  private static func end(_ bytes: [UInt8], _ wanted: [UInt8], from start: Int) -> (Int, UInt8) {
    let end = bytes[start...].firstIndex { wanted.contains($0) } ?? bytes.count
    return (end, bytes[start..<end].reduce(0, |))
  }

  private static func check(_ bytes: [UInt8], from start: Int, _ note: String = "") {
    for wanted in [marks, Array("\"".utf8)] {
      let found =
        wanted.count > 1
        ? ByteScan.first(
          of: .init(wanted[0], wanted[1], wanted[2], wanted[3]), in: bytes.span, from: start)
        : ByteScan.first(wanted[0], in: bytes.span, from: start)
      let (end, ored) = end(bytes, wanted, from: start)
      if found.offset != end || found.isASCII != (ored < 0x80) {
        Issue.record("\(bytes) from \(start): \(found), not \(end) \(note)")
      }
    }
  }

  @Test(arguments: marks + others)
  func `finds a byte at each place of each length from each start`(byte: UInt8) {
    for length in Self.lengths {
      for place in 0...length {
        var bytes = [UInt8](repeating: 0x61, count: length)
        if place < length { bytes[place] = byte }
        Self.check(bytes, from: min(length, place & 7))
      }
    }
    for start in Self.lengths where start <= 24 {
      for place in start..<70 {
        var bytes = [UInt8](repeating: 0x61, count: 70)
        bytes[place] = byte
        bytes[place - start] |= 0x80
        Self.check(bytes, from: start)
      }
    }
  }

  @Test func `finds the first of many bytes side by side`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let alphabet = Self.marks + Self.others + [0x61, 0x61, 0x61, 0x61]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
      }
      Self.check(bytes, from: Int.random(in: 0...bytes.count, using: &random), "seed \(seed)")
    }
  }

  private static func holds(_ wanted: [UInt8], in bytes: [UInt8], at index: Int) -> Bool {
    ByteScan.holds(wanted.span, in: bytes.span, at: index)
  }

  @Test func `finds words where they stand, and only there`() {
    let wanted = (0..<40).map { UInt8($0 * 3 + 1) }
    for length in 0...40 {
      for start in [0, 1, 7, 8, 9] {
        let word = Array(wanted.prefix(length))
        let bytes = Array(repeating: 0, count: start) + word
        #expect(Self.holds(word, in: bytes, at: start))
        #expect(!Self.holds(word + [1], in: bytes, at: start))
        #expect(length == 0 || !Self.holds(word, in: bytes, at: start + 1))
        for place in 0..<length {
          var other = bytes
          other[start + place] ^= 0x80
          #expect(!Self.holds(word, in: other, at: start))
        }
      }
    }
  }
}
