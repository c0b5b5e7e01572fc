import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import Testing

@testable import Datasets

@Suite struct `Cleaning a release` {
  func setUp(_ scratch: Scratch, _ files: [(String, [UInt8])]) throws -> (
    ReleaseReader, ReleaseCatalog, Digest, IndexFile
  ) {
    try Directory.make(scratch("a"))
    let reader = try release(files.map { try scratch.put($0.1, "a/" + $0.0) })
    let summary = try reader.index(to: scratch("a.index"), work: smallWork())
    let catalog = ReleaseCatalog(release: "laion@1", shards: reader.shards, facts: summary.shards)
    return (reader, catalog, summary.root.root, try IndexFile(path: scratch("a.index")))
  }

  @Test(
    arguments: ["a.csv", "a.csv.gz", "a.csv.zst", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst"],
    [64, 4096])
  func `keeps the bytes of every row that stays`(name: String, chunk: Int) throws {
    let scratch = try Scratch()
    let isCSV = name.contains("csv")
    func bytes(_ keep: (Int) -> Bool) -> [UInt8] {
      var text = isCSV ? "\u{feff}URL,TEXT\r\n" : ""
      for (index, row) in Table.rows(120).enumerated() where keep(index) {
        text +=
          isCSV
          ? "\(row.url),\"\(row.text.replacing("\"", with: "\"\""))\"\(index % 3 == 0 ? "\r\n" : "\n")"
          : "{ \"URL\" :\"\(row.url)\",\"TEXT\":\"t\(index)\"}\(index % 3 == 0 ? "\r\n" : "\n")"
      }
      return Array(text.utf8)
    }
    let whole = bytes { _ in true }
    let (reader, catalog, root, parent) = try setUp(
      scratch, [(name, whole.packed(as: name))])
    // Rows 2 and 5 share a URL, and go together.
    let gone = [0, 2, 50, 119].map { Table.rows(120)[$0].url }
    let keys = (gone.map { self.key($0, of: reader) } + [Digest(sha256: "absent")]).sorted()
    let result = try reader.clean(
      Cleaning(removing: keys), catalog: catalog, root: root, from: parent, to: scratch("b"),
      index: scratch("b.index"),
      work: smallWork(chunk: chunk))
    #expect(result.removedKeys == 4 && result.removedRows == 5 && result.absentKeys == 1)
    let expected = bytes { ![0, 2, 5, 50, 119].contains($0) }
    #expect(try Self.content(scratch("b/" + name)) == expected)
    #expect(try Directory.names(in: scratch("b")) == [name])
    // The index that came of the parent's is that of the rows, byte for byte.
    let again = try release([scratch("b/" + name)]).index(to: scratch("again.index"))
    #expect(again == result.cleaned)
    #expect(try scratch.text("again.index") == scratch.text("b.index"))
    let rebuilt = try reader.clean(
      Cleaning(removing: keys), catalog: catalog, root: root, from: parent, to: scratch("c"),
      index: scratch("c.index"), rebuilding: true, work: smallWork(chunk: chunk))
    #expect(rebuilt.cleaned == result.cleaned)
    #expect(try scratch.text("c.index") == scratch.text("b.index"))
    let index = try IndexFile(path: scratch("b.index"))
    try index.verify()
    #expect(index.root == result.cleaned.root.root)
    #expect(try keys.allSatisfy { try index.entry(for: $0) == nil })
  }

  @Test func `leaves a file that may lack what no row is left of`() throws {
    let scratch = try Scratch()
    let text = "\u{feff}{\"URL\":\"a\",\"n\":\"x\"}\n{\"URL\":\"b\"}\n{\"URL\":\"c\",\"n\":null}\n"
    let (reader, catalog, root, parent) = try setUp(scratch, [("a.jsonl", [UInt8](text.utf8))])
    #expect(reader.reading == Reading())
    let result = try reader.clean(
      Cleaning(removing: ["a", "c"].map { key($0, of: reader) }.sorted()), catalog: catalog,
      root: root, from: parent, to: scratch("b"), index: nil)
    #expect(try scratch.text("b/a.jsonl") == "\u{feff}{\"URL\":\"b\"}\n")
    #expect(result.reading == Reading(missing: .only(["n"])))
    func again(_ reading: Reading) throws -> Digest {
      try ReleaseReader(
        shards: result.shards, identity: reader.identity, content: reader.content,
        reading: reading
      ).index(to: nil, scratch: scratch.path).root.root
    }
    #expect(try again(result.reading) == result.cleaned.root.root)
    #expect(throws: DatasetFailure.self) { try again(Reading()) }
  }

  func key(_ url: String, of reader: ReleaseReader) -> Digest {
    reader.parts[0].projection.hasher.key([.string(url)])
  }

  static func content(_ path: String) throws -> [UInt8] {
    let source = try ByteSource(path: path)
    var chunk = ByteSource.Chunk()
    var bytes: [UInt8] = []
    while try source.next(into: &chunk, boundary: { $0.count }) {
      bytes += chunk.storage[..<chunk.count]
    }
    return bytes
  }

  @Test func `of nothing gives equal files, and of everything empty ones`() throws {
    let scratch = try Scratch()
    let files = [
      ("a.csv", Table.csv(50)), ("b.jsonl", Table.jsonLines(30)),
      ("c.jsonl.gz", Table.jsonLines(10).gzipped),
      ("d.jsonl.zst", Table.jsonLines(10).packed(as: ".zst")),
    ]
    let (reader, catalog, root, parent) = try setUp(scratch, files)
    let same = try reader.clean(
      Cleaning(removing: []), catalog: catalog, root: root, from: parent, to: scratch("b"),
      index: nil, work: smallWork())
    #expect(same.cleaned.root.root == root)
    for (name, bytes) in files.prefix(2) {
      #expect(try OpenFile.readAll(scratch("b/" + name), maxBytes: 1 << 20) == bytes)
    }
    let keys = Set(Table.rows(50).map { Table.key($0.url) }).sorted()
    let none = try reader.clean(
      Cleaning(removing: keys), catalog: catalog, root: root, from: parent, to: scratch("c"),
      index: nil, work: smallWork())
    #expect(none.cleaned.rows == 0 && none.cleaned.root.top == SetHash.empty)
    #expect(try scratch.text("c/a.csv") == "URL,TEXT\n")
    #expect(try scratch.text("c/b.jsonl") == "")
    #expect(try Self.content(scratch("c/c.jsonl.gz")) == [])
    #expect(try Self.content(scratch("c/d.jsonl.zst")) == [])
  }

  @Test func `refuses files other than those catalogued, and leaves none`() throws {
    let scratch = try Scratch()
    let (reader, catalog, root, parent) = try setUp(scratch, [("a.csv", Table.csv(40))])
    let facts = catalog.entries[0].facts
    let others = [
      ShardFacts(name: "a.csv", size: facts.size + 1, sha256: facts.sha256, rows: facts.rows),
      ShardFacts(name: "a.csv", size: facts.size, sha256: .zero, rows: facts.rows),
      ShardFacts(name: "a.csv", size: facts.size, sha256: facts.sha256, rows: 41),
      ShardFacts(name: "b.csv", size: facts.size, sha256: facts.sha256, rows: facts.rows),
    ]
    for other in others {
      let bad = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: [other])
      #expect(throws: DatasetFailure.self) {
        try reader.clean(
          Cleaning(removing: []), catalog: bad, root: root, from: parent, to: scratch("b"),
          index: nil)
      }
    }
    #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: []), catalog: catalog, root: .zero, from: parent, to: scratch("b"),
        index: nil)
    }
    let short = ReleaseCatalog(release: "x@1", entries: [])
    #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: []), catalog: short, root: root, from: parent, to: scratch("b"),
        index: nil)
    }
    #expect(try Directory.names(in: scratch("b")).isEmpty)
    // The same file with one byte changed.
    var bytes = Table.csv(40)
    bytes[bytes.count - 2] ^= 1
    let changed = try release([scratch.put(bytes, "a/a.csv")])
    #expect(throws: DatasetFailure.self) {
      try changed.clean(
        Cleaning(removing: []), catalog: catalog, root: root, from: parent, to: scratch("b"),
        index: nil)
    }
    #expect(try Directory.names(in: scratch("b")).isEmpty)
  }

  @Test func `never writes over files`() throws {
    let scratch = try Scratch()
    let (reader, catalog, root, parent) = try setUp(scratch, [("a.csv", Table.csv(40))])
    #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: []), catalog: catalog, root: root, from: parent, to: scratch("a"),
        index: nil)
    }
    #expect(try OpenFile.readAll(scratch("a/a.csv"), maxBytes: 1 << 20) == Table.csv(40))
  }

  @Test(arguments: [0, 3, 9, 12, 15]) func `interrupted leaves no file`(stop: Int) throws {
    let scratch = try Scratch()
    let (reader, catalog, root, parent) = try setUp(
      scratch, [("a.csv", Table.csv(200)), ("b.csv.gz", Table.csv(200).gzipped)])
    let calls = Calls()
    var work = Work(workers: 2, isCancelled: { calls.next() > stop })
    work.chunkSize = 2048
    #expect(throws: DatasetFailure.self) {
      try reader.clean(
        Cleaning(removing: []), catalog: catalog, root: root, from: parent, to: scratch("b"),
        index: scratch("i"),
        work: work)
    }
    #expect(try Directory.names(in: scratch("b")).isEmpty)
    #expect(try scratch.names() == ["a", "a.index", "b"])
  }

  // The size limit of a process ends a write part-way, as a full disk does.
  @Test func `that runs out of room leaves no file`() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let scratch = try Scratch()
      try Directory.make(scratch("a"))
      let reader = try release([try scratch.put(Table.csv(3000), "a/a.csv")])
      let summary = try reader.index(to: scratch("a.index"))
      let parent = try IndexFile(path: scratch("a.index"))
      let catalog = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: summary.shards)
      var limit = rlimit(rlim_cur: 60_000, rlim_max: 60_000)
      unsafe setrlimit(__rlimit_resource_t(1), &limit)
      var sentence = ""
      do {
        _ = try reader.clean(
          Cleaning(removing: []), catalog: catalog, root: summary.root.root, from: parent,
          to: scratch("b"),
          index: scratch("i"))
      } catch {
        sentence = "\(error)"
      }
      let left = try Directory.names(in: scratch("b"))
      guard sentence.contains("size limit"), left.isEmpty,
        try scratch.names() == ["a", "a.index", "b"]
      else {
        exit(1)
      }
      exit(0)
    }
  }

  @Test func `replaces only files that an unfinished run recorded`() throws {
    let scratch = try Scratch()
    let (reader, catalog, root, parent) = try setUp(
      scratch, [("a.csv", Table.csv(30)), ("b.jsonl", Table.jsonLines(30))])
    let keys = [key(Table.rows(1)[0].url, of: reader)]
    let record = scratch("r.unfinished")
    func clean(_ keys: [Digest], _ release: String = "laion@2") throws -> CleanResult {
      try reader.clean(
        Cleaning(removing: keys), catalog: catalog, root: root, from: parent, to: scratch("b"),
        index: nil,
        unfinished: try UnfinishedFiles(of: release, at: record), work: smallWork())
    }
    let first = try clean(keys)
    #expect(Directory.holds(record))
    // Neither rows nor keys stand in the record.
    let text = try scratch.text("r.unfinished")
    #expect(text.contains(#""rows":0"#) && !text.contains(#""rows":2"#))
    // Other keys, as when more was decided since.
    let second = try clean([])
    #expect(second.cleaned.rows == first.cleaned.rows + first.removedRows)
    // Not ours: the record of another release, a changed byte, a missing record.
    #expect(throws: DatasetFailure.self) { try clean([], "laion@3") }
    let bytes = try OpenFile.readAll(scratch("b/a.csv"), maxBytes: 1 << 20)
    var changed = bytes
    changed[changed.count - 2] ^= 1
    _ = try scratch.put(changed, "b/a.csv")
    #expect(throws: DatasetFailure.self) { try clean([]) }
    #expect(try OpenFile.readAll(scratch("b/a.csv"), maxBytes: 1 << 20) == changed)
    _ = try scratch.put(bytes, "b/a.csv")
    _ = try clean([])
    try UnfinishedFiles(of: "laion@2", at: record).end()
    #expect(!Directory.holds(record))
    #expect(throws: DatasetFailure.self) { try clean([]) }
    #expect(try Directory.names(in: scratch("b")) == ["a.csv", "b.jsonl"])
    _ = try scratch.put("{}", "r.unfinished")
    #expect(throws: DatasetFailure.self) { try UnfinishedFiles(of: "laion@2", at: record) }
  }
}
