import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Matching a release` {
  func list(_ urls: [String], _ scratch: Scratch, _ algorithm: ListAlgorithm = .md5) throws
    -> HashList
  {
    let text = urls.map { url in
      let bytes = algorithm.hash(Array(url.utf8).span)!.bytes.prefix(algorithm.byteCount)
      return Array(bytes).hex + "\n"
    }
    return try HashList(
      path: scratch.put(text.joined(), "list.txt"), algorithm: algorithm, of: .url)
  }

  @Test(arguments: [ListAlgorithm.md5, .sha1, .sha256], ["a.csv", "a.jsonl"])
  func `by URL finds the rows of exactly these bytes`(algorithm: ListAlgorithm, name: String) throws
  {
    let scratch = try Scratch()
    let bytes = name == "a.csv" ? Table.csv(300) : Table.jsonLines(300)
    let reader = try release([scratch.put(bytes, name)])
    let first = Table.rows(300)[2].url
    // Row 5 has the URL of row 2; another case and a fragment are other bytes.
    let urls = [first, Table.rows(300)[200].url, first + "#", first.uppercased()]
    let result = try reader.match(list(urls, scratch, algorithm), work: smallWork())
    #expect(result.rowsScanned == 300 && result.matched.count == 3)
    #expect(Set(result.matched.map(\.key)) == [Table.key(first), Table.key(urls[1])])
    #expect(result.skipped == MatchResult.Skipped() && result.rowsBySpelling == 0)
    #expect(result.column == "URL")
  }

  @Test(arguments: ["URL", "url", "Url"])
  func `takes the URL column in any case`(name: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put("n,\(name)\n1,a\n2,b\n3,\n", "a.csv")
    let reader = try release([path], identity: [name])
    let result = try reader.match(list(["b"], scratch))
    #expect(result.matched.count == 1 && result.skipped.withoutHash == 1)
  }

  @Test func `by image digest takes several spellings and counts what is none`() throws {
    let scratch = try Scratch()
    let md5 = "0cc175b9c0f1b6a831c399e269772661"
    let csv =
      "URL,md5\na,\(md5)\nb,\(md5.uppercased())\nc,\nd,none\ne,\"\(md5)\"\nf,\(md5)0\n"
      + "g, \(md5) \nh,DMF1ucDxtqgxw5niaXcmYQ==\ni, \nj,md5:\(md5)\n"
    let json = """
      {"URL":"a","md5":"\(md5)"}
      {"URL":"b","md5":"\(md5.uppercased())"}
      {"URL":"c","md5":null}
      {"URL":"d","md5":"none"}
      {"URL":"e","md5":"\\u0030\(md5.dropFirst())"}
      {"URL":"f","md5":"\(md5)0"}
      {"URL":"g","md5":"\(md5)\\n"}
      {"URL":"h","md5":"DMF1ucDxtqgxw5niaXcmYQ=="}
      {"URL":"i"}
      {"URL":"j","md5":"md5:\(md5)"}

      """
    let list = try HashList(path: scratch.put(md5, "l"), algorithm: .md5, of: .image)
    for path in [try scratch.put(csv, "a.csv"), try scratch.put(json, "a.jsonl")] {
      let result = try release([path]).match(list)
      #expect(result.matched.count == 5 && result.rowsScanned == 10 && result.column == "md5")
      #expect(result.skipped.withoutHash == 2 && result.skipped.otherValue == 3)
      #expect(Set(result.matched.map(\.key)).count == 5)
    }
  }

  @Test(arguments: [
    ("a.csv", "URL,md5\na,0cc175b9c0f1b6a831c399e269772661\nb,\n"),
    ("a.csv", "URL,md5\na,md5:0cc175b9c0f1b6a831c399e269772661\n"),
    ("a.csv", "URL,md5\na,x\n"), ("a.jsonl", "{\"URL\":\"a\",\"md5\":\"0cc1\"}\n{\"URL\":\"b\"}\n"),
  ])
  func `on a column of which no value is such a hash is refused`(name: String, text: String) throws
  {
    let scratch = try Scratch()
    let sha256 = String(repeating: "1", count: 64)
    let list = try HashList(path: scratch.put(sha256, "l"), algorithm: .sha256, of: .image)
    do {
      _ = try release([scratch.put(text, name)]).match(list, column: "md5")
      Issue.record("values that are no hashes were compared")
    } catch {
      #expect("\(error)" == "Column md5 holds no SHA-256; match on another column.")
    }
    let other = try release([scratch.put("URL,md5\na,\nb,\n", "none.csv")])
    #expect(try other.match(list, column: "md5").skipped.withoutHash == 2)
  }

  @Test func `reads the rows once for all lists and finds what each finds alone`() throws {
    let scratch = try Scratch()
    let lines = (0..<90).map { row in
      let md5 = Array(LegacyHash.paddedMD5(Array("\(row)".utf8).span).bytes.prefix(16)).hex
      return "http://example.com/\(row),\(row % 3 == 0 ? md5 : ""),\(Digest(sha256: "\(row)"))\n"
    }
    let reader = try release([scratch.put("URL,md5,sha256\n\(lines.joined())", "a.csv")])
    func image(_ algorithm: ListAlgorithm, _ rows: [Int]) throws -> HashList {
      let text = rows.map { row in
        let hash = algorithm.hash(Array("\(row)".utf8).span)!
        return Array(hash.bytes.prefix(algorithm.byteCount)).hex + "\n"
      }
      return try HashList(
        path: scratch.put(text.joined(), UUID().uuidString), algorithm: algorithm, of: .image)
    }
    let comparisons = [
      Comparison(try list(["http://example.com/4"], scratch)),
      Comparison(try image(.md5, [3, 4, 6])), Comparison(try image(.md5, [0, 3])),
      Comparison(try image(.sha256, Array(0..<50))), Comparison(try image(.md5, [1000])),
      Comparison(try list(["HTTP://example.com/4"], scratch), method: .spellings),
    ]
    let all = try reader.match(comparisons, work: smallWork())
    #expect(all.results.map(\.matched.count) == [1, 2, 2, 50, 0, 0])
    #expect(all.shards.map(\.rows) == [90])
    for (comparison, together) in zip(comparisons, all.results) {
      let alone = try reader.match([comparison]).results[0]
      #expect(alone.matched == together.matched && alone.column == together.column)
      #expect(alone.skipped == together.skipped && alone.rowsScanned == 90)
    }
    #expect(all.results[1].skipped.withoutHash == 60)
    #expect(throws: DatasetFailure.self) {
      try reader.match(comparisons + [Comparison(try image(.sha1, [1]))])
    }
  }

  @Test func `tries other spellings only when asked, and counts what they alone found`() throws {
    let scratch = try Scratch()
    let rows = [
      "http://example.com/a%20b.jpg", "HTTP://Example.com/c.jpg", "http://example.com:80/e.jpg",
      "http://example.com/f.jpg?x=1&amp;y=2", "http://example.com/%7euser/g.jpg",
      " http://example.com/h.jpg", "http://example.com/i.jpg#frag", "http://example.com/j.jpg",
    ]
    let reader = try release([scratch.put("URL\n\(rows.joined(separator: "\n"))\n", "r.csv")])
    let list = try list(
      [
        "http://example.com/a b.jpg", "http://example.com/c.jpg", "http://example.com/e.jpg",
        "http://example.com/f.jpg?x=1&y=2", "http://example.com/~user/g.jpg",
        "http://example.com/h.jpg", "http://example.com/i.jpg", "http://example.com/j.jpg",
      ], scratch)
    let exact = try reader.match(list)
    #expect(exact.matched.count == 1 && exact.rowsBySpelling == 0)
    let spelled = try reader.match(list, method: .spellings)
    #expect(spelled.matched.count == 8 && spelled.rowsBySpelling == 7)
  }

  @Test func `by perceptual hash finds near ones of good quality`() throws {
    let scratch = try Scratch()
    var random = SplitMix64(seed: 5)
    let hash = NearIndexTests.some(&random)
    func flipped(_ count: Int) -> Digest { NearIndexTests.flipping(0..<count, of: hash) }
    let rows = [
      "a,\(flipped(0)),90,", "b,\(flipped(31)),50,x", "c,\(flipped(31)),49.5,",
      "d,\(flipped(30)),,",
      "e,\(flipped(32)),100,", "f,,100,", "g,none,3,", "h,\(flipped(1)),0,",
      "i,\(flipped(2)),good,",
    ]
    let text = "URL,PDQ,pdq_quality,note\n\(rows.joined(separator: "\n"))\n"
    let reader = try release([scratch.put(text, "a.csv")])
    let list = try HashList(path: scratch.put("\(hash)\n", "l"), algorithm: .pdq, of: .image)
    func match(_ distance: Int, _ least: Int, _ column: String? = nil) throws -> MatchResult {
      try reader.match(
        list, method: .near(distance: distance, least: least, qualityColumn: column))
    }
    let found = try match(31, 50)
    #expect(found.matched.count == 4 && found.skipped.belowQuality == 2)
    #expect(found.skipped.withoutHash == 1 && found.skipped.otherValue == 1)
    #expect(found.column == "PDQ" && found.qualityColumn == "pdq_quality")
    #expect(try match(30, 50).matched.count == 3 && match(0, 0).matched.count == 1)
    #expect(try match(31, 0).matched.count == 6 && match(31, 0).skipped.belowQuality == 0)
    #expect(try match(31, 100).skipped.belowQuality == 4)
    #expect(throws: DatasetFailure.self) { try match(31, 50, "none") }
    #expect(throws: DatasetFailure.self) { try match(31, 50, "note") }
    let plain = try release([scratch.put("URL,pdq\na,\(flipped(9))\n", "b.csv")])
    let near = Comparison.Method.near(distance: 31, least: 50, qualityColumn: nil)
    #expect(try plain.match(list, method: near).matched.count == 1)
    #expect(try plain.match(list, method: near).qualityColumn == nil)
  }

  @Test(arguments: [
    ("a.csv", "URL,hash\na,123\n"), ("a.csv", "URL,HASH\na,\nb,-9223372036854775808\n"),
    ("a.jsonl", "{\"URL\":\"a\",\"hash\":-5}\n"),
    ("a.jsonl", "{\"URL\":\"a\",\"Hash\":\"123456\"}\n"),
  ])
  func `on LAION's murmur column is refused`(name: String, text: String) throws {
    let scratch = try Scratch()
    let list = try HashList(
      path: scratch.put(String(repeating: "1", count: 32), "l"), algorithm: .md5, of: .image)
    do {
      _ = try release([scratch.put(text, name)]).match(list, column: "hash")
      Issue.record("murmur hashes were matched")
    } catch {
      #expect("\(error)".contains("MurmurHash3"), "\(error)")
    }
  }

  @Test func `needs a column that can be compared`() throws {
    let scratch = try Scratch()
    let image = try HashList(
      path: scratch.put(String(repeating: "1", count: 32), "l"), algorithm: .md5, of: .image)
    let reader = try release([scratch.put("{\"URL\":\"a\",\"n\":1,\"b\":true}\n", "a.jsonl")])
    #expect(throws: DatasetFailure.self) { try reader.match(image) }
    #expect(throws: DatasetFailure.self) { try reader.match(image, column: "none") }
    #expect(throws: DatasetFailure.self) { try reader.match(image, column: "n") }
    #expect(throws: DatasetFailure.self) { try reader.match(image, column: "b") }
    let url = try list(["a"], scratch)
    let other = try release([scratch.put("u\na\n", "b.csv")], identity: ["u"])
    #expect(throws: DatasetFailure.self) { try other.match(url) }
    #expect(try other.match(url, column: "U").matched.count == 1)
  }

  @Test func `stops when asked`() throws {
    let scratch = try Scratch()
    let reader = try release([scratch.put(Table.csv(300), "a.csv")])
    let list = try list(["a"], scratch)
    var work = Work(isCancelled: { true })
    work.chunkSize = 64
    #expect(throws: DatasetFailure.self) { try reader.match(list, work: work) }
  }
}

@Suite(
  .enabled(if: OutsideData.isExpected("data"), "\(OutsideData.absence)")
)
struct `The real sample` {
  @Test(arguments: ["laion-sample.csv", "laion-sample.jsonl"])
  func `has the rows that both lists name`(name: String) throws {
    let scratch = try Scratch()
    let reader = try release([OutsideData.url("data/" + name).path])
    let summary = try reader.index(to: scratch("index"))
    #expect(summary.rows == 1360 && summary.keys == 1359)
    let md5 = try HashList(
      path: OutsideData.url("data/hashlist-url-md5.txt").path, algorithm: .md5, of: .url)
    let sha256 = try HashList(
      path: OutsideData.url("data/hashlist-url-sha256.csv").path, algorithm: .sha256, of: .url)
    #expect(md5.count == 5037 && sha256.count == 2034)
    let first = try reader.match(md5)
    let second = try reader.match(sha256)
    #expect(first.matched.count == 37 && second.matched.count == 34)
    #expect(first.rowsScanned == 1360 && first.skipped.withoutHash == 0)
  }

  @Test func `has one root in both formats`() throws {
    let scratch = try Scratch()
    let roots = try ["laion-sample.csv", "laion-sample.jsonl"].map { name in
      try release([OutsideData.url("data/" + name).path])
        .index(to: nil, scratch: scratch.path).root.root
    }
    #expect(roots[0] == roots[1])
  }
}
