internal import CLibcrypto

/// An Ed25519 public key (RFC 8032): 32 bytes.
package struct VerifyingKey: Hashable, Sendable {
  /// The raw 32 bytes.
  package let bytes: Digest

  /// Takes 32 raw bytes; whether they encode a curve point shows only when a signature is checked.
  package init(bytes: Digest) {
    self.bytes = bytes
  }

  /// The key identifier: SHA-256 of the raw 32 bytes.
  package var id: Digest { Digest(sha256: bytes.bytes) }

  /// Whether `signature` (64 bytes) over `message` is valid under this key.
  ///
  /// The rule is libcrypto's: S is below the group order, R is compared by its canonical bytes,
  /// the equation is checked without the cofactor, and a non-canonical or small-order A is not
  /// refused as such. The edge cases are pinned by the tests. Cost: about 110 µs.
  package func verifies(_ signature: [UInt8], of message: Span<UInt8>) -> Bool {
    PreparedKeys().verifies(signature, of: message, under: self)
  }

  /// Whether the bytes encode one of the eight points of small order, in any spelling.
  ///
  /// Under such a key one signature is valid for an eighth of all messages or more, and nobody needs
  /// a private key to make it: whoever is asked to trust a key refuses these.
  package var isSmallOrder: Bool {
    // The sign bit is set aside: negation keeps the order.
    let (a, b, c, d) = bytes.words
    return Self.smallOrder.contains(Digest(a, b, c, d & ~0x80))
  }

  /// The y of the points of order 1, 2, 4 and 8, and the two of them that p can be added to.
  private static let smallOrder: [Digest] = [
    Digest(0x0100_0000_0000_0000, 0, 0, 0),
    Digest(0xecff_ffff_ffff_ffff, .max, .max, 0xffff_ffff_ffff_ff7f),
    Digest(0, 0, 0, 0),
    Digest(
      0xc717_6a70_3d4d_d84f, 0xba3c_0b76_0d10_670f, 0x2a20_53fa_2c39_ccc6, 0x4ec7_fd77_92ac_037a),
    Digest(
      0x26e8_958f_c2b2_27b0, 0x45c3_f489_f2ef_98f0, 0xd5df_ac05_d3c6_3339, 0xb138_0288_6d53_fc05),
    Digest(0xedff_ffff_ffff_ffff, .max, .max, 0xffff_ffff_ffff_ff7f),
    Digest(0xeeff_ffff_ffff_ffff, .max, .max, 0xffff_ffff_ffff_ff7f),
  ]
}

/// An Ed25519 private key, held by libcrypto and never copied out but as an encrypted file.
@safe
package final class SigningKey: Sendable {
  /// The address of the owned `EVP_PKEY`, which libcrypto lets many threads sign with at once.
  private let address: UInt

  /// The public half.
  package let verifyingKey: VerifyingKey

  var handle: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }

  /// Takes over `key`, or frees it and gives `nil` when it is not an Ed25519 key.
  init?(owning key: OpaquePointer) {
    var raw = [UInt8](repeating: 0, count: 32)
    var count = 32
    guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519,
      unsafe EVP_PKEY_get_raw_public_key(key, &raw, &count) == 1,
      let bytes = Digest(bytes: raw)
    else {
      unsafe EVP_PKEY_free(key)
      return nil
    }
    address = UInt(bitPattern: key)
    verifyingKey = VerifyingKey(bytes: bytes)
  }

  /// Takes the 32-byte seed of RFC 8032, or gives `nil` for another length.
  package convenience init?(seed: [UInt8]) {
    guard seed.count == 32,
      let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32)
    else { return nil }
    unsafe self.init(owning: key)
  }

  deinit {
    unsafe EVP_PKEY_free(handle)
  }

  /// Signs `message`: 64 bytes, the same every time (RFC 8032).
  ///
  /// Cost: about 42 µs.
  ///
  /// - Throws: ``CryptoFailure/libraryRefused(_:)`` when libcrypto fails, as when out of memory.
  package func sign(_ message: Span<UInt8>) throws(CryptoFailure) -> [UInt8] {
    guard let context = unsafe EVP_MD_CTX_new() else { throw .libraryRefused("EVP_MD_CTX_new") }
    defer { unsafe EVP_MD_CTX_free(context) }
    var signature = [UInt8](repeating: 0, count: 64)
    var count = 64
    let signed =
      unsafe EVP_DigestSignInit(context, nil, nil, nil, handle) == 1
      && message.withUnsafeBufferPointer { buffer in
        unsafe EVP_DigestSign(context, &signature, &count, buffer.baseAddress, buffer.count) == 1
      }
    guard signed, count == 64 else { throw .libraryRefused("EVP_DigestSign") }
    return signature
  }
}

/// Why a cryptographic operation did not come about.
package enum CryptoFailure: Error, Hashable, Sendable {
  /// A libcrypto call failed that only a broken or exhausted library fails.
  case libraryRefused(String)
  /// The passphrase does not open the key or secret.
  case wrongPassphrase
  /// The bytes are not an encrypted PKCS#8 key in PEM.
  case notAnEncryptedKey
  /// The key file is encrypted in another way than with PBKDF2-HMAC-SHA-256 and AES-256-CBC.
  case unknownKeyProtection
  /// The key file asks for more than ten million rounds of PBKDF2.
  case tooManyRounds
  /// The key is not an Ed25519 key.
  case notEd25519
  /// Sealed bytes do not open under this key and these associated data.
  case notAuthentic
}

extension CryptoFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .libraryRefused(let call): "libcrypto refused \(call); check the system's OpenSSL."
    case .wrongPassphrase: "The passphrase is wrong; give the one that the key was made with."
    case .notAnEncryptedKey:
      "The file is not a passphrase-encrypted PKCS#8 key in PEM; name a key that winnow made."
    case .unknownKeyProtection:
      "The key file is not encrypted with PBKDF2-HMAC-SHA-256 and AES-256-CBC; write it again with `openssl pkcs8 -topk8`."
    case .tooManyRounds:
      "The key file asks for more than 10,000,000 rounds of PBKDF2; write it again with `openssl pkcs8 -topk8 -iter 600000`."
    case .notEd25519: "The key is not an Ed25519 key; make one that is."
    case .notAuthentic:
      "The sealed bytes were altered or belong to another place; restore them from a backup."
    }
  }
}
