import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import Synchronization
import Testing

@testable import Datasets

/// What somebody else does with the files while they are read.
@Suite struct `A shard that is written while it is read` {
  /// What is done to the shard in the middle.
  enum Change: CaseIterable {
    /// Other text of the same size.
    case edited
    case cut, emptied, grown, gone
    /// Another file under its name.
    case replaced
  }

  private static func apply(_ change: Change, to path: String, _ text: [UInt8]) {
    let forged = text.map { $0 == UInt8(ascii: "i") ? UInt8(ascii: "j") : $0 }
      .packed(as: path)
    let file = FileHandle(forUpdatingAtPath: path)
    switch change {
    case .edited: file?.write(Data(forged))
    case .cut: file?.truncateFile(atOffset: 700)
    case .emptied: file?.truncateFile(atOffset: 0)
    case .grown:
      file?.seekToEndOfFile()
      file?.write(Data(Array("https://later.example/,x\n".utf8).packed(as: path)))
    case .gone: _ = try? Directory.remove(file: path)
    case .replaced: try? AtomicFile.write(forged, to: path)
    }
  }

  @Test(arguments: ["csv", "csv.gz", "csv.zst"], Change.allCases)
  func `gives the root of what it was, or none`(ending: String, change: Change) throws {
    var refusals = 0
    var moment = 1
    while true {
      let scratch = try Scratch()
      var paths: [String] = []
      let text = Table.csv(120)
      for name in ["0", "1", "2"].map({ "\($0).\(ending)" }) {
        paths.append(try scratch.put(text.packed(as: name), name))
        // Written long ago: times of files move in ticks.
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: scratch(name))
      }
      let reader = try release(paths)
      let calls = Calls()
      let (wanted, path) = (moment, paths[1])
      let isDone = Mutex(false)
      var work = Work(
        workers: 2,
        isCancelled: {
          if calls.next() == wanted {
            Self.apply(change, to: path, text)
            isDone.withLock { $0 = true }
          }
          return false
        })
      work.chunkSize = 900
      do {
        let summary = try reader.index(to: scratch("index"), work: work)
        #expect(
          summary.rows == 360 && summary.shards[1].sha256 == Digest(sha256: text.packed(as: path)))
        #expect(summary.shards[1].sha256 == summary.shards[2].sha256)
      } catch {
        refusals += 1
        #expect("\(error)".contains("1.\(ending)"), "moment \(moment): \(error)")
        #expect(!"\(error)".contains("example"), "\(error)")
        #expect(try scratch.names().allSatisfy { $0.contains("csv") })
      }
      guard isDone.withLock({ $0 }) else { break }
      moment += 1
    }
    // Small shards are read ahead, so that some changes come too late.
    #expect(moment > refusals && refusals > 0, "\(refusals) of \(moment)")
  }
}

/// The size limit of a process ends a write part-way, as a full disk does.
@Suite struct `A disk that fills up` {
  static func limit(_ bytes: UInt) {
    var limit = rlimit(rlim_cur: bytes, rlim_max: UInt.max)
    unsafe setrlimit(__rlimit_resource_t(1), &limit)
  }

  /// With next to no memory, so that keys and digests go to disk and are merged from there.
  @Test func `while an index is sorted or written leaves nothing`() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let scratch = try Scratch()
      let path = try scratch.put(Table.csv(4000), "a.csv")
      let reader = try release([path])
      var work = smallWork(2, chunk: 4096)
      work.memory = 1
      var refusals = 0
      for size in stride(from: UInt(0), through: 400_000, by: 12_500) {
        Self.limit(size)
        do {
          let summary = try reader.index(to: scratch("index"), work: work)
          Self.limit(UInt.max)
          guard summary.rows == 4000 else { exit(1) }
          try IndexFile(path: scratch("index")).verify()
          try Directory.remove(file: scratch("index"))
          exit(refusals > 5 ? 0 : 2)
        } catch {
          Self.limit(UInt.max)
          refusals += 1
          guard "\(error)".contains("size limit"), try scratch.names() == ["a.csv"] else { exit(3) }
        }
      }
      exit(4)
    }
  }

  /// Each shard is larger than the one before, so that each is once the one that has no room.
  @Test(arguments: ["csv", "csv.gz", "csv.zst"])
  func `while a release is cleaned leaves nothing, of many folders`(ending: String) async {
    await #expect(processExitsWith: .success) { [ending = ending as String] in
      signal(SIGXFSZ, SIG_IGN)
      let scratch = try Scratch()
      var paths: [String] = []
      var random = SystemRandomNumberGenerator()
      for shard in 0..<5 {
        var text = "URL,TEXT\n"
        for row in 0..<100 * (shard + 1) {
          text += "https://\(shard)/\(row),\(UInt64.random(in: 0...UInt64.max, using: &random))\n"
        }
        let name = "\(shard)/part.\(ending)"
        try Directory.make(scratch("a/\(shard)"))
        paths.append(try scratch.put(Array(text.utf8).packed(as: name), "a/" + name))
      }
      let reader = try release(paths)
      let summary = try reader.index(to: scratch("a.index"), work: smallWork())
      let catalog = ReleaseCatalog(release: "x@1", shards: reader.shards, facts: summary.shards)
      let parent = try IndexFile(path: scratch("a.index"))
      let keys = ["https://1/3", "https://4/2"].map(Table.key).sorted()
      var refusals = 0
      for size in stride(from: UInt(0), through: 300_000, by: 2_000) {
        Self.limit(size)
        do {
          _ = try reader.clean(
            Cleaning(removing: keys), catalog: catalog, root: summary.root.root, from: parent,
            to: scratch("b"), index: scratch("b.index"),
            unfinished: UnfinishedFiles(of: "x@2", at: scratch("u")), work: smallWork(chunk: 2_000))
          Self.limit(UInt.max)
          guard try Directory.files(below: scratch("b")).count == 5 else { exit(1) }
          exit(refusals > 5 ? 0 : 2)
        } catch {
          Self.limit(UInt.max)
          refusals += 1
          guard "\(error)".contains("size limit"), try Directory.names(in: scratch("b")).isEmpty,
            try scratch.names() == ["a", "a.index", "b"]
          else { exit(3) }
        }
      }
      exit(4)
    }
  }
}
