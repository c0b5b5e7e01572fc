import LedgerCrypto
import Testing
import TransparencyLog

/// Notes that other implementations made.
enum GoldenNote {
  static let fooKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  static let foo =
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONn"
    + "cAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"

  static let neumannKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let neumannSeed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let neumannText =
    "If you think cryptography is the answer to your problem,\n"
    + "then you don't know what your problem is.\n"
  static let neumannLine =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6"
    + "RyyBwJnAM=\n"
  static let enochLine =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1"
    + "RvMc+QQ=\n"
}

@Suite struct `A signed note` {
  private func verified(_ note: String, _ keys: [NoteVerifierKey]) throws -> VerifiedNote {
    try SignedNote(parsing: note.bytes).verify(with: keys)
  }

  @Test func `of the specification verifies`() throws {
    let key = try NoteVerifierKey(parsing: GoldenNote.fooKey.utf8)
    #expect(key.description == GoldenNote.fooKey)
    let note = try verified(GoldenNote.foo, [key])
    #expect(note.text == "This is an example message.\n".bytes)
    #expect(note.signatures.map(\.key) == [key])
    #expect(note.signatures.map(\.timestamp) == [nil])
    #expect(note.note.bytes == GoldenNote.foo.bytes)
  }

  @Test func `of Go is signed the same, by both its signers`() throws {
    let seed = try #require(Base64.decode(GoldenNote.neumannSeed)).dropFirst()
    let neumann = NoteSigner(
      name: try name("PeterNeumann"), key: try #require(SigningKey(seed: Array(seed))))
    #expect(neumann.verifierKey.description == GoldenNote.neumannKey)
    let enoch = try signer("EnochRoot", seed: 0)
    let text = GoldenNote.neumannText
    let note = try SignedNote(signing: text.bytes, by: [neumann, enoch])
    #expect(
      note.bytes == (text + "\n" + GoldenNote.neumannLine + GoldenNote.enochLine).bytes)
    #expect(
      try note.verify(with: [neumann.verifierKey, enoch.verifierKey]).signatures.count == 2)
    #expect(try note.verify(with: [enoch.verifierKey]).signatures.count == 1)
  }

  @Test func `may hold blank lines, and splits at the last`() throws {
    let signer = try signer("a.example", seed: 1)
    for text in ["\n", "\n\n", "a\n\nb\n", "a\n\n", "— a b\n\n— c AAAAAAA=\n"] {
      let note = try SignedNote(signing: text.bytes, by: [signer])
      let parsed = try SignedNote(parsing: note.bytes)
      #expect(parsed == note)
      #expect(try parsed.verify(with: [signer.verifierKey]).text == text.bytes)
    }
  }

  @Test func `with the signatures of strangers verifies by the one that is known`() throws {
    let known = try signer("a.example", seed: 1)
    let stranger = try signer("b.example", seed: 2)
    let note = try SignedNote(signing: "text\n".bytes, by: [stranger, known, known])
    #expect(try note.verify(with: [known.verifierKey]).signatures.count == 2)
    #expect(throws: NoteError.noKnownKey) { try note.verify(with: []) }
    #expect(throws: NoteError.noKnownKey) {
      try note.verify(with: [try signer("c.example", seed: 1).verifierKey])
    }
    #expect(throws: NoteError.noKnownKey) {
      try note.verify(with: [try signer("a.example", seed: 2).verifierKey])
    }
  }

  @Test func `with a known signature that does not verify is refused whole`() throws {
    let first = try signer("a.example", seed: 1)
    let second = try signer("b.example", seed: 2)
    var note = try SignedNote(signing: "text\n".bytes, by: [first])
    let other = try second.sign("other text\n".bytes)
    try note.add(other)
    #expect(throws: NoteError.badSignature(try name("b.example"), keyID: other.keyID)) {
      try note.verify(with: [first.verifierKey, second.verifierKey])
    }
    #expect(try note.verify(with: [first.verifierKey]).signatures.count == 1)
    // A second line of a key that has signed well does not pass either.
    var twice = try SignedNote(signing: "text\n".bytes, by: [first])
    let bad = try first.sign("other text\n".bytes)
    try twice.add(bad)
    #expect(throws: NoteError.badSignature(try name("a.example"), keyID: bad.keyID)) {
      try twice.verify(with: [first.verifierKey])
    }
    let short = try #require(
      NoteSignature(name: try name("a.example"), keyID: bad.keyID, signature: [1]))
    var cut = try SignedNote(signing: "text\n".bytes, by: [first])
    try cut.add(short)
    #expect(throws: NoteError.badSignature(try name("a.example"), keyID: bad.keyID)) {
      try cut.verify(with: [first.verifierKey])
    }
  }

  @Test(
    arguments: [
      ("", .noBlankLine), ("text\n", .noBlankLine), ("\n", .noBlankLine), ("text", .noBlankLine),
      ("text\n\n", .noSignatures), ("text\n\n— a AAAAAAA=", .noSignatures),
      ("text\n\n\n", .noSignatures), ("text\n— a AAAAAAA=\n", .noBlankLine),
      ("text\n\n- a AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n–  a AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n—a AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n—  AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a  AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAAA= \n", .malformedSignature(line: 1)),
      ("text\n\n— a+b AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a\u{a0}b AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a\u{2003}b AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a\u{3000} AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a\u{85} AAAAAAA=\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAA==\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAAA\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAAB=\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAAA-\n", .malformedSignature(line: 1)),
      ("text\n\n— a \n", .malformedSignature(line: 1)),
      ("text\n\n— a\n", .malformedSignature(line: 1)),
      ("text\n\n— a AAAAAAA=\nrest\n", .malformedSignature(line: 2)),
      ("te\txt\n\n— a AAAAAAA=\n", .controlCharacter(offset: 2)),
      ("text\r\n\r\n— a AAAAAAA=\r\n", .controlCharacter(offset: 4)),
      ("te\0xt\n\n— a AAAAAAA=\n", .controlCharacter(offset: 2)),
    ] as [(String, NoteError)])
  func `is not spelled so`(note: String, error: NoteError) {
    #expect(throws: error) { try SignedNote(parsing: note.bytes) }
  }

  @Test(arguments: [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80]] as [[UInt8]])
  func `is UTF-8`(bytes: [UInt8]) {
    #expect(throws: NoteError.notUTF8) {
      try SignedNote(parsing: "text ".bytes + bytes + "\n\n— a AAAAAAA=\n".bytes)
    }
  }

  @Test func `of two known keys with one identifier says too little`() throws {
    // Four bytes of identifier collide among a hundred thousand keys.
    let name = try name("a.example")
    var seen: [UInt32: NoteVerifierKey] = [:]
    var pair: [NoteVerifierKey] = []
    for number in 0..<1_000_000 {
      let key = NoteVerifierKey(
        name: name, key: VerifyingKey(bytes: Digest(sha256: "key \(number)")))
      if let other = seen.updateValue(key, forKey: key.id) {
        pair = [key, other]
        break
      }
    }
    let id = try #require(pair.first?.id)
    let line = try #require(NoteSignature(name: name, keyID: id, signature: [1]))
    let note = try SignedNote(parsing: "text\n\n".bytes + line.line)
    #expect(throws: NoteError.ambiguousKey(name, keyID: id)) { try note.verify(with: pair) }
    #expect(throws: NoteError.badSignature(name, keyID: id)) {
      try note.verify(with: [pair[0], pair[0]])
    }
  }

  @Test func `has bounds`() throws {
    let line = "— a AAAAAAA=\n"
    let hundred = "text\n\n" + String(repeating: line, count: 100)
    #expect(try SignedNote(parsing: hundred.bytes).signatures.count == 100)
    #expect(throws: NoteError.tooManySignatures) {
      try SignedNote(parsing: (hundred + line).bytes)
    }
    var full = try SignedNote(parsing: hundred.bytes)
    let extra = full.signatures[0]
    #expect(throws: NoteError.tooManySignatures) { try full.add(extra) }
    let large = [UInt8](repeating: 0x61, count: SignedNote.maximumLength)
    #expect(throws: NoteError.tooLong(large.count + 1)) {
      try SignedNote(parsing: large + [0x0a])
    }
    let signer = try signer("a.example", seed: 1)
    let long = large.dropLast() + [0x0a]
    #expect(throws: (any Error).self) { try SignedNote(signing: Array(long), by: [signer]) }
  }

  @Test func `is not signed without a proper text or a signer`() throws {
    let signer = try signer("a.example", seed: 1)
    #expect(throws: NoteError.textWithoutNewline) {
      try SignedNote(signing: "text".bytes, by: [signer])
    }
    #expect(throws: NoteError.textWithoutNewline) { try SignedNote(signing: [], by: [signer]) }
    #expect(throws: NoteError.noSignatures) { try SignedNote(signing: "text\n".bytes, by: []) }
    #expect(throws: NoteError.notUTF8) { try SignedNote(signing: [0xff, 0x0a], by: [signer]) }
    #expect(throws: NoteError.controlCharacter(offset: 0)) {
      try SignedNote(signing: "\r\n".bytes, by: [signer])
    }
  }

  @Test func `survives no mutation of its text, and no mutation traps`() throws {
    let foo = try NoteVerifierKey(parsing: GoldenNote.fooKey.utf8)
    let neumann = try NoteVerifierKey(parsing: GoldenNote.neumannKey.utf8)
    let neumannNote =
      GoldenNote.neumannText + "\n" + GoldenNote.neumannLine + GoldenNote.enochLine
    let texts = ["This is an example message.\n".bytes, GoldenNote.neumannText.bytes]
    let seed: UInt64 = 0x6e6f_7465
    for bytes in Mutations(of: [GoldenNote.foo.bytes, neumannNote.bytes], seed: seed) {
      guard let note = try? SignedNote(parsing: bytes) else { continue }
      if note.bytes != bytes { Issue.record("seed \(seed): not canonical: \(bytes.hex)") }
      guard let verified = try? note.verify(with: [foo, neumann]) else { continue }
      if !texts.contains(verified.text) { Issue.record("seed \(seed): verified: \(bytes.hex)") }
    }
  }
}

@Suite struct `A verifier key` {
  @Test(
    arguments: [
      ("", .malformed), ("a", .malformed), ("a+530d903a", .malformed),
      ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
      ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .invalidName),
      ("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
      ("example.com/foo+30d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
      ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", .malformed),
      ("example.com/foo+530d903a+", .malformed), ("example.com/foo++AQ==", .malformed),
      ("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .idMismatch),
      ("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .idMismatch),
      ("example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .idMismatch),
      (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", .malformed
      ),
      (
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        .unsupportedType(0x65)
      ),
      ("example.com/foo+530d903a+AQ==", .wrongKeyLength(0)),
      (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAAAA",
        .wrongKeyLength(35)
      ),
      (
        "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .unsupportedType(6)
      ),
      (
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .unsupportedType(2)
      ),
    ] as [(String, VerifierKeyError)])
  func `is not spelled so`(vkey: String, error: VerifierKeyError) {
    #expect(throws: error) { try NoteVerifierKey(parsing: vkey.utf8) }
  }

  @Test func `may have a plus sign in its base64`() throws {
    for seed in UInt8.min...100 {
      let key = try signer("a.example", seed: seed).verifierKey
      #expect(try NoteVerifierKey(parsing: key.description.utf8) == key)
    }
  }

  @Test func `of equal names in other normal forms is another key`() throws {
    let composed = try signer("caf\u{e9}", seed: 1)
    let decomposed = try signer("cafe\u{301}", seed: 1)
    #expect(composed.verifierKey != decomposed.verifierKey)
    #expect(composed.verifierKey.name != decomposed.verifierKey.name)
  }

  @Test func `survives no mutation but another name with its own ID`() throws {
    let originals = [GoldenNote.fooKey.bytes, GoldenNote.neumannKey.bytes]
    let seed: UInt64 = 0x766b_6579
    for bytes in Mutations(of: originals, seed: seed) {
      guard let key = try? NoteVerifierKey(parsing: bytes) else { continue }
      if !originals.contains(bytes) || key.description.bytes != bytes {
        Issue.record("seed \(seed): parsed: \(bytes.hex)")
      }
    }
  }
}
