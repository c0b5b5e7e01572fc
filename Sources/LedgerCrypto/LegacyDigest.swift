internal import CLibcrypto

extension LegacyHash {
  /// The MD5 of `bytes` as the first 16 bytes of a ``Digest``, the rest zero.
  ///
  /// No allocation, and no search for a provider as the one-shot call makes for every message.
  package static func paddedMD5(_ bytes: Span<UInt8>) -> Digest {
    var context = MD5_CTX()
    var words: (UInt64, UInt64) = (0, 0)
    unsafe MD5_Init(&context)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe MD5_Update(&context, buffer.baseAddress, buffer.count)
    }
    unsafe withUnsafeMutableBytes(of: &words) { buffer in
      _ = unsafe MD5_Final(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
    }
    return Digest(words.0.bigEndian, words.1.bigEndian, 0, 0)
  }

  /// The SHA-1 of `bytes` as the first 20 bytes of a ``Digest``, the rest zero.
  package static func paddedSHA1(_ bytes: Span<UInt8>) -> Digest {
    var context = SHA_CTX()
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    unsafe SHA1_Init(&context)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe SHA1_Update(&context, buffer.baseAddress, buffer.count)
    }
    unsafe withUnsafeMutableBytes(of: &words) { buffer in
      _ = unsafe SHA1_Final(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
    }
    return Digest(words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, 0)
  }
}
