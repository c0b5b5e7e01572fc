/// HMAC-SHA-256 (RFC 2104) under one key: both keyed midstates are kept, so that a short message
/// costs two compressions beyond its own blocks.
package struct HMAC256: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  /// Takes a key of any length; one longer than 64 bytes is hashed first, as the RFC says.
  package init(key: [UInt8]) {
    var block = key.count > 64 ? Digest(sha256: key).bytes : key
    block.append(contentsOf: repeatElement(0, count: 64 - block.count))
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5c })
    self.inner = inner
    self.outer = outer
  }

  /// The tag of `message`, 32 bytes.
  package func tag(of message: Span<UInt8>) -> Digest {
    var hasher = inner
    hasher.update(message)
    return finish(hasher)
  }

  /// The tag of the 32 bytes of `message`.
  package func tag(of message: Digest) -> Digest {
    var hasher = inner
    hasher.update(message)
    return finish(hasher)
  }

  /// A hasher that has taken the keyed inner block: feed it the message, then ``finish(_:)``.
  package var started: SHA256 { inner }

  /// The tag, given the inner hasher after the whole message.
  package func finish(_ hasher: SHA256) -> Digest { finish(inner: hasher.digest()) }

  /// The tag, given the inner hash of the whole message.
  package func finish(inner: Digest) -> Digest {
    var result = outer
    result.update(inner)
    return result.digest()
  }
}
