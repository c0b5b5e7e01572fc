import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Several shards read at once` {
  /// Shards of very different sizes and forms, `Table.rows(count)` cut into them.
  private static func shards(_ count: Int, in scratch: Scratch) throws -> [String] {
    let names = ["a.csv", "b.jsonl.gz", "c.csv.gz", "d.csv.zst", "e.jsonl", "f.csv", "g.csv"]
    let ends = [3, 40, 41, 41, count / 2, count / 2 + 1, count]
    var start = 0
    return try zip(names, ends).map { name, end in
      var text = name.contains("csv") ? "TEXT,URL\n" : ""
      for row in Table.rows(count)[start..<end] {
        let quoted = row.text.replacing("\"", with: "\"\"")
        let escaped = row.text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        text +=
          name.contains("csv")
          ? "\"\(quoted)\",\(row.url)\n" : "{\"URL\":\"\(row.url)\",\"TEXT\":\"\(escaped)\"}\n"
      }
      start = end
      return try scratch.put(Array(text.utf8).packed(as: name), name)
    }
  }

  /// Rows of which those of the numbers `bad`, counted from 1, have one cell too few.
  private static func csv(_ rows: Int, bad: Int...) -> String {
    (1...rows).reduce(into: "URL,TEXT\n") { text, row in
      text += bad.contains(row) ? "one\n" : "u\(row),t\n"
    }
  }

  private static func isCancelled(_ failure: DatasetFailure?) -> Bool {
    if case .cancelled? = failure { true } else { false }
  }

  private func failure(_ paths: [String], _ work: Work) throws -> DatasetFailure? {
    failure(try release(paths), work)
  }

  private func failure(_ reader: ReleaseReader, _ work: Work) -> DatasetFailure? {
    do throws(DatasetFailure) {
      _ = try reader.index(to: nil, scratch: NSTemporaryDirectory(), work: work)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: 1...5, [64, 700, 1 << 20])
  func `give one root, their facts and carried names`(workers: Int, chunk: Int) throws {
    let scratch = try Scratch()
    let paths = try Self.shards(300, in: scratch)
    let calls = Calls()
    var work = Work(workers: workers, progress: { calls.note($0) })
    work.chunkSize = chunk
    let summary = try release(paths).index(to: scratch("index"), work: work)
    #expect(try summary.root.root == Table.root(300))
    #expect(summary.shards.map(\.name) == paths.map { Directory.name(of: $0) })
    #expect(summary.shards.map(\.rows) == [3, 37, 1, 0, 109, 1, 149])
    for (facts, path) in zip(summary.shards, paths) {
      let bytes = try OpenFile.readAll(path, maxBytes: 1 << 20)
      #expect(facts.size == bytes.count && facts.sha256 == Digest(sha256: bytes))
    }
    #expect(calls.last?.bytes == calls.last?.totalBytes && calls.last?.rows == 300)
    #expect(!calls.hasFallen)
    let carrying = try release(paths, content: ["URL"]).index(to: scratch("index"), work: work)
    #expect(carrying.carried == ["TEXT"])
  }

  @Test(arguments: 1...5)
  func `fail with the bad row that comes first in the release, whichever is met first`(
    workers: Int
  ) throws {
    let scratch = try Scratch()
    let paths = [
      try scratch.put(Self.csv(300), "a.csv"), try scratch.put(Self.csv(300, bad: 299), "b.csv"),
      try scratch.put(Self.csv(300, bad: 1), "c.csv"),
      try scratch.put(Array(Self.csv(900, bad: 2).utf8).gzipped, "d.csv.gz"),
      try scratch.put(Self.csv(2, bad: 2), "e.csv"),
    ]
    for _ in 0..<10 {
      let work = smallWork(workers, chunk: 100)
      guard case .row("b.csv", let error) = try failure(paths, work) else {
        Issue.record("another failure, with \(workers) workers")
        return
      }
      #expect(error.row == 299 && error.reason == .ragged(expected: 2))
    }
  }

  @Test(arguments: 1...4)
  func `fail with what comes first in a shard, be it a row or the file`(workers: Int) throws {
    let scratch = try Scratch()
    // Beyond what is read for the columns alone.
    let long = String(repeating: "long ", count: 60)
    func cut(_ bad: Int) -> [UInt8] {
      let text = (1...5_000).reduce(into: "URL,TEXT\n") { text, row in
        text += row == bad ? "one\n" : "u\(row),\(long)\n"
      }
      return Array(Array(text.utf8).gzipped.dropLast(9))
    }
    let late = try scratch.put(cut(4_999), "late.csv.gz")
    let early = try scratch.put(cut(1), "early.csv.gz")
    let sound = try scratch.put(Self.csv(300), "sound.csv")
    let bad = try scratch.put(Self.csv(300, bad: 300), "bad.csv")
    let work = smallWork(workers, chunk: 1 << 16)
    for (paths, name) in [([sound, early, bad], "early.csv.gz"), ([bad, late, early], "bad.csv")] {
      guard case .row(name, _) = try failure(paths, work) else {
        Issue.record("\(name) has the first bad row")
        return
      }
    }
    let file = try scratch.put(cut(0), "cut.csv.gz")
    guard case .file(let error) = try failure([sound, file, bad], work) else {
      Issue.record("the file is cut before another's bad row")
      return
    }
    #expect(error.description.contains("cut.csv.gz"))
  }

  @Test(arguments: 1...4)
  func `fail where one of them has changed, or is gone`(workers: Int) throws {
    for isGone in [false, true] {
      let scratch = try Scratch()
      let paths = try ["a", "b", "c", "d"].map { try scratch.put(Table.csv(100), $0 + ".csv") }
      let reader = try release(paths)
      try FileManager.default.removeItem(atPath: paths[2])
      if !isGone { try scratch.put(Table.csv(101), "c.csv") }
      guard case .file(let error)? = failure(reader, smallWork(workers)) else {
        Issue.record("a file that changed was taken")
        return
      }
      #expect(error.description.contains("c.csv"))
    }
  }

  @Test(arguments: 1...4)
  func `stop when asked, and leave nothing`(workers: Int) throws {
    let scratch = try Scratch()
    let paths = try Self.shards(300, in: scratch)
    let before = try scratch.names()
    for stop in [0, 1, 2, 3, 5, 8, 13, 21] {
      let count = Calls()
      var work = Work(workers: workers, isCancelled: { count.next() > stop })
      work.chunkSize = 700
      #expect(try Self.isCancelled(failure(paths, work)), "\(stop)")
      #expect(try scratch.names() == before)
    }
  }

  @Test func `say that they were stopped, not what failed then`() throws {
    let scratch = try Scratch()
    let paths = [
      try scratch.put(Self.csv(3_000), "a.csv"), try scratch.put(Self.csv(10, bad: 1), "b.csv"),
    ]
    let count = Calls()
    var work = Work(workers: 2, isCancelled: { count.next() > 20 })
    work.chunkSize = 100
    #expect(try Self.isCancelled(failure(paths, work)))
  }

  @Test(arguments: 2...5)
  func `are cleaned, searched and chosen from as one after another`(workers: Int) throws {
    let scratch = try Scratch()
    let reader = try release(try Self.shards(300, in: scratch))
    let summary = try reader.index(to: scratch("index"), work: smallWork())
    let catalog = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: summary.shards)
    let keys = Set(Table.rows(300).enumerated().filter { $0.offset % 7 < 2 }.map(\.element.url))
      .map(Table.key).sorted()
    func found(_ workers: Int, _ chunk: Int) throws -> [[UInt8]] {
      let work = smallWork(workers, chunk: chunk)
      let directory = scratch("clean \(workers) \(chunk)")
      let result = try reader.clean(
        Cleaning(removing: keys), catalog: catalog, root: summary.root.root,
        from: IndexFile(path: scratch("index")), to: directory, index: directory + ".index",
        rebuilding: true, work: work)
      let placed = try reader.placedRows(of: keys, passing: [], catalog: catalog, work: work)
      let chosen = try reader.choose([.prefix(column: nil, "https://img")], work: work).chosen
      var bytes = try result.shards.map { shard -> [UInt8] in
        let source = try ByteSource(path: shard.path, chunkSize: 1 << 20)
        var chunk = ByteSource.Chunk()
        guard try source.next(into: &chunk, boundary: { $0.count }) else { return [] }
        return Array(chunk.storage[..<chunk.count])
      }
      bytes += placed.map { Array("\($0.shard.name) \($0.after) ".utf8) + $0.bytes }
      bytes += chosen.map { $0.key.bytes + $0.digest.bytes }
      return bytes + [result.cleaned.root.root.bytes]
    }
    #expect(try found(workers, 100) == found(1, 1 << 20))
  }
}
