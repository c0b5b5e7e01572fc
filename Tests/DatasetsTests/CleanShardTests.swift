import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import Synchronization
import Testing

@testable import Datasets

@Suite struct `The files of a cleaned release` {
  /// A release of some shards of its own rows each.
  struct Parent {
    let scratch: Scratch
    let reader: ReleaseReader
    let catalog: ReleaseCatalog
    let index: IndexFile

    /// Rows `20 n ..< 20 n + 20` of the table in the n-th of the named files.
    init(_ names: [String]) throws {
      scratch = try Scratch()
      try Directory.make(scratch("a"))
      var paths: [String] = []
      for (place, name) in names.enumerated() {
        var text = name.contains("csv") ? "URL,TEXT\n" : ""
        for row in Table.rows(20 * place + 20).suffix(20) {
          text +=
            name.contains("csv")
            ? "\(row.url),\"\(row.text.replacing("\"", with: "\"\""))\"\n"
            : "{\"URL\":\"\(row.url)\",\"TEXT\":\"t\"}\n"
        }
        let bytes = Array(text.utf8)
        paths.append(try scratch.put(bytes.packed(as: name), "a/" + name))
      }
      reader = try release(paths)
      let summary = try reader.index(to: scratch("a.index"), work: smallWork())
      catalog = ReleaseCatalog(release: "laion@1", shards: reader.shards, facts: summary.shards)
      index = try IndexFile(path: scratch("a.index"))
    }

    func clean(_ rows: [Int], to directory: String = "b", _ work: Work = smallWork()) throws
      -> CleanResult
    {
      let all = Table.rows((rows.max() ?? 0) + 1)
      let keys = Set(rows.map { Table.key(all[$0].url) }).sorted()
      return try reader.clean(
        Cleaning(removing: keys), catalog: catalog, root: index.root, from: index,
        to: scratch(directory), index: scratch(directory + ".index"), rebuilding: true, work: work)
    }

    func bytes(_ name: String) throws -> [UInt8] {
      try OpenFile.readAll(scratch(name), maxBytes: 1 << 24)
    }

    func content(_ name: String) throws -> [UInt8] { try CleanTests.content(scratch(name)) }
  }

  private typealias CleanTests = `Cleaning a release`

  @Test(arguments: ["csv", "csv.gz", "csv.zst", "jsonl", "jsonl.gz", "jsonl.zst"], [64, 1 << 20])
  func `are copies, but for shards that lost rows`(ending: String, chunk: Int) throws {
    let names = (0..<4).map { "\($0).\(ending)" }
    let parent = try Parent(names)
    // The first row of one shard and the last of another, after many chunks without a change.
    let result = try parent.clean([20, 79], smallWork(chunk: chunk))
    #expect(result.removedRows == 2 && result.cleaned.shards.map(\.rows) == [20, 19, 20, 19])
    for (place, name) in names.enumerated() {
      let isSame = try parent.bytes("a/" + name) == parent.bytes("b/" + name)
      #expect(isSame == place.isMultiple(of: 2))
      var lines = try parent.content("a/" + name).split(separator: 0x0a).count
      lines -= try parent.content("b/" + name).split(separator: 0x0a).count
      #expect((lines == 0) == place.isMultiple(of: 2))
      // A copy is a file of its own.
      let links = try FileManager.default.attributesOfItem(atPath: parent.scratch("b/" + name))
      #expect(links[.referenceCount] as? Int == 1)
    }
    #expect(try parent.scratch.names() == ["a", "a.index", "b", "b.index"])
  }

  /// The parent's file is written over, with bytes of its own that say otherwise, at each moment.
  @Test(arguments: ["csv", "csv.gz", "csv.zst"])
  func `never hold what a shard became meanwhile`(ending: String) throws {
    let names = (0..<3).map { "\($0).\(ending)" }
    var refusals = 0
    var moment = 1
    while true {
      let parent = try Parent(names)
      let path = parent.scratch("a/1.\(ending)")
      let honest = try parent.bytes("a/1.\(ending)")
      let text = try parent.content("a/1.\(ending)").map { $0 == UInt8(ascii: "i") ? 0x6a : $0 }
      let forged = text.packed(as: ending.contains(".") ? ending : "")
      let calls = Calls()
      let wanted = moment
      let isDone = Mutex(false)
      var work = Work(
        workers: 2,
        isCancelled: {
          if calls.next() == wanted {
            let file = FileHandle(forWritingAtPath: path)
            file?.truncateFile(atOffset: 0)
            file?.write(Data(forged))
            isDone.withLock { $0 = true }
          }
          return false
        })
      work.chunkSize = 300
      do {
        let result = try parent.clean([39, 41], work)
        #expect(result.cleaned.shards.map(\.rows) == [20, 19, 19])
        let kept = try parent.content("b/1.\(ending)")
        let original = try parent.scratch.put(honest, "a/1.\(ending)")
        let before = try CleanTests.content(original)
        #expect(before.starts(with: kept))
      } catch {
        refusals += 1
        #expect(try Directory.names(in: parent.scratch("b")).isEmpty, "moment \(moment)")
        #expect(!Directory.holds(parent.scratch("b.index")))
      }
      guard isDone.withLock({ $0 }) else { break }
      moment += 1
    }
    #expect(refusals > 3 && moment > refusals, "\(refusals) of \(moment)")
  }

  @Test func `need an index that gives the published root`() throws {
    let parent = try Parent(["0.csv"])
    let other = try Parent(["0.csv", "1.csv"])
    #expect(throws: DatasetFailure.self) {
      try parent.reader.clean(
        Cleaning(removing: []), catalog: parent.catalog, root: parent.index.root,
        from: other.index, to: parent.scratch("b"), index: nil)
    }
    // One bit in each part of a record, and in the value of the last one.
    let whole = try parent.bytes("a.index")
    for place in [192, 192 + 31, 192 + 39, 192 + 40, 192 + 71, 192 + 18 * 72 + 71] {
      var bytes = whole
      bytes[place] ^= 1
      let index = try IndexFile(path: parent.scratch.put(bytes, "bad.index"))
      do {
        _ = try parent.reader.clean(
          Cleaning(removing: []), catalog: parent.catalog, root: index.root, from: index,
          to: parent.scratch("b"), index: parent.scratch("b.index"))
        Issue.record("a bit at \(place) was not seen")
      } catch {
        #expect("\(error)".contains("do not give its root"))
      }
      #expect(try Directory.names(in: parent.scratch("b")).isEmpty)
    }
  }

  // A process that may have 48 files open, and twice as many shards.
  @Test(arguments: [0, 1, 2000])
  func `may be more than can be open at once`(rows: Int) async {
    await #expect(processExitsWith: .success) { [rows = rows as Int] in
      let names = (0..<100).map { "\($0).csv\(["", ".gz", ".zst"][$0 % 3])" }
      let parent = try Parent(names)
      var limit = rlimit(rlim_cur: 48, rlim_max: 48)
      unsafe setrlimit(__rlimit_resource_t(7), &limit)
      let result = try parent.clean(Array(0..<rows))
      guard result.cleaned.rows == UInt64(2000 - rows),
        try Directory.names(in: parent.scratch("b")).count == 100,
        try parent.scratch.names() == ["a", "a.index", "b", "b.index"]
      else { exit(1) }
      // The last shard is another: nothing is left of the others.
      try parent.scratch.put(Table.csv(21), "a/99.csv")
      do {
        _ = try parent.clean(Array(0..<rows), to: "c")
        exit(2)
      } catch {}
      guard try Directory.names(in: parent.scratch("c")).isEmpty else { exit(3) }
      exit(0)
    }
  }
}
