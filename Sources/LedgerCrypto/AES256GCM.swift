internal import CLibcrypto

/// AES-256-GCM (NIST SP 800-38D); sealed bytes are 12-byte nonce ‖ ciphertext ‖ 16-byte tag.
package struct AES256GCM: Sendable {
  private let key: [UInt8]

  /// Takes a 32-byte key, or gives `nil` for another length.
  package init?(key: [UInt8]) {
    guard key.count == 32 else { return nil }
    self.key = key
  }

  /// Bytes that sealing adds: nonce and tag.
  package static let overhead = 28

  /// Seals `plaintext` under a fresh random nonce, bound to `associated`.
  package func seal(
    _ plaintext: [UInt8], associated: [UInt8]
  ) throws(CryptoFailure) -> [UInt8] {
    let nonce = try Random.bytes(12)
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .libraryRefused("EVP_CIPHER") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
    var tag = [UInt8](repeating: 0, count: 16)
    var count: Int32 = 0
    guard let length = Int32(exactly: plaintext.count),
      unsafe EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      unsafe EVP_EncryptUpdate(context, nil, &count, associated, Int32(associated.count)) == 1,
      unsafe EVP_EncryptUpdate(context, &ciphertext, &count, plaintext, length) == 1,
      count == length,
      unsafe EVP_EncryptFinal_ex(context, nil, &count) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, &tag) == 1
    else { throw .libraryRefused("EVP_Encrypt") }
    return nonce + ciphertext + tag
  }

  /// Opens what ``seal(_:associated:)`` made.
  ///
  /// - Throws: ``CryptoFailure/notAuthentic`` for any other bytes, key or associated data.
  package func open(_ sealed: [UInt8], associated: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    guard sealed.count >= Self.overhead,
      let length = Int32(exactly: sealed.count - Self.overhead)
    else { throw .notAuthentic }
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .libraryRefused("EVP_CIPHER") }
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    let nonce = Array(sealed[..<12])
    let ciphertext = Array(sealed[12..<sealed.count - 16])
    var tag = Array(sealed[(sealed.count - 16)...])
    var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
    var count: Int32 = 0
    guard unsafe EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1,
      unsafe EVP_DecryptUpdate(context, nil, &count, associated, Int32(associated.count)) == 1,
      unsafe EVP_DecryptUpdate(context, &plaintext, &count, ciphertext, length) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1,
      unsafe EVP_DecryptFinal_ex(context, nil, &count) == 1
    else { throw .notAuthentic }
    return plaintext
  }
}

/// PBKDF2-HMAC-SHA-256 (RFC 8018).
package enum PBKDF2 {
  /// Derives 32 bytes from `passphrase` and `salt`.
  ///
  /// Cost at 600,000 rounds: about 0.2 s.
  package static func key(
    passphrase: [UInt8], salt: [UInt8], rounds: Int32
  ) throws(CryptoFailure) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 32)
    let derived = unsafe passphrase.withUnsafeBytes { bytes in
      unsafe PKCS5_PBKDF2_HMAC(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
        salt, Int32(salt.count), rounds, EVP_sha256(), 32, &output)
    }
    guard derived == 1 else { throw .libraryRefused("PKCS5_PBKDF2_HMAC") }
    return output
  }
}
