import Foundation
import LedgerCrypto
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A hash list` {
  static let md5 = "0cc175b9c0f1b6a831c399e269772661"  // of "a"
  static let other = "900150983CD24FB0D6963F7D28E17F72"  // of "abc"
  static let sha1 = "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
  static let sha256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
  static let empty = "d41d8cd98f00b204e9800998ecf8427e"

  func read(
    _ text: String, _ name: String = "list.txt", _ algorithm: ListAlgorithm = .md5,
    column: String? = nil
  ) throws -> HashList {
    let scratch = try Scratch()
    let bytes = Array(text.utf8)
    let path = try scratch.put(bytes.packed(as: name), name)
    return try HashList(path: path, algorithm: algorithm, of: .url, column: column)
  }

  /// The refusal of a text, and that its sentence repeats nothing of it.
  func refusal(
    _ text: String, _ algorithm: ListAlgorithm = .md5, column: String? = nil
  ) throws -> (line: Int?, flaw: HashListFlaw) {
    do {
      _ = try read(text, "list", algorithm, column: column)
    } catch DatasetFailure.list(_, let line, let flaw) {
      let sentence = DatasetFailure.list(path: "list", line: line, flaw).description
      for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where word.count > 7
      {
        #expect(!sentence.contains(word), "\(sentence)")
      }
      return (line, flaw)
    }
    throw Unrefused(text: text)
  }

  struct Unrefused: Error { let text: String }

  @Test(arguments: [
    "\(md5)\n\(other)\n", "\(md5)\r\n\(other)", "\(md5)\n\(other)\n\n\r\n",
    "\u{feff}\(md5)\n\(other)\n", "\n\(md5)\n \n\(other)", " \(md5)\n\t\(other) \n",
    "\(md5.uppercased())\n\(md5)\n\(other.lowercased())\n",
    "DMF1ucDxtqgxw5niaXcmYQ==\n\(other)\n",
    "\(md5)  a.jpg\n\(other) *b c, d.jpg\n", "\\\(md5)  a\\nb\n\(other)\tname\n",
    "MD5 (a (1).jpg) = \(md5)\nMD5 (b) = \(other)\n",
    "MD5\n\(md5)\n\(other)", "Hashes of 2024-03\n\(md5)\n\(other)",
    "# list of 2024\n; two\n// three\n\(md5)\n#\n\(other)",
    "md5,added\n\(md5),2026\n\(other),\n", "\(md5),2026\n\(other),\n",
    "added,\"MD5\"\n2026,\"\(md5)\"\n\"a,\"\"b\",\(other)\n\n",
    "MD-5\r\n\(md5)\r\n\(other)\r\n", "\"md5\"\n\"\(md5)\"\n\"\(other)\"",
    "id;md5\n1;\(md5)\n2;\(other)\n", "id\tmd5\n1\t\(md5)\n2\t\(other)\n",
    "SHA-1,MD5 Hash\n\(sha1), \(md5) \n,\(other)\n",
    "note,md5\n\"two\nlines, \"\"quoted\"\"\",\(md5)\n,\(other)\n",
    "# c\nhash,type\n\(md5),image\n\(other),md5\n",
    "{\"md5\":\"\(md5)\"}\n{\"n\":[1.5,{}],\"MD5\":\"\(other)\"}\n",
    "{\"hash\":\"\\u0030\(md5.dropFirst())\",\"x\":null}\n\n {\"hash\":\"\(other)\"}",
  ])
  func `is read as it comes, whatever its name, each hash counted once`(text: String) throws {
    for name in ["list.txt", "list.csv.gz", "list.csv.zst", "list"] {
      let list = try read(text, name)
      #expect(list.count == 2)
      #expect(list.contains(LegacyHash.paddedMD5(Array("a".utf8).span)))
      #expect(list.contains(LegacyHash.paddedMD5(Array("abc".utf8).span)))
      #expect(!list.contains(LegacyHash.paddedMD5(Array("abd".utf8).span)))
    }
  }

  @Test(arguments: [
    ("\(md5)\n\(md5)0\n", 2), ("\(md5.dropLast())\n", 1), ("\(md5)\n\(other.dropLast())g\n", 2),
    ("\(md5)\nmd5\n", 2), ("\(md5.dropLast())@\n", 1), ("\(md5)\u{1}\n", 1),
    ("heading\nheading\n\(md5)\n", 2), ("0123456789abcdef0123456789abcdeX\n\(md5)\n", 1),
    ("\(md5) \(other)\n", 1), ("\(md5)\n\(md5)  a\n\(md5)  b \(other)\n", 3),
    ("MD5 (a) = \(md5)0\n", 1), ("\(md5)\nSHA1 (a) = zz\n", 2), ("md5:\(md5)\n", 1),
    ("pdq\n\(md5)\n", 1), ("sha-1\n\(md5)\n", 1),
    ("md5,md5\n\(md5),\(md5)\n", 1), ("a,b\n\(md5),\(md5)\n", 1), ("\(md5),\(other)\n", 1),
    ("md5,x\n\(md5)\n", 2), ("md5,x\n\(md5),1,2\n", 2), ("md5,x\n\(md5);1\n", 2),
    ("md5,x\n\(md5),1\"\n", 2), ("md5,x\n\"\(md5)\"y,1\n", 2), ("md5,x\nzz,1\n", 2),
    ("md5,x\n\(md5),\"1\n\(md5),2\n", 3), ("\(md5),1\n\(other.dropLast()),1\n", 2),
    ("{\"md5\":\"\(md5)\"}\n\(md5)\n", 2), ("{\"md5\":\"\(md5)\",\"md5\":\"\(md5)\"}\n", 1),
    ("{\"md5\":\"\(md5)\",\"MD-5\":\"\(md5)\"}\n", 1), ("{\"md5\":1}\n", 1),
    ("{\"md5\":[\"\(md5)\"]}\n", 1), ("{\"md5\":true}\n", 1), ("{\"md5\":\"zz\"}\n", 1),
    ("[{\"md5\":\"\(md5)\"}]\n", 1), ("{\"md5\":\"\(md5)\"\n}\n", 1),
    ("{\"md5\":\"\(md5)\"} {}\n", 1), ("\0\(md5)\n", 1), ("{\"md5\":\"\(md5)\"}\n# c\n", 2),
    ("<html></html>\n", 1),
  ])
  func `is refused with the line and never its content`(text: String, line: Int) throws {
    #expect(try refusal(text).line == line)
  }

  @Test(arguments: [
    "", "\n\n", "# only a comment\n", "md5\n", "md5,x\n", "\(sha1)\n\(sha256)\n", "\(empty)\n",
    "00000000000000000000000000000000\n", "md5,sha1\n,\(sha1)\n", "{\"sha1\":\"\(sha1)\"}\n",
    "hash,type\n\(md5),sha1\n",
  ])
  func `in which nothing counts is refused as a whole`(text: String) throws {
    let refusal = try refusal(text)
    #expect(refusal.line == nil && refusal.flaw == .empty(.md5))
  }

  @Test func `counts what it leaves out`() throws {
    let zeros = String(repeating: "0", count: 32)
    let text =
      "# c\nmd5,sha1\n\(Self.md5),\n,\(Self.sha1)\n\(Self.md5.uppercased()),\n"
      + "\(Self.empty),\n\(zeros),\n\(Self.sha1),x\n"
    let list = try read(text)
    #expect(list.count == 1)
    var counts = ListCounts()
    counts.read = 6
    counts.repeated = 1
    counts.withoutHash = 2
    counts.ofNothing = 2
    counts.comments = 1
    counts.headers = 1
    #expect(list.counts == counts)
    #expect(!list.contains(LegacyHash.paddedMD5([UInt8]().span)) && !list.contains(.zero))
  }

  @Test(arguments: [
    (ListAlgorithm.md5, empty), (.sha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (.sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (.md5, String(repeating: "0", count: 32)), (.sha1, String(repeating: "0", count: 40)),
    (.sha256, String(repeating: "0", count: 64)), (.pdq, String(repeating: "0", count: 64)),
  ])
  func `never has the hash of nothing`(algorithm: ListAlgorithm, nothing: String) throws {
    #expect(try refusal(nothing, algorithm).flaw == .empty(algorithm))
    let one = String(repeating: "1", count: 2 * algorithm.byteCount)
    let list = try read("\(nothing)\n\(one)\n", "l", algorithm)
    #expect(list.count == 1 && list.counts.ofNothing == 1 && list.counts.read == 2)
  }

  @Test(arguments: [
    "a,b\n\(other),\(md5)\n", "a,B \n\"\",\(md5)\n", "b\n\(md5)\n", "B,md5\n\(md5),\(other)\n",
    "{\"b\":\"\(md5)\",\"md5\":\"\(other)\"}", "# c\na;b\n1;\(md5)",
  ])
  func `has its hashes in the column that is named`(text: String) throws {
    let list = try read(text, column: "b")
    #expect(list.count == 1 && list.contains(LegacyHash.paddedMD5(Array("a".utf8).span)))
    #expect(throws: DatasetFailure.self) { try read(text, column: "c") }
  }

  @Test func `of another algorithm is refused`() throws {
    for algorithm in ListAlgorithm.allCases {
      let digits = String(repeating: "1", count: 2 * algorithm.byteCount)
      for other in ListAlgorithm.allCases where other.byteCount != algorithm.byteCount {
        #expect(try refusal(digits, other).flaw == .empty(other))
      }
      #expect(try read(digits, "l", algorithm).count == 1)
    }
  }

  @Test func `of perceptual hashes leaves out those of low quality`() throws {
    let (a, b) = (String(repeating: "a", count: 64), String(repeating: "b", count: 64))
    for text in [
      "\(a),50\n\(b),49\n", "hash,quality\n\(a),100\n\(b),0\n",
      "{\"pdq\":\"\(a)\",\"quality\":51}\n{\"pdq\":\"\(b)\",\"quality\":\"7\"}\n",
      "hash,pdq_quality,type\n\(a),,pdq\n\(b),3,pdq\n",
    ] {
      let list = try read(text, "l", .pdq)
      #expect(list.count == 1 && list.counts.belowQuality == 1)
    }
    for quality in ["101", "-1", "x", "50.5", "1000"] {
      #expect(try refusal("\(a),50\n\(b),\(quality)\n", .pdq).flaw == .quality)
    }
    #expect(try read("hash,quality\n\(Self.md5),x\n").count == 1)
  }

  @Test func `is told apart from one of another function by a column that says so`() throws {
    let text = "type,hash\nsha256,\(Self.sha256)\npdq,\(String(repeating: "a", count: 64))\n"
    for algorithm in [ListAlgorithm.sha256, .pdq] {
      let list = try read(text, "l", algorithm)
      #expect(list.count == 1 && list.counts.withoutHash == 1)
    }
  }

  @Test func `past the limit is refused`() throws {
    var parser = HashListParser(algorithm: .md5, limit: 1)
    try parser.take(Array("\(Self.md5)\n".utf8).span)
    #expect(throws: HashListFlaw.tooMany(limit: 1)) {
      try parser.take(Array("\(Self.other)\n".utf8).span)
    }
  }

  @Test func `has no line beyond a limit`() throws {
    let long = String(repeating: "a", count: LineCutter.longestLine + 1)
    #expect(try refusal("\(Self.md5)\n\(long)") == (2, .tooLong(limit: LineCutter.longestLine)))
    #expect(try refusal("\(Self.md5)\n\(long)\n").line == 2)
    #expect(
      try refusal(
        "md5,x\n\(Self.md5),\"\(long.dropLast(90))\n\(String(repeating: "b", count: 90))\""
      ).line == 3)
  }

  // Golden: SHA-256 of the stated bytes, computed with another implementation.
  @Test func `has the documented entry keys and root`() throws {
    let list = try read("\(Self.md5)\n")
    let bytes = Array("winnow hash v1\nmd5\nurl\n".utf8) + Array<UInt8>(hex: Self.md5)!
    #expect(list.entryKeys() == [Digest(sha256: bytes)])
    #expect(
      list.entryKeys()[0].hex
        == "8a75d9992b7561076f7f1275b8da3678d55edbc26923521bd9d8dc8873d154b5")
    let secret = HMAC256(key: Array(repeating: 7, count: 32))
    #expect(
      EntrySet(list.entryKeys()).sealed(under: secret).root
        == EntrySet([secret.tag(of: list.entryKeys()[0])]).root)
  }

  @Test func `finds exactly its members among many`() throws {
    let hashes = (0..<5000).map { Digest(sha256: "\($0)") }
    let list = try read((hashes + hashes).map { "\($0)\n" }.joined(), "l", .sha256)
    #expect(list.count == 5000 && list.counts.repeated == 5000)
    #expect(hashes.allSatisfy(list.contains))
    #expect((5000..<10_000).allSatisfy { !list.contains(Digest(sha256: "\($0)")) })
  }

  @Test func `in any pieces is the same`() throws {
    let text = "# c\r\nnote,md5\r\n\"a\nb\",\(Self.md5)\r\n\u{e9},\(Self.other)\r\n"
    let bytes = Array(text.utf8)
    for size in 1...40 {
      var parser = HashListParser(algorithm: .md5)
      var start = 0
      while start < bytes.count {
        let end = min(start + size, bytes.count)
        try parser.take(bytes.span.extracting(start..<end))
        start = end
      }
      let list = try parser.finish()
      #expect(list.hashes.count == 2 && list.counts.headers == 1 && list.counts.comments == 1)
    }
  }

  @Test func `mutated is read or refused, never more`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let inputs = [
      "\(Self.md5)\n\(Self.other)\r\n\(Self.md5)\n\n",
      "added,\"md5\"\n\"2,0\",\(Self.md5)\n\"\"\"\",\"\(Self.other)\"\n",
      "{\"md5\":\"\(Self.md5)\",\"q\":[1]}\n{\"md5\":null}\n",
      NCMECListTests.answer,
    ].map { Array($0.utf8) }
    var (refused, read) = (0, 0)
    for round in 0..<Fuzz.inputs {
      let bad = inputs[round & 3].mutated(by: &random)
      var parser = HashListParser(algorithm: .md5)
      do {
        let cut = min(50, bad.count)
        try parser.take(bad.span.extracting(0..<cut))
        try parser.take(bad.span.extracting(cut..<bad.count))
        let list = try parser.finish()
        #expect(list.hashes.count <= 6, "seed \(seed)")
        read += 1
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0 && read > 0)
  }
}
