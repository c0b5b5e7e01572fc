import LedgerCrypto
import TestSupport
import Testing

@Suite struct `Text in base64` {
  /// RFC 4648 section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]) func `is that of RFC 4648`(plain: String, text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == text)
    #expect(Base64.decode(text) == Array(plain.utf8))
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zm8", "Zm9vYg", "Zm9vYg=",  // padding left out
    "Zh==", "Zj==", "Zm9=", "Zm+=", "Zm9vYmF=",  // padding bits that are not zero
    " Zg==", "Zg== ", "Zg==\n", "Zm9v\nYmFy", "Zm 9", "Zm9v\r\n",  // white space
    "__8=", "-_-_", "Zm9-", "Zm9_",  // the URL alphabet
    "=", "==", "===", "====", "Z===", "=Zg=", "Zg==Zg==", "Zm8=Zm9v", "Z=g=", "Zg=Z",
    "Zm9\u{e9}", "Zm9v\0\0\0\0", "Zm9*", "Z\u{fffd}==",
  ]) func `refuses every other spelling`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `takes exactly what it writes`() {
    var generator = SplitMix64(seed: 1)
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let text = Base64.encodeBytes(bytes)
      #expect(Base64.decode(text) == bytes)
    }
    let texts = ["Zg==", "Zm8=", "Zm9v", "AAECAwQFBgcICQ=="].map { Array($0.utf8) }
    for text in Mutations(of: texts, likely: "=+/-_AZaz09 \n", seed: 2) {
      guard let bytes = Base64.decode(text) else { continue }
      #expect(Base64.encodeBytes(bytes) == text)
    }
  }
}

@Suite struct `Hexadecimal digits` {
  @Test func `spell bytes in lower case`() {
    #expect([UInt8](0...255).hex.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
    #expect([UInt8](hex: "00ff7e") == [0, 0xff, 0x7e])
    #expect([UInt8](hex: "") == [])
  }

  @Test(arguments: [
    "0", "000", "0g", "FF", "fF", "Ff", " ff", "ff ", "f f", "ff\n", "0x00", "+f", "-1",
    "\u{ff10}\u{ff10}",
  ]) func `are refused in any other spelling`(text: String) {
    #expect([UInt8](hex: text) == nil)
  }

  @Test func `of another number than 64 are no digest`() {
    let hex = String(repeating: "ab", count: 32)
    #expect(Digest(hex: hex)?.hex == hex)
    #expect(Digest(hex: String(hex.dropLast(2))) == nil)
    #expect(Digest(hex: hex + "ab") == nil)
    #expect(Digest(hex: hex.uppercased()) == nil)
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 33)) == nil)
  }
}

@Suite struct `A digest` {
  @Test func `sorts as its bytes do`() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<500 {
      var bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let a = Digest(bytes: bytes)!
      bytes[Int.random(in: 0..<32, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
      let b = Digest(bytes: bytes)!
      #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes))
      #expect((a == b) == (a.bytes == b.bytes))
      let again = Digest(a.bytes.span)
      #expect(again == a)
    }
  }

  @Test func `counts its bits from the most significant of byte 0`() {
    let digest = Digest(hex: "8000000000000001" + String(repeating: "0", count: 47) + "1")!
    #expect((0..<256).filter(digest.bit) == [0, 63, 255])
  }

  @Test func `is written where it is told to be`() {
    let digest = Digest(sha256: "x")
    var bytes = [UInt8](repeating: 9, count: 36)
    var span = bytes.mutableSpan
    digest.write(to: &span, at: 3)
    #expect(bytes == [9, 9, 9] + digest.bytes + [9])
  }
}
