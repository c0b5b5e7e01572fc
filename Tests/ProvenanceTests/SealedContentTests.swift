import Provenance
import Testing

@Suite struct `Sealed content` {
  @Test(arguments: [0, 1, 4059, 4060, 4061, 8155, 8156, 8157, 70_000])
  func `is padded to a power of two and comes back`(count: Int) {
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
    let padded = SealedContent.padded(content)
    let stored = UInt64(padded.count + 28)
    #expect(SealedContent.isStoredSize(stored))
    #expect(stored == SealedContent.storedSize(of: count))
    #expect(SealedContent.unpadded(padded) == content)
  }

  @Test func `has the size of the least power of two that holds it, 4096 at least`() {
    #expect(SealedContent.storedSize(of: 0) == 4096)
    #expect(SealedContent.storedSize(of: 4060) == 4096)
    #expect(SealedContent.storedSize(of: 4061) == 8192)
    #expect(SealedContent.storedSize(of: 8156) == 8192)
    #expect(SealedContent.storedSize(of: 8157) == 16_384)
  }

  @Test(arguments: [0, 28, 4095, 4097, 6144, 2048, UInt64.max] as [UInt64])
  func `is stored in no other size`(size: UInt64) {
    #expect(!SealedContent.isStoredSize(size))
  }

  @Test func `is refused with any other padding or length`() {
    let padded = SealedContent.padded([1, 2, 3])
    for place in [11, 12, padded.count - 1] {
      var bytes = padded
      bytes[place] = 1
      #expect(SealedContent.unpadded(bytes) == nil)
    }
    for length: UInt64 in [4061, 4068, 4069, .max] {
      var bytes = padded
      for byte in 0..<8 { bytes[byte] = UInt8(truncatingIfNeeded: length >> (56 - 8 * byte)) }
      #expect(SealedContent.unpadded(bytes) == nil)
    }
    #expect(SealedContent.unpadded(Array(padded.dropLast())) == nil)
    #expect(SealedContent.unpadded(padded + [0]) == nil)
    // The next power of two holds it as well, and is another spelling of it.
    #expect(SealedContent.unpadded(padded + Array(repeating: 0, count: 4096)) == nil)
    for count in 0..<16 {
      #expect(SealedContent.unpadded(Array(repeating: 0, count: count)) == nil)
    }
  }
}
