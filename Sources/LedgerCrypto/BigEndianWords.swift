extension [UInt8] {
  /// The big-endian word in the 8 bytes from `offset` on.
  ///
  /// Traps when they are not there: the caller has checked the length. One load, where byte by byte
  /// would be eight with eight bounds checks.
  package func bigEndianWord(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && count >= 8 && offset <= count - 8, "The word is outside the bytes.")
    return unsafe withUnsafeBytes { buffer in
      UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  /// The digest in the 32 bytes from `offset` on, which the caller has checked to be there.
  package func digest(at offset: Int) -> Digest {
    precondition(
      offset >= 0 && count >= 32 && offset <= count - 32, "The digest is outside the bytes.")
    return unsafe withUnsafeBytes { buffer in
      func word(_ start: Int) -> UInt64 {
        UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      }
      return Digest(word(offset), word(offset + 8), word(offset + 16), word(offset + 24))
    }
  }

  /// Appends `tag`, then `word` as 4 bytes, the most significant first.
  package mutating func append(tag: UInt8, bigEndian word: UInt32) {
    let bytes = (UInt64(tag) | UInt64(word.bigEndian) << 8).littleEndian
    unsafe Swift.withUnsafeBytes(of: bytes) { bytes in
      unsafe append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<5]))
    }
  }

  /// Appends `tag`, then `word` as 8 bytes, the most significant first.
  package mutating func append(tag: UInt8, bigEndian word: UInt64) {
    append(tag)
    append(bigEndian: word)
  }

  /// Appends `word` as 8 bytes, the most significant first.
  package mutating func append(bigEndian word: UInt64) {
    unsafe Swift.withUnsafeBytes(of: word.bigEndian) { bytes in
      unsafe append(contentsOf: bytes)
    }
  }
}
