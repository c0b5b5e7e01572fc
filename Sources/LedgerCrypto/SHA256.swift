internal import CLibcrypto

/// An incremental SHA-256 (FIPS 180-4) over libcrypto's `SHA256_CTX`.
///
/// A plain value of 112 bytes: copying it after a common prefix keeps the *midstate*, so that a
/// constant header of 64 bytes is hashed once for a whole dataset.
package struct SHA256: Sendable {
  private(set) var context = SHA256_CTX()

  /// Starts with no bytes taken.
  package init() {
    unsafe SHA256_Init(&context)
  }

  /// Takes more bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe SHA256_Update(&context, buffer.baseAddress, buffer.count)
    }
  }

  /// Takes more bytes.
  package mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Takes the 32 bytes of a digest.
  package mutating func update(_ digest: Digest) {
    var words = (
      digest.words.0.bigEndian, digest.words.1.bigEndian, digest.words.2.bigEndian,
      digest.words.3.bigEndian
    )
    unsafe withUnsafeBytes(of: &words) { buffer in
      _ = unsafe SHA256_Update(&context, buffer.baseAddress, 32)
    }
  }

  /// The digest of all bytes taken so far; this value can go on taking more.
  package func digest() -> Digest {
    var copy = context
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    unsafe withUnsafeMutableBytes(of: &words) { buffer in
      _ = unsafe SHA256_Final(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), &copy)
    }
    return Digest(
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
  }
}

extension Digest {
  /// The digest whose last block `context` has taken.
  init(stateOf context: SHA256_CTX) {
    let h = context.h
    self.init(
      UInt64(h.0) << 32 | UInt64(h.1), UInt64(h.2) << 32 | UInt64(h.3),
      UInt64(h.4) << 32 | UInt64(h.5), UInt64(h.6) << 32 | UInt64(h.7))
  }

  /// Hashes `bytes` with SHA-256.
  package init(sha256 bytes: Span<UInt8>) {
    var hasher = SHA256()
    hasher.update(bytes)
    self = hasher.digest()
  }

  /// Hashes `bytes` with SHA-256.
  package init(sha256 bytes: [UInt8]) {
    self.init(sha256: bytes.span)
  }

  /// Hashes the UTF-8 bytes of `text` with SHA-256.
  package init(sha256 text: String) {
    self.init(sha256: Array(text.utf8).span)
  }
}

/// Digests that only hash lists use; they are evidence of a match, never of integrity.
package enum LegacyHash {
  /// The MD5 of `bytes`, 16 bytes (RFC 1321).
  package static func md5(_ bytes: Span<UInt8>) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 16)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe MD5(buffer.baseAddress, buffer.count, &output)
    }
    return output
  }

  /// The SHA-1 of `bytes`, 20 bytes (FIPS 180-4).
  package static func sha1(_ bytes: Span<UInt8>) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 20)
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe SHA1(buffer.baseAddress, buffer.count, &output)
    }
    return output
  }
}
