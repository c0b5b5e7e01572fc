import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Cleaned Parquet` {
  /// A release of Parquet files, indexed.
  private struct Parent {
    let scratch: Scratch
    let reader: ReleaseReader
    let summary: ReleaseSummary
    let catalog: ReleaseCatalog

    init(_ paths: [String], content: [String]? = nil, in scratch: Scratch) throws {
      self.scratch = scratch
      reader = try Parquet.release(paths, content: content)
      summary = try reader.index(to: scratch("index"))
      catalog = ReleaseCatalog(
        release: "a@1", shards: reader.shards, facts: summary.shards, reading: reader.reading,
        carried: summary.carried)
    }

    /// The keys of rows by their URLs.
    func keys(_ urls: [String]) -> [Digest] {
      let hasher = RowHasher(identity: reader.identity, content: reader.content)
      return urls.map { hasher.key([.string($0)]) }.sorted()
    }

    func clean(
      _ urls: [String], to folder: String = "out", work: Work = smallWork()
    ) throws -> CleanResult {
      try reader.clean(
        Cleaning(removing: keys(urls)), catalog: catalog, root: summary.root.root,
        from: IndexFile(path: scratch("index")), to: scratch(folder), index: nil,
        rebuilding: true, work: work)
    }
  }

  private func many(_ scratch: Scratch, _ options: String = "") throws -> Parent {
    let path = try Parquet.write(
      "SELECT 'u' || i AS \"URL\", i::SMALLINT AS place, {'a': i, 'b': [i / 3.0]} AS carried, i AS n, i AS \"row 1\", i AS \"order\" FROM range(5000) t(i)",
      scratch("many.parquet"), ", ROW_GROUP_SIZE 2048" + options)
    return try Parent([path], content: ["URL", "place"], in: scratch)
  }

  @Test(arguments: [
    [0], [4999], [2047, 2048, 2049], Array(0..<2048), Array(2048..<4096), Array(0..<5000),
    Array(stride(from: 3, to: 5000, by: 7)),
  ])
  func `has exactly the rows that stay, in their order`(gone: [Int]) throws {
    let scratch = try Scratch()
    let parent = try many(scratch)
    let result = try parent.clean(gone.map { "u\($0)" })
    #expect(result.removedRows == UInt64(gone.count) && result.removedKeys == gone.count)
    #expect(result.cleaned.rows == UInt64(5000 - gone.count))
    let left = try Parquet.lines(scratch("out/many.parquet"))
    let before = try Parquet.lines(scratch("many.parquet"))
    let without = Set(gone)
    #expect(left == before.enumerated().filter { !without.contains($0.offset) }.map(\.element))
  }

  @Test func `keeps columns, types, codec, row groups and metadata, and gets no column`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("types"), "types.parquet")
    let parent = try Parent([path], in: scratch)
    let result = try parent.clean(["https://a.example/2"])
    #expect(result.removedRows == 1)
    func schema(_ path: String) throws -> [String] {
      try Parquet.run(
        """
        COPY (SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('\(path)')))
        TO '/dev/stdout' (FORMAT json);
        COPY (SELECT DISTINCT compression FROM parquet_metadata('\(path)'))
        TO '/dev/stdout' (FORMAT json);
        COPY (SELECT key, value FROM parquet_kv_metadata('\(path)') ORDER BY key)
        TO '/dev/stdout' (FORMAT json);
        """
      ).split(separator: "\n").map(String.init)
    }
    let (old, new) = (try schema(path), try schema(scratch("out/types.parquet")))
    // The column of nulls is one of strings, as the dataset has it: DuckDB writes none without a type.
    let expected = old.map {
      $0.contains("nothing") ? $0.replacing("INTEGER", with: "VARCHAR") : $0
    }
    #expect(expected == new)
    #expect(old.count == 22 + 1 + 3)
    let again = try Parquet.release([scratch("out/types.parquet")]).index(to: nil)
    #expect(again.root == result.cleaned.root)
  }

  @Test func `keeps what has no type here, and names that DuckDB uses`() throws {
    let scratch = try Scratch()
    for (name, url) in [("others", "a"), ("numbered", "b")] {
      let folder = try Scratch()
      let path = try folder.put(Parquet.bytes(name), "\(name).parquet")
      let parent = try Parent([path], content: ["URL"], in: folder)
      _ = try parent.clean([url])
      #expect(
        try Parquet.lines(folder("out/\(name).parquet"))
          == Parquet.lines(path, "SELECT *").filter { !$0.contains("\"URL\":\"\(url)\"") })
    }
    withExtendedLifetime(scratch) {}
  }

  @Test func `keeps the sign of zero, which DuckDB's dictionaries do not`() throws {
    let scratch = try Scratch()
    let path = try Parquet.write(
      """
      SELECT 'u' || i AS "URL", CASE i % 3 WHEN 0 THEN '-0.0' WHEN 1 THEN '0.0' ELSE '1' END::FLOAT AS x,
        [x] AS xs, 'same' AS word FROM range(3000) t(i)
      """,
      scratch("zeros.parquet"), ", DICTIONARY_SIZE_LIMIT 0")
    let parent = try Parent([path], in: scratch)
    let result = try parent.clean(["u7"])
    #expect(result.cleaned.rows == 2999)
    let left = try Parquet.lines(scratch("out/zeros.parquet"))
    #expect(try left == Parquet.lines(path).filter { !$0.contains("\"u7\"") })
    #expect(left.count { $0.contains("-0.0") } == 1000)
  }

  @Test func `is the very file where nothing leaves`() throws {
    let scratch = try Scratch()
    let one = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let two = try scratch.put(Parquet.bytes("numbered"), "numbered.parquet")
    let parent = try Parent([one, two], content: ["URL"], in: scratch)
    _ = try parent.clean(["b"])
    #expect(
      try OpenFile.readAll(scratch("out/alike.parquet"), maxBytes: 1 << 20)
        == Parquet.bytes("alike"))
    #expect(try Parquet.lines(scratch("out/numbered.parquet")).count == 2)
  }

  @Test func `is not written where DuckDB would write other columns`() throws {
    for (name, url, flaw) in [
      ("alike", "x", EngineFlaw.namesAlike), ("nanoseconds", "a", .cutsTimes),
    ] {
      let scratch = try Scratch()
      let path = try scratch.put(Parquet.bytes(name), "\(name).parquet")
      let parent = try Parent([path], content: ["URL"], in: scratch)
      let error = #expect(throws: DatasetFailure.self) { try parent.clean([url]) }
      guard case .engine("\(name).parquet", flaw) = error else {
        return #expect(Bool(false), "\(error as Any)")
      }
      #expect(try Directory.names(in: scratch("out")).isEmpty)
    }
  }

  @Test func `is refused for a file that was damaged where DuckDB does not notice`() throws {
    let scratch = try Scratch()
    let parent = try many(scratch, ", COMPRESSION uncompressed")
    var bytes = try OpenFile.readAll(scratch("many.parquet"), maxBytes: 1 << 24)
    let place = try #require(bytes.firstRange(of: Array("u1234".utf8)))
    bytes.replaceSubrange(place, with: Array("u9876".utf8))
    try AtomicFile.write(bytes, to: scratch("many.parquet"))
    let reader = try Parquet.release([scratch("many.parquet")], content: ["URL", "place"])
    #expect(try reader.index(to: nil).rows == 5000)
    let error = #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: parent.keys(["u1"])), catalog: parent.catalog,
        root: parent.summary.root.root, from: IndexFile(path: scratch("index")),
        to: scratch("out"), index: nil)
    }
    guard case .shardChanged("many.parquet") = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    #expect(try Directory.names(in: scratch("out")).isEmpty)
  }

  /// DuckDB, but for one word of the statement that writes.
  @Test(arguments: [
    ("NOT IN", "IN"), ("row_number() OVER () - 1", "row_number() OVER ()"),
    ("NOT IN (", "NOT IN (SELECT 4000 UNION ALL "),
    ("SELECT \\\"URL\\\"", "SELECT \\\"URL\\\" || 'x' AS \\\"URL\\\""),
    ("\\\"carried\\\"", "NULL::INTEGER AS \\\"carried\\\""),
    ("\\\"place\\\"", "\\\"place\\\"::INTEGER AS \\\"place\\\""),
    ("KV_METADATA {", "KV_METADATA {more: 'x', "), ("COMPRESSION 'SNAPPY'", "COMPRESSION 'ZSTD'"),
    ("WHERE", "ORDER BY random() LIMIT 4999 --"),
  ])
  func `is refused when anything but the rows that go differs`(
    from: String, to: String
  ) throws {
    let scratch = try Scratch()
    let parent = try many(scratch, ", KV_METADATA {kept: 'y'}")
    let real = try Parquet.engine.program()
    let script = """
      import os, subprocess, sys
      text = sys.stdin.read()
      if "row_number" in text:
          text = text.replace("\(from)", "\(to)", 1)
      sys.exit(subprocess.run(["\(real)"] + sys.argv[1:], input=text.encode(), close_fds=False).returncode)
      """
    let program = try scratch.put(script, "other.py")
    let fake = try FakeEngine(scratch, "exec python3 \(program) \"$@\"")
    let reader = try ReleaseReader(
      registering: Shard.list([scratch("many.parquet")]), identity: ["URL"],
      content: ["URL", "place"], engine: fake.engine)
    let error = #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: parent.keys(["u1"])), catalog: parent.catalog,
        root: parent.summary.root.root, from: IndexFile(path: scratch("index")),
        to: scratch("out"), index: nil)
    }
    guard case .engine("many.parquet", _) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    #expect(try Directory.names(in: scratch("out")).isEmpty)
  }

  /// Rows leave, and some of them come back from the files that they left.
  @Test(arguments: [
    ([0, 1, 2], [1]), ([4999], [4999]), ([0], [0]), (Array(0..<5000), [0, 2048, 4999]),
    (Array(stride(from: 3, to: 5000, by: 7)), Array(stride(from: 3, to: 5000, by: 21))),
  ])
  func `gets rows back where they were`(gone: [Int], back: [Int]) throws {
    let scratch = try Scratch()
    let parent = try many(scratch)
    let cleaned = try parent.reader.clean(
      Cleaning(removing: parent.keys(gone.map { "u\($0)" })), catalog: parent.catalog,
      root: parent.summary.root.root, from: IndexFile(path: scratch("index")),
      to: scratch("out"), index: scratch("index2"))
    let reader = try Parquet.release([scratch("out/many.parquet")], content: ["URL", "place"])
    let catalog = ReleaseCatalog(
      release: "a@2", shards: reader.shards, facts: cleaned.cleaned.shards,
      reading: reader.reading, carried: cleaned.cleaned.carried)
    let keys = parent.keys(back.map { "u\($0)" })
    let others = EntrySet(parent.keys(gone.map { "u\($0)" }))
    let index = try IndexFile(path: scratch("index"))
    let entries = try index.entries(0..<index.source.count).filter { keys.contains($0.key) }
    #expect(entries.count == keys.count)
    let rows = try parent.reader.placedRows(
      of: keys, passing: others.members.filter { !keys.contains($0) }, catalog: parent.catalog)
    let restored = try reader.clean(
      Cleaning(removing: [], adding: entries, [ReturningRows(rows, others: [])]), catalog: catalog,
      root: cleaned.cleaned.root.root, from: IndexFile(path: scratch("index2")),
      to: scratch("again"), index: nil)
    #expect(restored.returnedRows == back.count)
    let without = Set(gone).subtracting(back)
    let before = try Parquet.lines(scratch("many.parquet"))
    #expect(
      try Parquet.lines(scratch("again/many.parquet"))
        == before.enumerated().filter { !without.contains($0.offset) }.map(\.element))
  }

  @Test func `leaves nothing where the disk is full or the caller stops`() throws {
    let scratch = try Scratch()
    let parent = try many(scratch)
    let calls = Calls()
    var stopped = 0
    for turn in 1..<12 {
      let work = Work(workers: 2, isCancelled: { calls.next() % 16 == turn })
      do {
        _ = try parent.clean(["u7"], to: "out\(turn)", work: work)
      } catch DatasetFailure.cancelled {
        stopped += 1
        #expect(try Directory.names(in: scratch("out\(turn)")).isEmpty)
      }
    }
    #expect(stopped > 0)
  }
}
