internal import CLibcrypto

extension SigningKey {
  /// Makes a fresh key from the system's randomness.
  package static func generate() throws(CryptoFailure) -> SigningKey {
    guard let key = SigningKey(seed: try Random.bytes(32)) else {
      throw .libraryRefused("EVP_PKEY_new_raw_private_key")
    }
    return key
  }

  /// The rounds of PBKDF2-HMAC-SHA-256 that protect a key file; a file names its own.
  package static let rounds: Int32 = 600_000

  /// PKCS#8 in PEM, encrypted with AES-256-CBC under PBKDF2-HMAC-SHA-256 of `passphrase`
  /// (RFC 8018, PBES2; 16 bytes of salt).
  ///
  /// `openssl pkey -in FILE` reads it. Cost: about 0.2 s.
  package func encryptedPEM(
    passphrase: [UInt8], rounds: Int32 = SigningKey.rounds
  ) throws(CryptoFailure) -> [UInt8] {
    var salt = try Random.bytes(16)
    guard let plain = unsafe EVP_PKEY2PKCS8(handle) else { throw .libraryRefused("EVP_PKEY2PKCS8") }
    defer { unsafe PKCS8_PRIV_KEY_INFO_free(plain) }
    guard
      let scheme = unsafe PKCS5_pbe2_set_iv(
        EVP_aes_256_cbc(), rounds, &salt, 16, nil, NID_hmacWithSHA256)
    else { throw .libraryRefused("PKCS5_pbe2_set_iv") }
    let sealed = unsafe passphrase.withUnsafeBytes { bytes in
      unsafe PKCS8_set0_pbe(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), plain, scheme)
    }
    guard let sealed = unsafe sealed else {
      unsafe X509_ALGOR_free(scheme)
      throw .libraryRefused("PKCS8_set0_pbe")
    }
    defer { unsafe X509_SIG_free(sealed) }
    guard let output = unsafe BIO_new(BIO_s_mem()) else { throw .libraryRefused("BIO_new") }
    defer { unsafe BIO_free(output) }
    guard unsafe PEM_write_bio_PKCS8(output, sealed) == 1 else {
      throw .libraryRefused("PEM_write_bio_PKCS8")
    }
    var start: UnsafeMutablePointer<CChar>?
    let count = unsafe winnow_bio_contents(output, &start)
    guard let start = unsafe start, count > 0 else { throw .libraryRefused("BIO_get_mem_data") }
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: Int(count)))
  }

  /// Reads what ``encryptedPEM(passphrase:)`` wrote; at most 64 KiB.
  ///
  /// How the file is encrypted is looked at before a key is derived: cost is bounded by ten million
  /// rounds of PBKDF2.
  ///
  /// - Throws: ``CryptoFailure/notAnEncryptedKey``, ``CryptoFailure/unknownKeyProtection``,
  ///   ``CryptoFailure/tooManyRounds``, ``CryptoFailure/wrongPassphrase`` or
  ///   ``CryptoFailure/notEd25519``.
  package static func open(
    pem: [UInt8], passphrase: [UInt8]
  ) throws(CryptoFailure) -> SigningKey {
    guard pem.count <= 65_536, let input = unsafe BIO_new_mem_buf(pem, Int32(pem.count)) else {
      throw .notAnEncryptedKey
    }
    defer { unsafe BIO_free(input) }
    guard let sealed = unsafe PEM_read_bio_PKCS8(input, nil, nil, nil) else {
      throw .notAnEncryptedKey
    }
    defer { unsafe X509_SIG_free(sealed) }
    var algorithm: UnsafePointer<X509_ALGOR>?
    unsafe X509_SIG_get0(sealed, &algorithm, nil)
    let count = unsafe i2d_X509_ALGOR(algorithm, nil)
    guard count > 0 else { throw .notAnEncryptedKey }
    var der = [UInt8](repeating: 0, count: Int(count))
    let written = unsafe der.withUnsafeMutableBufferPointer { buffer in
      var place = buffer.baseAddress
      return unsafe i2d_X509_ALGOR(algorithm, &place)
    }
    guard written == count else { throw .notAnEncryptedKey }
    _ = try KeyProtection(algorithm: der)
    let plain = unsafe passphrase.withUnsafeBytes { bytes in
      unsafe PKCS8_decrypt(
        sealed, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
    }
    guard let plain = unsafe plain else { throw .wrongPassphrase }
    defer { unsafe PKCS8_PRIV_KEY_INFO_free(plain) }
    guard let key = unsafe EVP_PKCS82PKEY(plain) else { throw .wrongPassphrase }
    guard let opened = unsafe SigningKey(owning: key) else { throw .notEd25519 }
    return opened
  }
}

/// Randomness from the system, through libcrypto.
package enum Random {
  /// `count` random bytes.
  package static func bytes(_ count: Int) throws(CryptoFailure) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    guard unsafe RAND_bytes(&output, Int32(count)) == 1 else { throw .libraryRefused("RAND_bytes") }
    return output
  }
}
