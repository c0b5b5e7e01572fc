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
        #expect([.notAnEncryptedKey, .wrongPassphrase, .notEd25519].contains(error))
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
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = arguments
    let standardInput = Pipe()
    let standardOutput = Pipe()
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input))
    try standardInput.fileHandleForWriting.close()
    let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}
