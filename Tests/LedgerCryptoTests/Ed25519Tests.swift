import Foundation
import LedgerCrypto
import TestSupport
import Testing

@Suite struct `Ed25519` {
  /// RFC 8032 section 7.1, tests 1 to 3.
  static let cases: [(seed: String, key: String, message: String, signature: String)] = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        + "387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]

  @Test(arguments: cases.indices) func `signs and verifies as RFC 8032 does`(index: Int) throws {
    let (seed, key, message, signature) = Self.cases[index]
    let signer = try #require(SigningKey(seed: hex(seed)))
    #expect(signer.verifyingKey.bytes.hex == key)
    #expect(try signer.sign(hex(message)).hex == signature)
    #expect(signer.verifyingKey.verifies(hex(signature), of: hex(message)))
    #expect(signer.verifyingKey.id == Digest(sha256: hex(key)))
    #expect(!signer.verifyingKey.isSmallOrder)
  }

  @Test func `refuses a signature with one bit changed anywhere`() {
    let (_, key, message, signature) = Self.cases[1]
    let verifier = VerifyingKey(bytes: Digest(hex: key)!)
    for bit in 0..<512 {
      var altered = hex(signature)
      altered[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!verifier.verifies(altered, of: hex(message)))
    }
  }

  @Test func `refuses another message, another key and another length`() {
    let (_, key, message, signature) = Self.cases[1]
    let verifier = VerifyingKey(bytes: Digest(hex: key)!)
    let other = VerifyingKey(bytes: Digest(hex: Self.cases[2].key)!)
    for altered in [[], [0x73], [0x72, 0], [0, 0x72]] as [[UInt8]] {
      #expect(!verifier.verifies(hex(signature), of: altered))
    }
    #expect(!other.verifies(hex(signature), of: hex(message)))
    for count in [0, 32, 63, 65, 128] {
      let altered = (hex(signature) + hex(signature))[..<count]
      #expect(!verifier.verifies(Array(altered), of: hex(message)))
    }
  }

  @Test func `refuses S that is not below the group order`() {
    // S + L for the signature of test 2: the same scalar in another spelling.
    let (_, key, message, signature) = Self.cases[1]
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    var altered = hex(signature)
    var carry = 0
    for index in 0..<32 {
      let sum = Int(altered[32 + index]) + Int(order[index]) + carry
      altered[32 + index] = UInt8(sum & 0xff)
      carry = sum >> 8
    }
    #expect(carry == 0)
    #expect(
      !VerifyingKey(bytes: Digest(hex: key)!).verifies(altered, of: hex(message)))
  }

  @Test(arguments: [0, 31, 33, 64]) func `needs a seed of 32 bytes`(count: Int) {
    #expect(SigningKey(seed: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test func `makes another key each time`() throws {
    #expect(try SigningKey.generate().verifyingKey != SigningKey.generate().verifyingKey)
    #expect(try Random.bytes(32) != Random.bytes(32))
    #expect(try Random.bytes(0) == [])
  }
}

@Suite struct `A key of small order` {
  /// The eight points in all fourteen spellings, and a signature R = identity, S = 0.
  static let encodings = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  ]

  @Test(arguments: encodings) func `is known in every spelling`(text: String) {
    #expect(VerifyingKey(bytes: Digest(hex: text)!).isSmallOrder)
  }

  @Test(arguments: encodings) func `lets anyone sign some message`(text: String) {
    let key = VerifyingKey(bytes: Digest(hex: text)!)
    let signature = hex(encodingsIdentity) + [UInt8](repeating: 0, count: 32)
    let signed = (0..<100).filter { key.verifies(signature, of: Array("message \($0)".utf8)) }
    #expect(!signed.isEmpty)
  }

  @Test func `is not one that differs by one bit, nor an honest one`() {
    for text in Self.encodings {
      for bit in 0..<255 {
        var bytes = hex(text)
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        guard !Self.encodings.contains(bytes.hex) else { continue }
        #expect(!VerifyingKey(bytes: Digest(bytes: bytes)!).isSmallOrder)
      }
    }
    for seed in 0..<50 {
      let key = SigningKey(seed: Digest(sha256: "\(seed)").bytes)!
      #expect(!key.verifyingKey.isSmallOrder)
    }
  }
}

extension VerifyingKey {
  /// As for a span, which no expectation can take apart.
  fileprivate func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    verifies(signature, of: message.span)
  }
}

extension SigningKey {
  fileprivate func sign(_ message: [UInt8]) throws -> [UInt8] { try sign(message.span) }
}

private let encodingsIdentity =
  "0100000000000000000000000000000000000000000000000000000000000000"

@Suite(
  .enabled(if: OutsideData.isExpected("vectors/ed25519"), "\(OutsideData.absence)")
)
struct `The edge cases of Ed25519` {
  struct Vector: Decodable {
    let number: Int
    let key: String
    let sig: String
    let msg: String
    let flags: [String]?
  }

  /// The equation without the cofactor leaves no residue, and R is compared by its canonical bytes.
  ///
  /// Every other property of a vector is accepted: a key of small order, in any spelling, too.
  static let refused: Set = ["low_order_residue", "non_canonical_R"]

  @Test func `are accepted by the rule that libcrypto follows, and no other`() throws {
    let vectors = try JSONDecoder().decode(
      [Vector].self, from: Data(OutsideData.bytes("vectors/ed25519/ed25519vectors.json")))
    #expect(vectors.count == 914)
    for vector in vectors {
      let key = VerifyingKey(bytes: try #require(Digest(hex: vector.key)))
      let isValid = key.verifies(hex(vector.sig), of: Array(vector.msg.utf8))
      let flags = Set(vector.flags ?? [])
      #expect(isValid == flags.isDisjoint(with: Self.refused), "vector \(vector.number)")
      #expect(key.isSmallOrder == flags.contains("low_order_A"), "vector \(vector.number)")
    }
  }
}
