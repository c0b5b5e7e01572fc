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
      let bytes = algorithm.hash(Array(url.utf8).span).bytes.prefix(algorithm.byteCount)
      return Array(bytes).hex + "\n"
    }
    return try HashList(
      path: scratch.put(text.joined(), "list.txt"), algorithm: algorithm, of: .url)
  }

  @Test(arguments: ListAlgorithm.allCases, ["a.csv", "a.jsonl"])
  func `by URL finds the rows of exactly these bytes`(algorithm: ListAlgorithm, name: String) throws
  {
    let scratch = try Scratch()
    let bytes = name == "a.csv" ? Table.csv(300) : Table.jsonLines(300)
    let reader = try release([scratch.put(bytes, name)])
    let first = Table.rows(300)[2].url
    // Row 5 has the URL of row 2; another case and a fragment are other bytes.
    let urls = [first, Table.rows(300)[200].url, first + "#", first.uppercased(), ""]
    let result = try reader.match(list(urls, scratch, algorithm), work: smallWork())
    #expect(result.rowsScanned == 300 && result.matched.count == 3)
    #expect(Set(result.matched.map(\.key)) == [Table.key(first), Table.key(urls[1])])
    #expect(result.rowsWithoutHash == 0)
    #expect(result.shards[0].rows == 300)
  }

  @Test(arguments: ["URL", "url", "Url"])
  func `takes the URL column in any case`(name: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put("n,\(name)\n1,a\n2,b\n3,\n", "a.csv")
    let reader = try release([path], identity: [name])
    let result = try reader.match(list(["b"], scratch))
    #expect(result.matched.count == 1 && result.rowsWithoutHash == 1)
  }

  @Test func `by image digest takes either case and counts what has none`() throws {
    let scratch = try Scratch()
    let md5 = "d41d8cd98f00b204e9800998ecf8427e"
    let csv = "URL,md5\na,\(md5)\nb,\(md5.uppercased())\nc,\nd,none\ne,\"\(md5)\"\nf,\(md5)0\n"
    let json = """
      {"URL":"a","md5":"\(md5)"}
      {"URL":"b","md5":"\(md5.uppercased())"}
      {"URL":"c","md5":null}
      {"URL":"d"}
      {"URL":"e","md5":"\\u0064\(md5.dropFirst())"}
      {"URL":"f","md5":"\(md5)0"}

      """
    let list = try HashList(path: scratch.put(md5, "l"), algorithm: .md5, of: .image)
    for path in [try scratch.put(csv, "a.csv"), try scratch.put(json, "a.jsonl")] {
      let result = try release([path]).match(list)
      #expect(result.matched.count == 3 && result.rowsWithoutHash == 3 && result.rowsScanned == 6)
      #expect(Set(result.matched.map(\.key)).count == 3)
    }
  }

  @Test(arguments: [
    ("a.csv", "URL,hash\na,123\n"), ("a.csv", "URL,HASH\na,\nb,-9223372036854775808\n"),
    ("a.jsonl", "{\"URL\":\"a\",\"hash\":-5}\n"),
    ("a.jsonl", "{\"URL\":\"a\",\"Hash\":\"123456\"}\n"),
  ])
  func `on LAION's murmur column is refused`(name: String, text: String) throws {
    let scratch = try Scratch()
    let list = try HashList(
      path: scratch.put(String(repeating: "0", count: 32), "l"), algorithm: .md5, of: .image)
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
      path: scratch.put(String(repeating: "0", count: 32), "l"), algorithm: .md5, of: .image)
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
    #expect(first.rowsScanned == 1360 && first.rowsWithoutHash == 0)
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
