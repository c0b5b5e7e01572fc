/// Counting of one byte in many.
package enum ByteCount {
  /// Whether `byte` stands in `bytes` an odd number of times.
  ///
  /// Without bounds checks the compiler compares 32 or 64 bytes at once; a chunk of a file is
  /// counted while the others wait for it.
  package static func isOdd(of byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      var sum: UInt8 = 0
      for index in 0..<buffer.count { sum &+= unsafe buffer[index] == byte ? 1 : 0 }
      return sum & 1 == 1
    }
  }
}
