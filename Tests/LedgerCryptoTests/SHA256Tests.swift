import LedgerCrypto
import Testing

@Suite struct `SHA-256` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]) func `is that of FIPS 180-4`(text: String, hex: String) {
    #expect(Digest(sha256: text).hex == hex)
    #expect(Digest(sha256: Array(text.utf8)) == Digest(hex: hex))
  }

  @Test func `of a text in pieces is that of the whole, whatever the pieces`() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for cut in 0...bytes.count {
      var hasher = SHA256()
      hasher.update(Array(bytes[..<cut]))
      hasher.update(Array(bytes[cut...]))
      #expect(hasher.digest() == Digest(sha256: bytes), "cut at \(cut)")
    }
  }

  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 119, 128])
  func `copied after a prefix goes on alone`(length: Int) {
    let prefix = [UInt8](repeating: 0x61, count: length)
    var original = SHA256()
    original.update(prefix)
    var copy = original
    copy.update([1, 2, 3])
    original.update([4])
    #expect(copy.digest() == Digest(sha256: prefix + [1, 2, 3]))
    #expect(original.digest() == Digest(sha256: prefix + [4]))
  }

  @Test func `gives its digest and can go on`() {
    var hasher = SHA256()
    hasher.update([1])
    #expect(hasher.digest() == Digest(sha256: [1]))
    #expect(hasher.digest() == Digest(sha256: [1]))
    hasher.update(Digest(sha256: [2]))
    #expect(hasher.digest() == Digest(sha256: [1] + Digest(sha256: [2]).bytes))
  }
}

@Suite struct `The digests of hash lists` {
  @Test func `are those of their standards`() {
    func md5(_ text: String) -> String { LegacyHash.md5(Array(text.utf8).span).hex }
    func sha1(_ text: String) -> String { LegacyHash.sha1(Array(text.utf8).span).hex }
    #expect(md5("abc") == "900150983cd24fb0d6963f7d28e17f72")
    #expect(md5("") == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(sha1("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
  }
}

@Suite struct `HMAC-SHA-256` {
  /// RFC 4231 section 4, but for test case 5, which truncates.
  static let cases: [(key: [UInt8], data: [UInt8], tag: String)] = [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      (1...25).map { UInt8($0) }, [UInt8](repeating: 0xcd, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test(arguments: cases.indices) func `is that of RFC 4231`(index: Int) {
    let (key, data, tag) = Self.cases[index]
    let hmac = HMAC256(key: key)
    let computed = hmac.tag(of: data.span)
    #expect(computed.hex == tag)
    var hasher = hmac.started
    hasher.update(data)
    #expect(hmac.finish(hasher).hex == tag)
  }

  @Test func `of a digest is that of its bytes`() {
    let hmac = HMAC256(key: [1, 2, 3])
    let digest = Digest(sha256: "message")
    let tag = hmac.tag(of: digest.bytes.span)
    #expect(hmac.tag(of: digest) == tag)
  }

  @Test func `differs under a key padded by a zero only where the RFC says`() {
    let tags = [[7], [7, 0], [8]].map { HMAC256(key: $0).tag(of: [1].span) }
    #expect(tags[0] == tags[1])
    #expect(tags[0] != tags[2])
  }
}
