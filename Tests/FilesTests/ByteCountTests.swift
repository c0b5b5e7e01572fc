import Testing

@testable import Files

@Suite struct `The number of one byte` {
  private static func isOdd(_ byte: UInt8, _ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.count { $0 == byte }.isMultiple(of: 2)
  }

  /// Bytes beside it, with its other bits, or that carry into it.
  @Test(arguments: [0x22, 0x00, 0xff, 0x80, 0x7f] as [UInt8])
  func `is odd for one alone at each place of each length, from each start`(byte: UInt8) {
    for fill in [byte ^ 0x80, byte ^ 1, byte &- 1, byte &+ 1] {
      for length in 0...70 {
        for place in 0..<length {
          var bytes = [UInt8](repeating: fill, count: length)
          bytes[place] = byte
          let start = place & 7
          let found = ByteCount.isOdd(of: byte, in: bytes.span.extracting(start..<length))
          if found != Self.isOdd(byte, bytes[start...]) {
            Issue.record("\(byte) at \(place) of \(length) \(fill)")
          }
        }
      }
    }
  }

  @Test func `is odd as one by one, in random bytes`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(state: seed)
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        UInt8.random(in: 0x21...0x23, using: &random)
      }
      let start = Int.random(in: 0...bytes.count, using: &random)
      let found = ByteCount.isOdd(of: 0x22, in: bytes.span.extracting(start..<bytes.count))
      #expect(found == Self.isOdd(0x22, bytes[start...]), "seed \(seed)")
    }
  }
}
