import TestSupport
import Testing

@testable import Rows

@Suite struct `The text of a quoted field` {
  @Test func `has each doubled quote once`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for _ in 0..<5_000 {
      let plain = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        UInt8.random(in: 0x20...0x24, using: &random)
      }
      let doubled = plain.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
      var output: [UInt8] = [1, 2]
      CSVText.unescape(doubled.span, into: &output)
      #expect(output == [1, 2] + plain, "seed \(seed)")
    }
  }
}
