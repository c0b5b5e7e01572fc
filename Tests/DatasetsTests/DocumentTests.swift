import Foundation
import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
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

  @Test func `says how its files are read, and what they carry`() throws {
    var types: DeclaredTypes = ["n": .list(.float32), "B": .string]
    types["o"] = .json
    let catalog = ReleaseCatalog(
      release: "x@1", entries: [.init(facts: Self.facts[0], path: "/d/a.csv")],
      reading: Reading(types: types, missing: .only(["B", "n"])), carried: ["", "a,\n", "é"])
    let text = String(decoding: catalog.bytes, as: UTF8.self)
    #expect(
      text.hasPrefix(#"{"carried":["","a,\n","é"],"missing":["B","n"],"release":"x@1","shards":["#))
    #expect(
      text.hasSuffix(
        #"],"types":[["B","string"],["n","list<float32>"],["o","json"]],"winnow":"catalog/1"}"#))
    #expect(try ReleaseCatalog(parsing: catalog.bytes, path: "c") == catalog)
    // Nothing that is carried is not the same as nothing that is known.
    for carried in [nil, []] as [[String]?] {
      let other = ReleaseCatalog(release: "x@1", entries: catalog.entries, carried: carried)
      #expect(try ReleaseCatalog(parsing: other.bytes, path: "c").carried == carried)
    }
  }

  @Test(arguments: [
    (#""missing":["B"]"#, #""missing":[]"#), (#""carried":["a"]"#, #""carried":["b","a"]"#),
    (#""carried":["a"]"#, #""carried":["a","a"]"#), (#""carried":["a"]"#, #""carried":[1]"#),
    (#""carried":["a"]"#, #""carried":"a""#), (#""missing":["B"]"#, #""missing":[null]"#),
    (#""missing":["B"]"#, #""missing":["B","A"]"#), (#"["n","int"]"#, #"["n"]"#),
    (#"["n","int"]"#, #"["n","number"]"#), (#"["n","int"]"#, #"["n","int"],["a","int"]"#),
    (#"["n","int"]"#, #"["n","int"],["n","int"]"#), (#"["n","int"]"#, #"["n","int","int"]"#),
    (#"["n","int"]"#, #""n""#), (#"["n","int"]"#, ""),
  ])
  func `that says so otherwise is refused`(old: String, new: String) throws {
    let catalog = ReleaseCatalog(
      release: "x@1", entries: [.init(facts: Self.facts[0], path: "/d/a.csv")],
      reading: Reading(types: ["n": .int], missing: .only(["B"])), carried: ["a"])
    let text = String(decoding: catalog.bytes, as: UTF8.self)
    #expect(text.contains(old))
    let bad = Array(text.replacing(old, with: new).utf8)
    #expect(throws: DatasetFailure.self) { try ReleaseCatalog(parsing: bad, path: "c") }
  }

  @Test func `has a file name without slashes`() {
    #expect(ReleaseCatalog.fileName("laion/5b@1", suffix: ".json") == "laion%2F5b@1.json")
    #expect(ReleaseCatalog.fileName("laion@1") == "laion@1")
  }

  @Test(arguments: [
    ("\"manifest/1\"", "\"manifest/2\""), ("\"manifest/1\"", "1"), ("\"rows\":3", "\"rows\":-1"),
    ("\"rows\":3", "\"rows\":3.0"), ("\"rows\":3", "\"rows\":\"3\""), ("\"rows\":3,", ""),
    ("\"size\":12", "\"size\":12,\"x\":1"), ("ca97", "CA97"), ("ca97", "ca9"),
    ("a.csv", "../a.csv"),
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
    var random = SplitMix64(seed: seed)
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
