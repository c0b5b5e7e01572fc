internal import LedgerCrypto

/// What is encrypted as a sealed attachment: u64 length, big-endian ‖ content ‖ zeros, so many that
/// nonce, ciphertext and tag together have a power of two of bytes, at least 4096.
///
/// So the size that everybody sees says little of how long the content is: of how many rows a set
/// has, how many shards lost some, how long a letter is.
package enum SealedContent {
  /// Nonce and tag, beside the ciphertext.
  private static let overhead = 28
  private static let lengthSize = 8
  private static let leastSize: UInt64 = 4096

  /// Whether a sealed attachment can have `size` bytes.
  package static func isStoredSize(_ size: UInt64) -> Bool {
    size >= leastSize && size & (size - 1) == 0
  }

  /// How many bytes are stored of `count` bytes of content; `count` is at most 2^62.
  package static func storedSize(of count: Int) -> UInt64 {
    let least = UInt64(count) + UInt64(lengthSize + overhead)
    var size = leastSize
    while size < least { size *= 2 }
    return size
  }

  /// The bytes to encrypt.
  package static func padded(_ content: [UInt8]) -> [UInt8] {
    let size = Int(storedSize(of: content.count)) - overhead
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    bytes.append(bigEndian: UInt64(content.count))
    bytes += content
    bytes += repeatElement(0, count: size - bytes.count)
    return bytes
  }

  /// The content of decrypted bytes, or `nil` where they are not padded so.
  package static func unpadded(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= lengthSize else { return nil }
    let length = bytes.bigEndianWord(at: 0)
    guard length <= UInt64(bytes.count - lengthSize),
      storedSize(of: Int(length)) == UInt64(bytes.count + overhead)
    else { return nil }
    let end = lengthSize + Int(length)
    guard bytes[end...].allSatisfy({ $0 == 0 }) else { return nil }
    return Array(bytes[lengthSize..<end])
  }
}
