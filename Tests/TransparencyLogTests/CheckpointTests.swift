import LedgerCrypto
import Testing
import TransparencyLog

private let sofa =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
private let emptyRoot = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
private let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

@Suite struct `A checkpoint` {
  @Test func `of the specification is read and printed`() throws {
    let checkpoint = try Checkpoint(parsing: sofa.bytes)
    #expect(checkpoint.origin == (try name("example.com/behind-the-sofa")))
    #expect(checkpoint.size.rawValue == 20_852_163)
    #expect(checkpoint.root.base64 == root)
    #expect(checkpoint.text == sofa.bytes)
  }

  @Test func `of sigsum verifies`() throws {
    let body =
      "sigsum.org/v1/tree/e796172b92befd62d9dc67e41c2f5bc9d3100a3023b20b1ca40288dd1c679e69\n10\n"
      + "HA5HAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    let hex = "66e0b858e462a609e66fe71370c816d8846ff103d5499a22a7fec37fdbc424a7"
    let signature = try #require(
      Base64.decode(
        "gJ2ho0n8F8olcerUF1FFdv235A/5as/coWrpLrtE7ovMeP5whgwouYExowG/lTznxu6OUGjjt5yJQ6bXtTcf718MqAQ="
      ))
    let checkpoint = try Checkpoint(parsing: body.bytes)
    let key = NoteVerifierKey(
      name: checkpoint.origin, key: VerifyingKey(bytes: try #require(Digest(hex: hex))))
    // Four bytes of key ID stand before the signature.
    #expect(signature.count == 68)
    #expect(Array(signature[..<4]).hex == key.description.split(separator: "+")[1])
    let note = body + "\n— \(checkpoint.origin) \(Base64.encode(signature))\n"
    let verified = try VerifiedCheckpoint(
      verifying: SignedNote(parsing: note.bytes), with: [key])
    #expect(verified.size.rawValue == 10)
  }

  @Test func `is signed and verified under the log's own name only`() throws {
    let log = try signer("log.example", seed: 1)
    let tree = MemoryTree(leaves: 5)
    let checkpoint = try Checkpoint(origin: log.verifierKey.name, head: tree.frontier.head)
    let note = try checkpoint.signed(by: log)
    let verified = try VerifiedCheckpoint(verifying: note, with: [log.verifierKey])
    #expect(verified.head == tree.frontier.head)
    #expect(verified.origin == log.verifierKey.name)

    let other = try signer("other.example", seed: 2)
    #expect(throws: CheckpointError.signerIsNotOrigin(try name("other.example"))) {
      try checkpoint.signed(by: other)
    }
    // A trusted key of another log vouches for nothing here.
    let forged = try SignedNote(signing: checkpoint.text, by: [other])
    #expect(throws: CheckpointError.unknownLog(try name("log.example"))) {
      try VerifiedCheckpoint(verifying: forged, with: [other.verifierKey])
    }
    #expect(throws: CheckpointError.note(.noKnownKey)) {
      try VerifiedCheckpoint(verifying: forged, with: [other.verifierKey, log.verifierKey])
    }
    // Nor does the key of a cosigner who took the log's name.
    let cosigner = try cosigner("log.example", seed: 3)
    #expect(throws: CheckpointError.unknownLog(try name("log.example"))) {
      try VerifiedCheckpoint(verifying: note, with: [cosigner.verifierKey])
    }
  }

  @Test(
    arguments: [
      ("", .missingLine), ("a\n", .missingLine), ("a\n1\n", .missingLine),
      ("a\n1\n\(root)", .missingLine), ("\n1\n\(root)\n", .invalidOrigin),
      ("a b\n1\n\(root)\n", .invalidOrigin), ("a+b\n1\n\(root)\n", .invalidOrigin),
      ("a\n\n\(root)\n", .invalidSize), ("a\n01\n\(root)\n", .invalidSize),
      ("a\n-1\n\(root)\n", .invalidSize), ("a\n 1\n\(root)\n", .invalidSize),
      ("a\n9223372036854775808\n\(root)\n", .invalidSize), ("a\n1\n\n", .invalidRoot),
      ("a\n1\nAAAA\n", .invalidRoot), ("a\n1\n\(root.dropLast())\n", .invalidRoot),
      ("a\n1\n \(root)\n", .invalidRoot), ("a\n1\n\(root.dropLast(2))J=\n", .invalidRoot),
      ("a\n0\n\(root)\n", .emptyTreeWithRoot), ("a\n1\n\(root)\nmore\n", .extensionLines),
      ("a\n1\n\(root)\n\n", .extensionLines),
    ] as [(String, CheckpointError)])
  func `is not spelled so`(text: String, error: CheckpointError) {
    #expect(throws: error) { try Checkpoint(parsing: text.bytes) }
  }

  @Test func `of the empty log has the empty root`() throws {
    let text = "a\n0\n\(emptyRoot)\n"
    #expect(try Checkpoint(parsing: text.bytes).head == .empty)
    #expect(throws: CheckpointError.emptyTreeWithRoot) {
      try Checkpoint(origin: try name("a"), head: TreeHead(size: .zero, root: .zero))
    }
  }

  @Test func `of another log may have more lines when asked to`() throws {
    let text = "a\n1\n\(root)\nmore\nand more\n"
    let checkpoint = try Checkpoint(parsing: text.bytes, acceptingExtensions: true)
    #expect(checkpoint.extensionLines == ["more".bytes, "and more".bytes])
    #expect(checkpoint.text == text.bytes)
    #expect(throws: CheckpointError.emptyExtensionLine) {
      try Checkpoint(parsing: (text + "\n").bytes, acceptingExtensions: true)
    }
  }

  @Test func `prints what it parsed, whatever the mutation`() {
    let seed: UInt64 = 0x6368_6563
    let originals = [sofa, "a\n0\n\(emptyRoot)\n", "a\n1\n\(root)\nmore\n"].map(\.bytes)
    for bytes in Mutations(of: originals, seed: seed) {
      for accepting in [false, true] {
        guard let checkpoint = try? Checkpoint(parsing: bytes, acceptingExtensions: accepting)
        else { continue }
        if checkpoint.text != bytes { Issue.record("seed \(seed): not canonical: \(bytes.hex)") }
      }
    }
  }
}

@Suite struct `A cosignature` {
  private static let witnessKey =
    "witness.example.com/w1+a0059f11+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  private static let line =
    "— witness.example.com/w1 oAWfEQAAAABkGFDLBuRDazBLVac2NE+Y+IjbjQOcXLfF9CSDZVUIoS83rE1nFZsVE8YiWV6N"
    + "gr7lV8H6bdoBQGP/l73euDMQ9k+bBQ==\n"

  @Test func `of another implementation verifies, and is made the same`() throws {
    let key = try NoteVerifierKey(parsing: Self.witnessKey.utf8)
    #expect(key.algorithm == .ed25519Cosignature)
    let note = try SignedNote(parsing: (sofa + "\n" + Self.line).bytes)
    let verified = try note.verify(with: [key])
    #expect(verified.signatures.map(\.timestamp) == [1_679_315_147])

    let cosigner = NoteCosigner(
      name: key.name, key: try #require(SigningKey(seed: Array(0...31))))
    #expect(cosigner.verifierKey == key)
    #expect(try cosigner.cosign(sofa.bytes, at: 1_679_315_147).line == Self.line.bytes)
    // As an ordinary key of the same name and bytes it has another identifier.
    let ordinary = NoteVerifierKey(name: key.name, key: key.key)
    #expect(throws: NoteError.noKnownKey) { try note.verify(with: [ordinary]) }
  }

  @Test func `covers its time and every line`() throws {
    let key = try NoteVerifierKey(parsing: Self.witnessKey.utf8)
    let good = try SignedNote(parsing: (sofa + "\n" + Self.line).bytes)
    let bytes = good.signatures[0].signature
    for bit in 0..<8 * bytes.count {
      var changed = bytes
      changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
      let line = try #require(
        NoteSignature(name: key.name, keyID: key.id, signature: changed))
      let note = try SignedNote(parsing: (sofa + "\n").bytes + line.line)
      #expect(throws: NoteError.badSignature(key.name, keyID: key.id)) {
        try note.verify(with: [key])
      }
    }
    let other = try SignedNote(parsing: (sofa + "more\n\n" + Self.line).bytes)
    #expect(throws: NoteError.badSignature(key.name, keyID: key.id)) {
      try other.verify(with: [key])
    }
  }

  @Test func `has 72 bytes and a time below 2^63`() {
    for count in [0, 8, 64, 71, 73] {
      #expect(Cosignature(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }
    #expect(Cosignature(bytes: [0x80] + [UInt8](repeating: 0, count: 71)) == nil)
    #expect(
      Cosignature(bytes: [0x7f] + [UInt8](repeating: 0xff, count: 71))?.timestamp
        == UInt64(Int64.max))
  }
}
