internal import CLibcrypto
internal import Synchronization

/// Public keys as libcrypto holds them, kept for the next signature: making one costs about a tenth
/// of a verification.
///
/// Many threads can share it. At most 1,024 keys are kept.
@safe
package final class PreparedKeys: Sendable {
  /// Owns an `EVP_PKEY`, which many threads can verify with at once.
  @safe
  private final class Key: Sendable {
    private let address: UInt
    var handle: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }

    init?(_ key: VerifyingKey) {
      guard
        let made = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, key.bytes.bytes, 32)
      else { return nil }
      address = UInt(bitPattern: made)
    }

    deinit { unsafe EVP_PKEY_free(handle) }
  }

  private let kept = Mutex<[Digest: Key]>([:])
  private static let limit = 1_024

  package init() {}

  /// Whether `signature` (64 bytes) over `message` is valid under `key`, by the rule of
  /// ``VerifyingKey/verifies(_:of:)``.
  package func verifies(
    _ signature: [UInt8], of message: Span<UInt8>, under key: VerifyingKey
  ) -> Bool {
    guard signature.count == 64, let prepared = prepared(key),
      let context = unsafe EVP_MD_CTX_new()
    else { return false }
    defer { unsafe EVP_MD_CTX_free(context) }
    guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, prepared.handle) == 1 else {
      return false
    }
    return unsafe message.withUnsafeBufferPointer { buffer in
      unsafe EVP_DigestVerify(context, signature, 64, buffer.baseAddress, buffer.count) == 1
    }
  }

  private func prepared(_ key: VerifyingKey) -> Key? {
    if let known = kept.withLock({ $0[key.bytes] }) { return known }
    guard let made = Key(key) else { return nil }
    kept.withLock { kept in
      if kept.count >= Self.limit { kept.removeAll() }
      kept[key.bytes] = made
    }
    return made
  }
}
