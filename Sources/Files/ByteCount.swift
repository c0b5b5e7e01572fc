/// Counting of one byte in many.
package enum ByteCount {
  /// Whether `byte` stands in `bytes` an odd number of times.
  ///
  /// A chunk of a file is counted while others wait for it: eight bytes at once as one word, which the
  /// compiler turns into vectors, as it does not with a loop over bytes.
  package static func isOdd(of byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBytes { raw in
      let wanted = 0x0101_0101_0101_0101 &* UInt64(byte)
      let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
      var odd: UInt64 = 0
      var index = 0
      while index <= raw.count - 8 {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ wanted
        // A byte's top bit stays clear only where `byte` stands.
        odd ^= ~(((word & low) &+ low) | word)
        index += 8
      }
      var count = (odd & ~low).nonzeroBitCount
      while index < raw.count {
        count += unsafe raw[index] == byte ? 1 : 0
        index += 1
      }
      return count & 1 == 1
    }
  }
}
