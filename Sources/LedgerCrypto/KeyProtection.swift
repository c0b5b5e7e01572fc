/// How a PKCS#8 file is encrypted, read before any key is derived: a file that came from elsewhere
/// could otherwise ask for hours of work, or for gigabytes (scrypt).
///
/// Taken is what ``SigningKey/encryptedPEM(passphrase:)`` writes, which is also what OpenSSL 3 writes
/// by default: PBES2 (RFC 8018) with PBKDF2-HMAC-SHA-256 and AES-256-CBC.
///
///     SEQUENCE { pbes2, SEQUENCE {
///       SEQUENCE { pbkdf2, SEQUENCE { OCTET STRING salt, INTEGER rounds, INTEGER 32?,
///                                     SEQUENCE { hmacWithSHA256, NULL } } },
///       SEQUENCE { aes256-CBC, OCTET STRING iv } } }
struct KeyProtection: Hashable {
  /// Rounds of PBKDF2, 1 … ``maximumRounds``.
  let rounds: Int

  /// The most rounds that are worked through: some 4 s where ours take 0.2 s.
  static let maximumRounds = 10_000_000

  /// Reads the DER of a PKCS#8 file's AlgorithmIdentifier.
  ///
  /// - Throws: ``CryptoFailure/unknownKeyProtection`` for any other scheme, and
  ///   ``CryptoFailure/tooManyRounds``.
  init(algorithm der: [UInt8]) throws(CryptoFailure) {
    guard let rounds = Self.rounds(of: der) else { throw .unknownKeyProtection }
    // Leading zeros are no DER, so that a longer integer is a larger one.
    guard let first = rounds.first, first < 0x80, rounds.count == 1 || first > 0 || rounds[1] > 0x7f
    else { throw .unknownKeyProtection }
    guard rounds.count <= 4 else { throw .tooManyRounds }
    let count = rounds.reduce(0) { $0 << 8 | Int($1) }
    guard count > 0 else { throw .unknownKeyProtection }
    guard count <= Self.maximumRounds else { throw .tooManyRounds }
    self.rounds = count
  }

  /// The bytes of the count of rounds, as a big-endian integer.
  private static func rounds(of der: [UInt8]) -> [UInt8]? {
    var outer = DERReader(der[...])
    guard var algorithm = outer.sequence(), outer.isAtEnd, algorithm.isNext(pbes2),
      var scheme = algorithm.sequence(), algorithm.isAtEnd,
      var derivation = scheme.sequence(), derivation.isNext(pbkdf2),
      var parameters = derivation.sequence(), derivation.isAtEnd,
      let salt = parameters.next(0x04), (8...64).contains(salt.count),
      let rounds = parameters.next(0x02)
    else { return nil }
    if let length = parameters.next(0x02), Array(length) != [32] { return nil }
    guard var hash = parameters.sequence(), parameters.isAtEnd, hash.isNext(hmacWithSHA256),
      let none = hash.next(0x05), none.isEmpty, hash.isAtEnd,
      var cipher = scheme.sequence(), scheme.isAtEnd, cipher.isNext(aes256CBC),
      let start = cipher.next(0x04), start.count == 16, cipher.isAtEnd
    else { return nil }
    return Array(rounds)
  }

  // 1.2.840.113549.1.5.13
  private static let pbes2: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]
  // 1.2.840.113549.1.5.12
  private static let pbkdf2: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c]
  // 1.2.840.113549.2.9
  private static let hmacWithSHA256: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09]
  // 2.16.840.1.101.3.4.1.42
  private static let aes256CBC: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]
}

/// Reads DER elements one after the other; lengths of up to 255 bytes, which is all that we need.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The content of the next element when it has this tag; otherwise nothing is read.
  mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard rest.count >= 2, rest.first == tag else { return nil }
    var content = rest.dropFirst(2)
    var length = Int(rest[rest.startIndex + 1])
    if length == 0x81, let long = content.first, long >= 0x80 {
      length = Int(long)
      content = content.dropFirst()
    } else if length >= 0x80 {
      return nil
    }
    guard content.count >= length else { return nil }
    rest = content.dropFirst(length)
    return content.prefix(length)
  }

  mutating func sequence() -> DERReader? { next(0x30).map { DERReader($0) } }

  /// Whether the next element is this object identifier, which is then read.
  mutating func isNext(_ identifier: [UInt8]) -> Bool {
    next(0x06).map { Array($0) == identifier } ?? false
  }
}
