import LedgerCrypto
import Testing

@Suite struct `AES-256-GCM` {
  /// Test cases 15 and 16 of the GCM specification (McGrew and Viega), as nonce ‖ ciphertext ‖ tag.
  static let key: [UInt8] = hex(
    "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
  static let nonce = hex("cafebabefacedbaddecaf888")
  static let plaintext = hex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b5"
      + "25b16aedf5aa0de657ba637b391aafd255")
  static let ciphertext = hex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
      + "c5f61e6393ba7a0abcc9f662898015ad")
  static let associated = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")

  @Test func `opens the specification's answers`() throws {
    let box = try #require(AES256GCM(key: Self.key))
    #expect(
      try box.open(
        Self.nonce + Self.ciphertext + hex("b094dac5d93471bdec1a502270e3cc6c"), associated: [])
        == Self.plaintext)
    #expect(
      try box.open(
        Self.nonce + Self.ciphertext.dropLast(4) + hex("76fc6ece0f4e1768cddf8853bb2d551b"),
        associated: Self.associated) == Self.plaintext.dropLast(4))
    // Test cases 13 and 14: a key and a nonce of zeros.
    let zeros = try #require(AES256GCM(key: [UInt8](repeating: 0, count: 32)))
    let nonce = [UInt8](repeating: 0, count: 12)
    #expect(
      try zeros.open(nonce + hex("530f8afbc74536b9a963b4f1c4cb738b"), associated: []) == [])
    #expect(
      try zeros.open(
        nonce + hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        associated: []) == [UInt8](repeating: 0, count: 16))
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1000])
  func `opens what it sealed, under a fresh nonce each time`(count: Int) throws {
    let box = try #require(AES256GCM(key: Self.key))
    let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let sealed = try box.seal(plain, associated: [1])
    #expect(sealed.count == count + AES256GCM.overhead)
    #expect(try box.open(sealed, associated: [1]) == plain)
    #expect(try box.seal(plain, associated: [1]) != sealed)
  }

  @Test func `does not open with one bit changed anywhere`() throws {
    let box = try #require(AES256GCM(key: Self.key))
    let sealed = try box.seal([1, 2, 3], associated: [9])
    for bit in 0..<sealed.count * 8 {
      var altered = sealed
      altered[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: CryptoFailure.notAuthentic) { try box.open(altered, associated: [9]) }
    }
  }

  @Test func `does not open truncated, extended, elsewhere or under another key`() throws {
    let box = try #require(AES256GCM(key: Self.key))
    let sealed = try box.seal([1, 2, 3], associated: [9])
    for count in 0..<sealed.count {
      #expect(throws: CryptoFailure.notAuthentic) {
        try box.open(Array(sealed[..<count]), associated: [9])
      }
    }
    for associated in [[], [8], [9, 0], [9, 9]] as [[UInt8]] {
      #expect(throws: CryptoFailure.notAuthentic) { try box.open(sealed, associated: associated) }
    }
    #expect(throws: CryptoFailure.notAuthentic) { try box.open(sealed + [0], associated: [9]) }
    let other = try #require(AES256GCM(key: [UInt8](repeating: 1, count: 32)))
    #expect(throws: CryptoFailure.notAuthentic) { try other.open(sealed, associated: [9]) }
  }

  @Test(arguments: [0, 16, 24, 31, 33, 64]) func `needs 32 bytes of key`(count: Int) {
    #expect(AES256GCM(key: [UInt8](repeating: 0, count: count)) == nil)
  }
}

@Suite struct `A key from a passphrase` {
  /// RFC 7914 section 11, the first 32 bytes of each.
  @Test(arguments: [
    ("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
    (
      "Password", "NaCl", 80_000,
      "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    ),
  ]) func `is that of RFC 7914`(passphrase: String, salt: String, rounds: Int, hex: String) throws {
    #expect(
      try PBKDF2.key(
        passphrase: Array(passphrase.utf8), salt: Array(salt.utf8), rounds: Int32(rounds)
      ).hex == hex)
  }
}

/// The bytes of digits that a test spells out.
func hex(_ text: String) -> [UInt8] { [UInt8](hex: text)! }
