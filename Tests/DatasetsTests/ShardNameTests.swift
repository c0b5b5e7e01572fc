import Files
import Foundation
import LedgerCrypto
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `The names of a release's files` {
  /// `Tests/Vectors/shard-names.json`, which the second verifier is held to as well.
  private struct Vectors: Decodable {
    let good: [String]
    let bad: [String]
  }

  private static let vectors: Vectors =
    (try? JSONDecoder().decode(Vectors.self, from: Data(PackageFolder.vectors("shard-names.json"))))
    ?? Vectors(good: [], bad: [])

  @Test func `are read from vectors`() {
    #expect(Self.vectors.good.count > 10 && Self.vectors.bad.count > 20)
  }

  @Test(arguments: [
    ("/d/a.csv", "a.csv"), ("/d/a.csv /d/b.csv", "a.csv b.csv"),
    ("/d/train/a.csv /d/test/a.csv", "train/a.csv test/a.csv"),
    ("/d/a.csv /d/x/a.csv", "a.csv x/a.csv"), ("/x/d/e/a.csv /x/d/e/f/g/b.csv", "a.csv f/g/b.csv"),
    ("/a/b.csv /c/d.csv", "a/b.csv c/d.csv"), ("/b.csv /c/b.csv", "b.csv c/b.csv"),
    ("/d/ab/a.csv /d/abc/a.csv", "ab/a.csv abc/a.csv"),
    ("/d/a/a/a.csv /d/a/a.csv", "a/a.csv a.csv"),
  ])
  func `are their paths below the deepest folder of all`(paths: String, names: String) throws {
    let paths = paths.split(separator: " ").map(String.init)
    #expect(try ShardName.names(of: paths) == names.split(separator: " ").map(String.init))
    // In whatever order, and wherever that folder lies.
    let moved = paths.reversed().map { "/mnt/new" + $0 }
    #expect(
      try ShardName.names(of: moved) == names.split(separator: " ").reversed().map(String.init))
  }

  @Test func `stand once each`() {
    for paths in [["/d/a.csv", "/d/a.csv"], ["/d/x/a.csv", "/d/b.csv", "/d/x/a.csv"]] {
      #expect(throws: DatasetFailure.self) { try ShardName.names(of: paths) }
    }
  }

  @Test(arguments: ["/d/a\n.csv", "/d/a\u{1b}.csv", "/d/\u{7f}/a.csv", "/d/\t.csv"])
  func `have no control characters`(path: String) {
    #expect(throws: DatasetFailure.self) { try ShardName.names(of: ["/d/b.csv", path]) }
  }

  @Test(arguments: vectors.bad)
  func `never lead out of a folder`(name: String) {
    #expect(!ShardName.isValid(name))
    for bytes in [
      ShardManifest(shards: [ShardFacts(name: name, size: 1, sha256: .zero, rows: 1)]).bytes,
      // Next to a good one.
      ShardManifest(
        shards: ["a.csv", name].map { ShardFacts(name: $0, size: 1, sha256: .zero, rows: 1) }
      ).bytes,
    ] {
      #expect(throws: DatasetFailure.self) { try ShardManifest(parsing: bytes, path: "m") }
    }
    let catalog = ReleaseCatalog(
      release: "x@1",
      entries: [
        .init(
          facts: ShardFacts(name: name, size: 1, sha256: .zero, rows: 1), path: "/d/" + name)
      ])
    #expect(throws: DatasetFailure.self) { try ReleaseCatalog(parsing: catalog.bytes, path: "c") }
  }

  @Test(arguments: vectors.good)
  func `may be any that a file system has`(name: String) throws {
    #expect(ShardName.isValid(name))
    let facts = ShardFacts(name: name, size: 1, sha256: .zero, rows: 1)
    let manifest = ShardManifest(shards: [facts])
    #expect(try ShardManifest(parsing: manifest.bytes, path: "m") == manifest)
    let catalog = ReleaseCatalog(
      release: "x@1", entries: [.init(facts: facts, path: "/d/e/" + name)])
    #expect(try ReleaseCatalog(parsing: catalog.bytes, path: "c") == catalog)
    #expect(catalog.entries[0].folder == "/d/e")
  }

  @Test func `end the paths of their files, part by part`() {
    for path in ["/d/x/a.csv", "x/a.csv"] { #expect(ShardName.isName("x/a.csv", of: path)) }
    for path in ["/d/xx/a.csv", "/x/b/a.csv", "a.csv", "/d/x/a.csv/", "/d/x/A.csv", "", "x"] {
      #expect(!ShardName.isName("x/a.csv", of: path))
      let entry = ReleaseCatalog.Entry(
        facts: ShardFacts(name: "x/a.csv", size: 1, sha256: .zero, rows: 1), path: path)
      let bytes = ReleaseCatalog(release: "x@1", entries: [entry]).bytes
      #expect(throws: DatasetFailure.self) { try ReleaseCatalog(parsing: bytes, path: "c") }
    }
  }
}

@Suite struct `Files that someone names` {
  func tree() throws -> Scratch {
    let scratch = try Scratch()
    for path in [
      "data/b.csv", "data/a.jsonl.gz", "data/b/a.CSV", "data/b-c.csv.zst", "data/README.md",
      "data/.git/x.csv", "data/.x.csv", "data/b/_SUCCESS", "other/c.csv", "none/README.md",
    ] {
      try Directory.make(Directory.parent(of: scratch(path)))
      try scratch.put("URL\n", path)
    }
    try Directory.make(scratch("empty"))
    #expect(unsafe symlink("..", scratch("data/up")) == 0)
    #expect(unsafe symlink("../other/c.csv", scratch("data/link.csv")) == 0)
    #expect(unsafe symlink("data", scratch("to-data")) == 0)
    return scratch
  }

  func found(_ names: [String], _ scratch: Scratch) throws -> ([String], [String]) {
    let files = try NamedFiles(names.map(scratch.callAsFunction))
    let short = { (path: String) in String(path.dropFirst(scratch.path.count + 1)) }
    return (files.paths.map(short), files.passedOver.map(short))
  }

  static let all = ["a.jsonl.gz", "b-c.csv.zst", "b.csv", "b/a.CSV", "link.csv"].map {
    "data/" + $0
  }

  @Test func `are those below a directory whose names say a format, by the bytes of their paths`()
    throws
  {
    let scratch = try tree()
    let (paths, passed) = try found(["data"], scratch)
    #expect(paths == Self.all && passed == ["data/README.md", "data/b/_SUCCESS"])
    // A directory is named by a link or with a slash, too.
    #expect(try found(["to-data"], scratch).0.count == 5)
    #expect(try found(["data/"], scratch).0 == Self.all)
  }

  @Test func `keep the order in which they are named`() throws {
    let scratch = try tree()
    let (paths, passed) = try found(["other", "data/b.csv", "data/b", "absent.csv"], scratch)
    #expect(paths == ["other/c.csv", "data/b.csv", "data/b/a.CSV", "absent.csv"])
    #expect(passed == ["data/b/_SUCCESS"])
  }

  @Test func `are found by patterns, in directories that these stand for, too`() throws {
    let scratch = try tree()
    #expect(
      try found(["data/*.csv*"], scratch).0 == ["data/b-c.csv.zst", "data/b.csv", "data/link.csv"])
    #expect(try found(["data/**"], scratch).0 == Self.all)
    #expect(try found(["**/b"], scratch).0 == ["data/b/a.CSV"])
    #expect(try found(["data/*"], scratch).1 == ["data/README.md", "data/b/_SUCCESS"])
  }

  @Test func `are none of those that a ledger keeps`() throws {
    let scratch = try tree()
    try Directory.make(scratch("data/demo/catalog"))
    try scratch.put("", "data/demo/ledger.db")
    try scratch.put("{}", "data/demo/catalog/d@1.json")
    #expect(try found(["data"], scratch).0 == Self.all)
    #expect(throws: DatasetFailure.self) { try found(["data/demo"], scratch) }
    // One that is named is meant.
    #expect(try found(["data/demo/catalog/d@1.json"], scratch).0.count == 1)
  }

  @Test func `are a file of that name before they are a pattern`() throws {
    let scratch = try tree()
    try scratch.put("URL\n", "data/[b].csv")
    #expect(try found(["data/[b].csv"], scratch).0 == ["data/[b].csv"])
  }

  @Test(arguments: ["none", "empty", "x*.csv", "data/*.parquetx", "empty/**", "none/*"])
  func `are at least one of each`(name: String) throws {
    let scratch = try tree()
    let failure = try #require(throws: DatasetFailure.self) { try found(["data", name], scratch) }
    #expect("\(failure)".contains("is found at \(scratch(name)),"))
  }
}

@Suite struct `A release of several folders` {
  func tree(_ scratch: Scratch, _ names: [String]) throws -> ReleaseReader {
    for (place, name) in names.enumerated() {
      try Directory.make(Directory.parent(of: scratch("a/" + name)))
      var text = "URL,TEXT\n"
      for row in 0..<20 { text += "https://\(place)/\(row),t\n" }
      try scratch.put(Array(text.utf8).packed(as: name), "a/" + name)
    }
    return try release(names.map { scratch("a/" + $0) })
  }

  static let names = [
    "train/part-0.csv", "test/part-0.csv.gz", "test/deep/part-0.csv.zst", "part-0.csv",
  ]

  func clean(
    _ reader: ReleaseReader, _ scratch: Scratch, removing urls: [String],
    _ work: Work = smallWork(chunk: 64)
  ) throws -> CleanResult {
    let summary = try reader.index(to: scratch("a.index"), work: smallWork())
    let catalog = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: summary.shards)
    return try reader.clean(
      Cleaning(removing: urls.map(Table.key).sorted()), catalog: catalog, root: summary.root.root,
      from: IndexFile(path: scratch("a.index")), to: scratch("b"), index: scratch("b.index"),
      rebuilding: true, work: work)
  }

  @Test func `is cleaned into the same folders`() throws {
    let scratch = try Scratch()
    let reader = try tree(scratch, Self.names)
    #expect(reader.shards.map(\.name) == Self.names)
    let result = try clean(
      reader, scratch, removing: ["https://1/0", "https://2/19", "https://3/7"])
    #expect(result.cleaned.shards.map(\.name) == Self.names)
    #expect(result.cleaned.shards.map(\.rows) == [20, 19, 19, 19])
    #expect(result.shards.map(\.path) == Self.names.map { scratch("b/" + $0) })
    let found = try Directory.files(below: scratch("b"))
    #expect(Set(found) == Set(result.shards.map(\.path)))
    #expect(try scratch.text("b/train/part-0.csv") == scratch.text("a/train/part-0.csv"))
    let again = try release(found).index(to: nil, scratch: scratch.path)
    #expect(again.root == result.cleaned.root)
  }

  /// Stopped at each moment at which it asks.
  @Test func `leaves no file or folder when it is stopped`() throws {
    var moment = 0
    while true {
      moment += 1
      let scratch = try Scratch()
      let reader = try tree(scratch, Self.names)
      let calls = Calls()
      let last = moment
      var work = Work(workers: 2, isCancelled: { calls.next() >= last })
      work.chunkSize = 200
      do {
        _ = try clean(reader, scratch, removing: ["https://0/3", "https://2/19"], work)
        break
      } catch {
        #expect(try Directory.names(in: scratch("b")).isEmpty, "moment \(moment)")
        #expect(try scratch.names() == ["a", "a.index", "b"])
      }
    }
    #expect(moment > 10)
  }

  @Test func `keeps what others put into its folders meanwhile, and folders that were there`()
    throws
  {
    let scratch = try Scratch()
    let reader = try tree(scratch, Self.names)
    try Directory.make(scratch("b/train"))
    try scratch.put("mine", "b/test")
    #expect(throws: DatasetFailure.self) { try clean(reader, scratch, removing: []) }
    #expect(try Directory.names(in: scratch("b")) == ["test", "train"])
    #expect(try scratch.text("b/test") == "mine")
    try Directory.remove(file: scratch("b/test"))
    try Directory.make(scratch("b/test"))
    try scratch.put("mine", "b/test/part-0.csv.gz")
    #expect(throws: DatasetFailure.self) { try clean(reader, scratch, removing: []) }
    #expect(try scratch.text("b/test/part-0.csv.gz") == "mine")
    #expect(try Directory.names(in: scratch("b/test")) == ["part-0.csv.gz"])
  }

  @Test func `refuses one file under two names when it is to be published`() throws {
    let scratch = try Scratch()
    _ = try tree(scratch, ["x/0.csv", "y/1.csv"])
    try Directory.link(scratch("a/x/0.csv"), to: scratch("a/y/0.csv"))
    #expect(unsafe symlink("../y/1.csv", scratch("a/x/1.csv")) == 0)
    for names in [["x/0.csv", "y/0.csv"], ["y/1.csv", "x/1.csv"]] {
      let reader = try release(names.map { scratch("a/" + $0) })
      let failure = try #require(throws: DatasetFailure.self) { try reader.requireDistinctFiles() }
      #expect("\(failure)".hasPrefix("\(names[0]) and \(names[1]) are one file under two names"))
    }
    try release(["x/0.csv", "y/1.csv"].map { scratch("a/" + $0) }).requireDistinctFiles()
  }
}
