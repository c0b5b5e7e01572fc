import Foundation
import LedgerCrypto
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A hash list` {
  static let md5 = "d41d8cd98f00b204e9800998ecf8427e"
  static let other = "900150983CD24FB0D6963F7D28E17F72"

  func read(
    _ text: String, _ name: String = "list.txt", _ algorithm: ListAlgorithm = .md5
  ) throws -> HashList {
    let scratch = try Scratch()
    let bytes = Array(text.utf8)
    let path = try scratch.put(name.hasSuffix("gz") ? bytes.gzipped : bytes, name)
    return try HashList(path: path, algorithm: algorithm, of: .url)
  }

  @Test(arguments: [
    "\(md5)\n\(other)\n", "\(md5)\r\n\(other)", "\(md5)\n\(other)\n\n\r\n",
    "\u{feff}\(md5)\n\(other)\n",
    "\(md5.uppercased())\n\(md5)\n\(other.lowercased())\n",
  ])
  func `is one hash a line, of either case, each counted once`(text: String) throws {
    for name in ["list.txt", "list.txt.gz", "list"] {
      let list = try read(text, name)
      #expect(list.count == 2)
      #expect(list.contains(LegacyHash.paddedMD5([UInt8]().span)))
      #expect(list.contains(LegacyHash.paddedMD5(Array("abc".utf8).span)))
      #expect(!list.contains(LegacyHash.paddedMD5(Array("abd".utf8).span)))
    }
  }

  @Test(arguments: [
    "md5,added\n\(md5),2026\n\(other),\n",
    "added,\"MD5\"\n2026,\"\(md5)\"\n\"a,\"\"b\",\(other)\n\n",
    "MD-5\r\n\(md5)\r\n\(other)\r\n",
  ])
  func `may be CSV with a column named like the algorithm`(text: String) throws {
    #expect(try read(text, "list.csv").count == 2)
    #expect(try read(text, "list.csv.gz").count == 2)
  }

  @Test(arguments: [
    ("", "list.txt", 1), ("\n\n", "list.txt", 2), ("\(md5)\n\n\(other)\n", "list.txt", 2),
    ("\(md5)\n\(md5)0\n", "list.txt", 2), ("\(md5.dropLast())\n", "list.txt", 1),
    ("\(md5)\n# comment\n", "list.txt", 2), (" \(md5)\n", "list.txt", 1),
    ("\(md5) \n", "list.txt", 1),
    ("\(md5.dropLast())g\n", "list.txt", 1), ("\(md5.dropLast())@\n", "list.txt", 1),
    ("\(md5)\r\r\n", "list.txt", 1), ("\(md5)\u{0}\n", "list.txt", 1),
    ("md5\n", "list.csv", 1), ("sha1\n\(md5)\n", "list.csv", 1),
    ("md5,md5\n\(md5),\(md5)\n", "list.csv", 1),
    ("\(md5)\n", "list.csv", 1), ("md5,x\n\(md5)\n", "list.csv", 2),
    ("md5\n\(md5),1\n", "list.csv", 2),
    ("md5,x\n\(md5),\"1\n", "list.csv", 2), ("md5,x\n\(md5),1\"\n", "list.csv", 2),
    ("md5,x\n\"\(md5)\"y,1\n", "list.csv", 2), ("md5,x\n,1\n", "list.csv", 2),
  ])
  func `is refused with the line and never its content`(text: String, name: String, line: Int)
    throws
  {
    do {
      _ = try read(text, name)
      Issue.record("a malformed list was taken")
    } catch DatasetFailure.list(let path, let found, let flaw) {
      #expect(found == line)
      #expect(path.hasSuffix(name))
      let sentence = DatasetFailure.list(path: "list", line: found, flaw).description
      #expect(sentence.contains("line \(line)"))
      #expect(!sentence.contains(Self.md5.prefix(8)))
    }
  }

  @Test(arguments: ListAlgorithm.allCases)
  func `of another algorithm is refused`(algorithm: ListAlgorithm) throws {
    let digits = String(repeating: "0", count: 2 * algorithm.byteCount)
    for other in ListAlgorithm.allCases {
      if other == algorithm {
        #expect(try read(digits, "l", other).count == 1)
      } else {
        #expect(throws: DatasetFailure.self) { try read(digits, "l", other) }
      }
    }
  }

  @Test func `past the limit is refused`() throws {
    var parser = HashListParser(path: "l", algorithm: .md5, limit: 1)
    try parser.take(Array("\(Self.md5)\n".utf8).span)
    #expect(throws: DatasetFailure.self) { try parser.take(Array("\(Self.other)\n".utf8).span) }
  }

  // Golden: SHA-256 of the stated bytes, computed with another implementation.
  @Test func `has the documented entry keys and root`() throws {
    let list = try read("\(Self.md5)\n")
    let bytes = Array("winnow hash v1\nmd5\nurl\n".utf8) + Array<UInt8>(hex: Self.md5)!
    #expect(list.entryKeys() == [Digest(sha256: bytes)])
    #expect(
      list.entryKeys()[0].hex
        == "c786ad147f40d66aada4097bb5c7edc972f453721f6e4a6139f54206ddf0b3c4")
    let secret = HMAC256(key: Array(repeating: 7, count: 32))
    #expect(
      EntrySet(list.entryKeys()).sealed(under: secret).root
        == EntrySet([secret.tag(of: list.entryKeys()[0])]).root)
  }

  @Test func `finds exactly its members among many`() throws {
    let hashes = (0..<5000).map { Digest(sha256: "\($0)") }
    let list = HashList(
      algorithm: .sha256, subject: .image, hashes: hashes + hashes, fileDigest: .zero, fileSize: 0)
    #expect(list.count == 5000)
    #expect(hashes.allSatisfy(list.contains))
    #expect((5000..<10_000).allSatisfy { !list.contains(Digest(sha256: "\($0)")) })
  }

  @Test func `mutated is read or refused, never more`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let inputs: [([UInt8], String)] = [
      (Array("\(Self.md5)\n\(Self.other)\r\n\(Self.md5)\n\n".utf8), "l.txt"),
      (Array("added,\"md5\"\n\"2,0\",\(Self.md5)\n\"\"\"\",\"\(Self.other)\"\n".utf8), "l.csv"),
    ]
    var refused = 0
    for round in 0..<Fuzz.inputs {
      let (bytes, name) = inputs[round & 1]
      let bad = bytes.mutated(by: &random)
      var parser = HashListParser(path: name, algorithm: .md5)
      do {
        // In pieces of whole lines, as chunks come.
        let cut = HashListParser.boundary(bad.span.extracting(0..<min(50, bad.count)))
        try parser.take(bad.span.extracting(0..<cut))
        try parser.take(bad.span.extracting(cut..<bad.count))
        try parser.finish()
        #expect(parser.hashes.count >= 1 && parser.hashes.count <= 5, "seed \(seed)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
