import Files
import Foundation
import LedgerCrypto
import Testing

@Suite struct `A key file` {
  static let passphrase = Array("correct horse".utf8)

  @Test func `opens under its passphrase alone, and OpenSSL reads it`() throws {
    let key = try #require(SigningKey(seed: [UInt8](repeating: 7, count: 32)))
    let pem = try key.encryptedPEM(passphrase: Self.passphrase)
    #expect(pem.starts(with: Array("-----BEGIN ENCRYPTED PRIVATE KEY-----\n".utf8)))
    let opened = try SigningKey.open(pem: pem, passphrase: Self.passphrase)
    #expect(opened.verifyingKey == key.verifyingKey)
    let message: [UInt8] = [1, 2]
    let signatures = (try opened.sign(message.span), try key.sign(message.span))
    #expect(signatures.0 == signatures.1)
    #expect(throws: CryptoFailure.wrongPassphrase) {
      try SigningKey.open(pem: pem, passphrase: Array("correct horsf".utf8))
    }
    #expect(throws: CryptoFailure.wrongPassphrase) {
      try SigningKey.open(pem: pem, passphrase: [])
    }
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") else { return }
    let read = try openssl(["pkey", "-pubout", "-passin", "pass:correct horse"], input: pem)
    #expect(read == key.verifyingKey.pem)
    #expect(
      try openssl(["pkey", "-pubin"], input: Array(key.verifyingKey.pem.utf8))
        == key.verifyingKey.pem)
  }

  @Test func `is another each time, and may have an empty passphrase`() throws {
    let key = try SigningKey.generate()
    let pem = try key.encryptedPEM(passphrase: [])
    #expect(try SigningKey.open(pem: pem, passphrase: []).verifyingKey == key.verifyingKey)
    #expect(try key.encryptedPEM(passphrase: []) != pem)
  }

  /// A key that OpenSSL wrote, with few rounds, so that a test can open it often.
  static let fast = Array(
    """
    -----BEGIN ENCRYPTED PRIVATE KEY-----
    MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh174H9XQda4gICA+gw
    DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEMPfqbQSnxzWNlDniSUQ0nQEQMHp
    gg30C140heEuBhYNXiNxCD51MBDpckkAmDNd8evccLFyITBBa5LEBOx6O4xH97OJ
    yqJN4mcoPNiU8DSgJl0=
    -----END ENCRYPTED PRIVATE KEY-----

    """.utf8)
  static let fastPublic =
    "8f423dbab0d4b8dbaa7aba6862c9d6b4849ace68cbea2e8455ff4416c7216613"

  @Test func `that OpenSSL wrote opens too`() throws {
    let key = try SigningKey.open(pem: Self.fast, passphrase: Array("secret".utf8))
    #expect(key.verifyingKey.bytes.hex == Self.fastPublic)
  }

  /// The encryption of PKCS#8 is not authenticated: an altered file can open as another key, which
  /// no ledger knows, but as this one only where the bit does not matter to the key.
  @Test func `never opens as the same key once a bit of it was altered`() throws {
    let lines = Self.fast.split(separator: 0x0a).dropFirst().dropLast()
    let der = try #require(Base64.decode(Array(lines.joined())))
    for index in der.indices {
      var altered = der
      altered[index] ^= 1
      // A round count beyond the file's own only costs time.
      if (45...46).contains(index) { continue }
      // OpenSSL looks neither at the parameters of the hash nor at the version inside, 0 or 1.
      if [59, 80].contains(index) { continue }
      let pem = Array(
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Base64.encode(altered)
          + "\n-----END ENCRYPTED PRIVATE KEY-----\n").utf8)
      do throws(CryptoFailure) {
        let key = try SigningKey.open(pem: pem, passphrase: Array("secret".utf8))
        #expect(key.verifyingKey.bytes.hex != Self.fastPublic, "byte \(index)")
      } catch {
        #expect(
          [
            .notAnEncryptedKey, .unknownKeyProtection, .tooManyRounds, .wrongPassphrase,
            .notEd25519,
          ].contains(error))
      }
    }
  }

  @Test func `is refused when it is cut off anywhere`() {
    // Without the last line feed it is still whole.
    for count in 0..<Self.fast.count - 1 {
      #expect(throws: CryptoFailure.notAnEncryptedKey) {
        try SigningKey.open(pem: Array(Self.fast[..<count]), passphrase: Array("secret".utf8))
      }
    }
  }

  @Test(arguments: [
    "", "\n", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n-----END ENCRYPTED PRIVATE KEY-----\n",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIJPZ/5KeC4CahIHEArVfdyv/RL/cy6uzElym+kgAQ8F6
    -----END PRIVATE KEY-----

    """,
    """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAj0I9urDUuNuqerpoYsnWtISazmjL6i6EVf9EFschZhM=
    -----END PUBLIC KEY-----

    """, String(repeating: "a", count: 70_000),
  ]) func `is refused unless it is an encrypted PKCS#8 key`(text: String) {
    #expect(throws: CryptoFailure.notAnEncryptedKey) {
      try SigningKey.open(pem: Array(text.utf8), passphrase: Array("secret".utf8))
    }
  }

  @Test func `of another algorithm is refused`() {
    let curve = """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjalV7q3OhX4gICA+gw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEI1HD9kyOiARrME66lp36oUEgZCV
      Lju5HqehVZUUy89ixbQYqItwOX4/o4eaRb/4j0w5gnuR16dSnUmE98AIS3Rdqghb
      eVITA2LcPywzODvKROyoJXt/qcksEf8nNMLvZRpAbeDRP4MaHXQr0aM9ujNyg0rJ
      CiVBdNsHm3Jy9SFpVTA1b9UCzTg2Lct5YySZXJ55TjBOE+zketBmYWjNuOJHgaA=
      -----END ENCRYPTED PRIVATE KEY-----

      """
    #expect(throws: CryptoFailure.notEd25519) {
      try SigningKey.open(pem: Array(curve.utf8), passphrase: Array("secret".utf8))
    }
    #expect(throws: CryptoFailure.wrongPassphrase) {
      try SigningKey.open(pem: Array(curve.utf8), passphrase: Array("Secret".utf8))
    }
  }

  private func openssl(_ arguments: [String], input: [UInt8]) throws -> String {
    let outcome = try Subprocess.run(
      "/usr/bin/openssl", arguments, input: input, scratch: NSTemporaryDirectory(),
      maximumOutput: 1 << 20, seconds: 60)
    #expect(outcome.code == 0)
    return String(decoding: outcome.output, as: UTF8.self)
  }
}

/// Key files that ask for more than is due before anyone knows whether they are keys.
@Suite struct `A crafted key file` {
  private static func der(_ tag: UInt8, _ content: [UInt8]...) -> [UInt8] {
    let bytes = Array(content.joined())
    precondition(bytes.count < 256)
    return [tag] + (bytes.count < 128 ? [] : [0x81]) + [UInt8(bytes.count)] + bytes
  }

  private static let pbes2: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d]
  private static let pbkdf2: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c]
  private static let scrypt: [UInt8] = [
    0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b,
  ]
  private static let hmac: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02]
  private static let aes256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]

  /// A file that is like ours but for what is given.
  private static func pem(
    derivation: [UInt8] = pbkdf2, rounds: [UInt8] = [0x03, 0xe8], salt: Int = 16,
    more: [UInt8] = [], hash: UInt8 = 0x09, cipher: [UInt8] = aes256, vector: Int = 16,
    tail: [UInt8] = []
  ) -> [UInt8] {
    let parameters = der(
      0x30, der(0x04, [UInt8](repeating: 1, count: salt)), der(0x02, rounds), more,
      derivation == pbkdf2 ? der(0x30, der(0x06, hmac + [hash]), [0x05, 0x00]) : [])
    let scheme = der(
      0x30, der(0x30, der(0x06, derivation), parameters),
      der(0x30, der(0x06, cipher), der(0x04, [UInt8](repeating: 2, count: vector))))
    let file = der(
      0x30, der(0x30, der(0x06, pbes2), scheme, tail),
      der(0x04, [UInt8](repeating: 3, count: 64)))
    return Array(
      ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Base64.encode(file)
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n").utf8)
  }

  private static func failure(_ pem: [UInt8]) -> CryptoFailure? {
    do throws(CryptoFailure) {
      _ = try SigningKey.open(pem: pem, passphrase: Array("secret".utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    [0x00, 0x98, 0x96, 0x81], [0x7f, 0xff, 0xff, 0xff], [0x00, 0xff, 0xff, 0xff, 0xff],
    [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [UInt8](repeating: 0x7f, count: 64),
  ])
  func `that asks for too many rounds is refused before they begin`(rounds: [UInt8]) {
    // Its first byte may be a zero that DER does not take.
    let spelled = rounds.first == 0 && rounds[1] < 0x80 ? Array(rounds.dropFirst()) : rounds
    #expect(Self.failure(Self.pem(rounds: spelled)) == .tooManyRounds)
  }

  @Test(arguments: [[], [0x00], [0x80], [0xff, 0xff], [0x00, 0x01]] as [[UInt8]])
  func `that asks for no number of rounds is refused`(rounds: [UInt8]) {
    let failure = Self.failure(Self.pem(rounds: rounds))
    #expect(failure == .unknownKeyProtection || failure == .notAnEncryptedKey)
  }

  @Test func `of another scheme is refused`() {
    // N = 2^40, r = 8, p = 1: a petabyte.
    #expect(
      Self.failure(
        Self.pem(
          derivation: Self.scrypt, rounds: [0x01, 0, 0, 0, 0, 0], more: [2, 1, 8, 2, 1, 1]))
        == .unknownKeyProtection)
    let others = [
      Self.pem(hash: 0x07), Self.pem(hash: 0x0b), Self.pem(salt: 0), Self.pem(salt: 65),
      Self.pem(vector: 12), Self.pem(cipher: Array(Self.aes256.dropLast()) + [0x02]),
      Self.pem(more: [2, 1, 16]), Self.pem(more: [2, 4, 0x7f, 0xff, 0xff, 0xff]),
      Self.pem(more: [2, 1, 32, 2, 1, 32]), Self.pem(tail: [5, 0]),
    ]
    for (place, pem) in others.enumerated() {
      let failure = Self.failure(pem)
      #expect(
        failure == .unknownKeyProtection || failure == .notAnEncryptedKey, "number \(place)")
    }
  }

  @Test func `like ours is tried, and has the wrong passphrase`() {
    for pem in [Self.pem(), Self.pem(more: [2, 1, 32]), Self.pem(salt: 8)] {
      // What does not decrypt to a key may still look padded.
      let failure = Self.failure(pem)
      #expect(failure == .wrongPassphrase || failure == .notEd25519)
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
  func `of OpenSSL opens as it writes them by default`() throws {
    let stem = NSTemporaryDirectory() + "winnow-key-" + UUID().uuidString
    defer { for end in ["a", "b"] { try? FileManager.default.removeItem(atPath: stem + end) } }
    func run(_ script: String) throws -> [UInt8] {
      _ = try Subprocess.run(
        "/bin/sh", ["-c", script], input: [], scratch: NSTemporaryDirectory(),
        maximumOutput: 1 << 20, seconds: 60)
      return Array(try Data(contentsOf: URL(fileURLWithPath: stem + "b")))
    }
    let genpkey = "openssl genpkey -algorithm ed25519"
    let ways = [
      "\(genpkey) -aes256 -pass pass:secret -out \(stem)b",
      "\(genpkey) -out \(stem)a && openssl pkcs8 -topk8 -in \(stem)a -passout pass:secret -out \(stem)b",
    ]
    for way in ways {
      _ = try SigningKey.open(pem: try run(way), passphrase: Array("secret".utf8))
    }
    let refused = [
      "openssl pkcs8 -topk8 -in \(stem)a -passout pass:secret -scrypt -out \(stem)b",
      "openssl pkcs8 -topk8 -in \(stem)a -passout pass:secret -v1 PBE-SHA1-3DES -out \(stem)b",
    ]
    for way in refused {
      #expect(Self.failure(try run(way)) == .unknownKeyProtection)
    }
  }
}
