import Foundation
import Files
import LedgerCrypto
import Rows
import SetCommitment
import Testing

@testable import Datasets

@Suite struct `A catalogue` {
  static let facts = [
    ShardFacts(name: "a.csv", size: 12, sha256: Digest(sha256: "a"), rows: 3),
    ShardFacts(name: "b.jsonl.gz", size: 0, sha256: Digest(sha256: "b"), rows: 0),
  ]
  static let catalog = ReleaseCatalog(
    release: "laion/5b@1",
    entries: zip(facts, ["/data/a.csv", "b.jsonl.gz"]).map { .init(facts: $0, path: $1) })

  @Test func `reads what it writes`() throws {
    let bytes = Self.catalog.bytes
    #expect(try ReleaseCatalog(parsing: bytes, path: "c") == Self.catalog)
    #expect(Self.catalog.bytes == bytes)
    let manifest = Self.catalog.manifest
    #expect(try ShardManifest(parsing: manifest.bytes, path: "m") == manifest)
    #expect(manifest.digest == Digest(sha256: manifest.bytes))
    let scratch = try Scratch()
    try Self.catalog.write(to: scratch("c"))
    #expect(try ReleaseCatalog.read(scratch("c")) == Self.catalog)
  }

  @Test func `has these bytes`() {
    let manifest = ShardManifest(shards: [Self.facts[0]])
    #expect(
      String(decoding: manifest.bytes, as: UTF8.self)
        == #"{"shards":[{"name":"a.csv","rows":3,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","size":12}],"winnow":"manifest/1"}"#
    )
    let catalog = ReleaseCatalog(
      release: "x@1", entries: [.init(facts: Self.facts[0], path: "/d/a.csv")])
    #expect(
      String(decoding: catalog.bytes, as: UTF8.self)
        == #"{"release":"x@1","shards":[{"name":"a.csv","path":"/d/a.csv","rows":3,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb","size":12}],"winnow":"catalog/1"}"#
    )
  }

  @Test func `has a file name without slashes`() {
    #expect(ReleaseCatalog.fileName("laion/5b@1", suffix: ".json") == "laion%2F5b@1.json")
    #expect(ReleaseCatalog.fileName("laion@1") == "laion@1")
  }

  @Test(arguments: [
    ("\"manifest/1\"", "\"manifest/2\""), ("\"manifest/1\"", "1"), ("\"rows\":3", "\"rows\":-1"),
    ("\"rows\":3", "\"rows\":3.0"), ("\"rows\":3", "\"rows\":\"3\""), ("\"rows\":3,", ""),
    ("\"size\":12", "\"size\":12,\"x\":1"), ("ca97", "CA97"), ("ca97", "ca9"), ("a.csv", "x/a.csv"),
    ("a.csv", ".."), ("a.csv", ""), ("a.csv", "a\\ncsv"), ("{\"shards\"", "{ \"shards\""),
    ("[{", "[3,{"), ("\"size\":12", "\"size\":9007199254740992"),
  ])
  func `with a flaw is refused`(old: String, new: String) {
    let bytes = ShardManifest(shards: [Self.facts[0]]).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(old))
    let bad = Array(text.replacing(old, with: new).utf8)
    #expect(throws: DatasetFailure.self) { try ShardManifest(parsing: bad, path: "m") }
  }

  @Test func `with two shards of a name, none, or another's path is refused`() {
    let twice = ShardManifest(shards: [Self.facts[0], Self.facts[0]])
    #expect(throws: DatasetFailure.self) { try ShardManifest(parsing: twice.bytes, path: "m") }
    let none = ShardManifest(shards: [])
    #expect(throws: DatasetFailure.self) { try ShardManifest(parsing: none.bytes, path: "m") }
    let moved = ReleaseCatalog(
      release: "x@1", entries: [.init(facts: Self.facts[0], path: "/d/b.csv")])
    #expect(throws: DatasetFailure.self) { try ReleaseCatalog(parsing: moved.bytes, path: "c") }
  }

  @Test func `mutated is refused or says what its bytes say`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let inputs = [Self.catalog.bytes, Self.catalog.manifest.bytes]
    var refused = 0
    for round in 0..<Fuzz.inputs {
      let bytes = inputs[round & 1].mutated(by: &random)
      do {
        let again =
          round & 1 == 0
          ? try ReleaseCatalog(parsing: bytes, path: "c").bytes
          : try ShardManifest(parsing: bytes, path: "m").bytes
        #expect(again == bytes, "seed \(seed)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}

@Suite struct `Generated rows` {
  @Test func `are the same bytes for the same seed`() throws {
    let scratch = try Scratch()
    for name in ["x", "y"] {
      _ = try SampleRows(seed: 7, rows: 1500, shards: 3).write(to: scratch(name))
    }
    for name in try Directory.names(in: scratch("x")) {
      #expect(try scratch.text("x/" + name).utf8.elementsEqual(scratch.text("y/" + name).utf8))
    }
    _ = try SampleRows(seed: 8, rows: 1500, shards: 3).write(to: scratch("z"))
    #expect(try scratch.text("x/rows-00000.csv") != scratch.text("z/rows-00000.csv"))
    let golden = Digest(sha256: Array(try scratch.text("x/rows-00000.csv").utf8)).hex
    #expect(golden == "57b240f5f6ad53fc4b70a2d5378f21dd436406acd5c75884b30872523f8ec4be")
  }

  @Test(arguments: [ShardFormat.Records.csv, .jsonLines])
  func `match as their summary says`(records: ShardFormat.Records) throws {
    let scratch = try Scratch()
    let sample = try SampleRows(rows: 1360, shards: 2, records: records).write(to: scratch.path)
    #expect(sample.hotlineHits == 37 && sample.foundationHits == 34 && sample.sharedHits == 11)
    let reader = try release(sample.shardPaths)
    let hotline = try HashList(path: sample.hotlineListPath, algorithm: .md5, of: .url)
    let foundation = try HashList(path: sample.foundationListPath, algorithm: .sha256, of: .url)
    #expect(hotline.count == 5037 && foundation.count == 2034)
    let first = try reader.match(hotline)
    let second = try reader.match(foundation)
    #expect(Set(first.matched.map(\.key)).count == 37 && Set(second.matched.map(\.key)).count == 34)
    #expect(Set(first.matched.map(\.key)).intersection(second.matched.map(\.key)).count == 11)
    let summary = try reader.index(to: nil, scratch: scratch.path)
    #expect(summary.rows == 1360 && summary.keys == 1359)
  }

  @Test func `have one root in both formats`() throws {
    let scratch = try Scratch()
    let types: DeclaredTypes = [
      "WIDTH": .int, "HEIGHT": .int, "similarity": .float64, "punsafe": .float64,
      "pwatermark": .float64,
    ]
    let roots = try [ShardFormat.Records.csv, .jsonLines].map { records in
      let sample = try SampleRows(rows: 900, records: records).write(to: scratch("\(records)"))
      return try release(sample.shardPaths, types: types)
        .index(to: nil, scratch: scratch.path).root.root
    }
    #expect(roots[0] == roots[1])
  }

  @Test(arguments: [0, 1, 2, 3, 699, 700, 701]) func `may be few`(rows: UInt64) throws {
    let scratch = try Scratch()
    let sample = try SampleRows(rows: rows, shards: 2).write(to: scratch.path)
    #expect(try release(sample.shardPaths).index(to: nil, scratch: scratch.path).rows == rows)
  }
}
