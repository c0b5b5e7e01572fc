internal import CLibcrypto

/// A message of 56 to 119 bytes already padded as FIPS 180-4 says: 128 bytes, two SHA-256 blocks.
///
/// Hashing it is one call of the compression function for both blocks, without the buffering of
/// ``SHA256``: trees of fixed-size nodes spend nearly all their time here.
package struct TwoBlockMessage {
  /// The 128 bytes as big-endian words.
  package var words: InlineArray<16, UInt64>

  /// Starts with zeros.
  package init() {
    words = InlineArray(repeating: 0)
  }

  /// The SHA-256 of the message, whose padding the caller has written.
  ///
  /// Cost: two compressions and about 10 ns.
  package func digest() -> Digest {
    var blocks = InlineArray<16, UInt64>(repeating: 0)
    for index in 0..<16 { blocks[index] = words[index].bigEndian }
    var context = SHA256_CTX()
    unsafe SHA256_Init(&context)
    unsafe withUnsafeBytes(of: &blocks) { buffer in
      _ = unsafe SHA256_Update(&context, buffer.baseAddress, 128)
    }
    return Digest(stateOf: context)
  }
}
