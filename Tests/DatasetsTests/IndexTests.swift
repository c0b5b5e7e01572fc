import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Indexing a release` {
  @Test(arguments: [
    "a.csv", "a.csv.gz", "a.jsonl", "a.jsonl.gz", "a.ndjson", "a.CSV", "a.json", "a.JSON.gz",
    "a.Csv.GZ", "a.csv.zst", "a.jsonl.zst", "a.ndjson.zst", "a.json.ZST", "a.CSV.Zst",
  ])
  func `gives one root in every format`(name: String) throws {
    let scratch = try Scratch()
    let plain = name.lowercased().contains("csv") ? Table.csv(300) : Table.jsonLines(300)
    let path = try scratch.put(plain.packed(as: name), name)
    let summary = try release([path]).index(to: scratch("index"), work: smallWork())
    #expect(try summary.root.root == Table.root(300))
    #expect(summary.rows == 300)
    #expect(summary.keys < 300)
    #expect(summary.shards[0].rows == 300)
    let bytes = try OpenFile.readAll(path, maxBytes: 1 << 20)
    #expect(summary.shards[0].sha256 == Digest(sha256: bytes))
    #expect(summary.shards[0].size == bytes.count)
    try IndexFile(path: scratch("index")).verify()
    #expect(try scratch.names() == [name, "index"])
  }

  @Test(
    arguments: [
      (.gzip, "a.csv"), (.zstd, "a.csv"), (.gzip, "a.csv.zst"), (.zstd, "a.csv.gz"),
    ] as [(Packing, String)])
  func `reads packed files under any name, and cleans them into such`(
    packing: Packing, name: String
  ) throws {
    let scratch = try Scratch()
    let paths = [
      try scratch.put(packing.packed(Table.csv(200).span), name), try scratch.put("", "b.json"),
    ]
    #expect(try paths.map { try Shard(path: $0).format.packing } == [packing, .plain])
    let reader = try release(paths)
    let summary = try reader.index(to: scratch("index"), work: smallWork())
    #expect(try summary.root.root == Table.root(200))
    let catalog = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: summary.shards)
    let result = try reader.clean(
      Cleaning(removing: [Table.key("https://img.example.org/7.jpg")]), catalog: catalog,
      root: summary.root.root,
      from: IndexFile(path: scratch("index")), to: scratch("b"), index: nil)
    #expect(result.cleaned.rows == summary.rows - 1)
    #expect(try Packing.held(at: scratch("b/" + name)) == packing)
  }

  @Test(arguments: [
    ("a.csv.gz", "URL,TEXT\na,b\n"), ("a.json.gz", "{\"URL\":\"a\"}\n"),
    ("a.json", "[{\"URL\":\"a\"}]"), ("a.csv.zst", "URL,TEXT\na,b\n"), ("a.csv.zst", ""),
    ("a.json", "{\n  \"URL\": \"a\"\n}\n"), ("a.csv.gz", ""),
    ("a.csv", "\u{1f}\u{8b}"),
  ])
  func `refuses a file that does not hold what its name says`(name: String, text: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put(text, name)
    #expect(throws: DatasetFailure.self) {
      try release([path]).index(to: nil, scratch: scratch.path)
    }
  }

  @Test(arguments: [
    "a", "a.gz", "a.txt", "a.csv.zip", "csv", "a.jsonx", "a.csv.gz.gz", "a.parquet.gz", "a.zst",
    "a.csv.gz.zst",
    "a.csv.zst.gz", "a.csvzst",
  ])
  func `knows no other names`(name: String) {
    #expect(throws: DatasetFailure.self) { try ShardFormat(name: name) }
  }

  // Each tag by HMAC of its whole message, with nothing of the indexer's between.
  @Test(arguments: ["a.csv", "a.jsonl.gz"], [["URL"], ["TEXT", "URL"]])
  func `of a keyed dataset gives the root of its rows' keyed tags`(
    name: String, identity: [String]
  ) throws {
    let scratch = try Scratch()
    let plain = name.contains("csv") ? Table.csv(400) : Table.jsonLines(400)
    let path = try scratch.put(plain.packed(as: name), name)
    let secret = [UInt8](1...32)
    let reader = try ReleaseReader(
      registering: Shard.list([path]), identity: identity, secret: RowSecret(bytes: secret))
    let hmac = HMAC256(key: secret)
    func tag(_ kind: String, _ columns: [String], _ values: [String]) -> Digest {
      var message = RowHasher.header(kind, columns.map { Column($0, .string) })
      for value in values { Cell.string(value).appendCanonical(to: &message) }
      return hmac.tag(of: message.span)
    }
    let rows = Table.rows(400).map { row in
      KeyedDigest(
        key: tag(
          "winnow key v1", identity, identity.map { $0 == "URL" ? row.url : row.text }),
        digest: tag(
          "winnow row v1", reader.content.map(\.name),
          reader.content.map { $0.name == "URL" ? row.url : row.text }))
    }
    let expected = try SetTree(rows: rows).root
    for work in [smallWork(), smallWork(1, chunk: 1 << 20)] {
      let summary = try reader.index(to: scratch("index"), work: work)
      #expect(summary.root == expected)
      try IndexFile(path: scratch("index")).verify()
    }
    #expect(try expected.root != Table.root(400))
  }

  @Test(arguments: [1, 2, 3], [1, 100, 1 << 20])
  func `does not depend on workers or chunks`(workers: Int, chunk: Int) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Table.csv(150, newline: "\r\n"), "a.csv")
    let summary = try release([path]).index(
      to: nil, scratch: scratch.path, work: smallWork(workers, chunk: chunk))
    #expect(try summary.root.root == Table.root(150))
  }

  @Test func `spread over shards of both formats gives the same root`() throws {
    let scratch = try Scratch()
    let lines = String(decoding: Table.jsonLines(200), as: UTF8.self)
      .split(separator: "\n").map { $0 + "\n" }
    let paths = [
      try scratch.put(lines[..<70].joined(), "a.jsonl"),
      try scratch.put(Array(lines[70...].joined().utf8).gzipped, "b.jsonl.gz"),
    ]
    let summary = try release(paths).index(to: nil, scratch: scratch.path, work: smallWork())
    #expect(try summary.root.root == Table.root(200))
    #expect(summary.shards.map(\.rows) == [70, 130])
  }

  @Test func `within a tiny memory budget gives the same root and leaves nothing`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Table.csv(3000), "a.csv")
    var work = smallWork(2, chunk: 4096)
    work.memory = 1  // 64 pairs a worker
    let store = PairStore(work, directory: scratch.path, expecting: 50_000)
    var buffer = store.buffer()
    for index in 0..<1000 {
      try store.add(Pair(key: Digest(sha256: "\(index)"), digest: .zero), to: &buffer)
    }
    store.putBack(buffer)
    store.close()
    #expect(store.runsOnDisk >= 15)
    #expect(store.counts.reduce(0, +) == 1000)
    let summary = try release([path]).index(to: scratch("index"), work: work)
    #expect(try summary.root.root == Table.root(3000))
    try IndexFile(path: scratch("index")).verify()
    #expect(try scratch.names() == ["a.csv", "index"])
  }

  // Rows of one key exceed any worker's share: they go through the merge of sorted runs.
  @Test func `with very many rows of one key gives the same root`() throws {
    let scratch = try Scratch()
    var work = smallWork()
    work.memory = 2 << 20
    let store = PairStore(work, directory: scratch.path, expecting: 50_000)
    var buffer = store.buffer()
    var rows: [KeyedDigest] = []
    for index in 0..<70_000 {
      let key = Digest(sha256: index % 50 == 0 ? "\(index)" : "one key")
      let digest = Digest(sha256: "row \(index / 2)")
      rows.append(KeyedDigest(key: key, digest: digest))
      try store.add(Pair(key: key, digest: digest), to: &buffer)
    }
    store.putBack(buffer)
    store.close()
    let result = try SetAssembly(store, work, scratch: scratch.path).run(index: scratch("index"))
    #expect(try result.root == SetTree(rows: rows).root)
    try result.file?.commit()
    try IndexFile(path: scratch("index")).verify()
  }

  @Test func `of many keys is put together from parts to the same root`() throws {
    let scratch = try Scratch()
    let work = smallWork(memory: 32 << 20)
    let store = PairStore(work, directory: scratch.path, expecting: 50_000)
    var buffer = store.buffer()
    var entries: [SetEntry] = []
    var random = SplitMix64(seed: 9)
    for _ in 0..<70_000 {
      let key = Digest(random.next(), random.next(), random.next(), random.next())
      let value = Digest(random.next(), 1, 2, 3)
      entries.append(SetEntry(key: key, rows: 1, value: value))
      try store.add(Pair(key: key, digest: value), to: &buffer)
    }
    store.putBack(buffer)
    store.close()
    let result = try SetAssembly(store, work, scratch: scratch.path).run(index: scratch("index"))
    entries.sort { $0.key < $1.key }
    #expect(try result.root == SetRoot(.release, of: entries))
    try result.file?.commit()
    let index = try IndexFile(path: scratch("index"))
    try index.verify()
    for _ in 0..<50 {
      let entry = try #require(entries.randomElement(using: &random))
      #expect(try index.entry(for: entry.key) == entry)
      let witness = try WitnessMaker.lookup(entry.key, in: index.source)
      #expect(
        SetLookup.check(witness, root: index.root, kind: .release, key: entry.key)
          == .present(rows: 1, value: entry.value))
      let absent = Digest(random.next(), 0, 0, 0)
      let none = try WitnessMaker.lookup(absent, in: index.source)
      #expect(
        SetLookup.check(none, root: index.root, kind: .release, key: absent) == .absent)
      #expect(witness.count < 4096)
    }
  }

  @Test func `without rows gives the empty set`() throws {
    let scratch = try Scratch()
    let path = try scratch.put("URL,TEXT\n", "a.csv")
    let summary = try release([path]).index(to: scratch("index"))
    #expect(summary.root.top == SetHash.empty)
    let index = try IndexFile(path: scratch("index"))
    try index.verify()
    let witness = try WitnessMaker.lookup(.zero, in: index.source)
    #expect(SetLookup.check(witness, root: index.root, kind: .release, key: .zero) == .absent)
  }

  @Test func `tells its progress and stops when asked`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Table.csv(500), "a.csv")
    let calls = Calls()
    var work = Work(workers: 2, progress: { calls.note($0) })
    work.chunkSize = 1024
    _ = try release([path]).index(to: scratch("index"), work: work)
    #expect(calls.last?.rows == 500)
    #expect(calls.last?.bytes == calls.last?.totalBytes)
    #expect(!calls.hasFallen)
    for stop in [0, 1, 5, 20] {
      let count = Calls()
      var work = Work(workers: 2, isCancelled: { count.next() > stop })
      work.chunkSize = 1024
      #expect(throws: DatasetFailure.self) {
        try release([path]).index(to: scratch("other"), work: work)
      }
      #expect(try scratch.names() == ["a.csv", "index"])
    }
  }
}
