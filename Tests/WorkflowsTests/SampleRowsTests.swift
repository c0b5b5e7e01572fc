import Datasets
import Files
import LedgerCrypto
import Rows
import TestSupport
import Testing

@testable import Workflows

@Suite struct `Generated rows` {
  @Test func `are the same bytes for the same seed`() throws {
    let scratch = TemporaryDirectory()
    for name in ["x", "y"] {
      _ = try SampleRows(seed: 7, rows: 1500, shards: 3).write(to: scratch.path + "/" + name)
    }
    func bytes(_ name: String) throws -> [UInt8] {
      try OpenFile.readAll(scratch.path + "/" + name, maxBytes: 1 << 28)
    }
    for name in try Directory.names(in: scratch.path + "/x") {
      #expect(try bytes("x/" + name) == bytes("y/" + name))
    }
    _ = try SampleRows(seed: 8, rows: 1500, shards: 3).write(to: scratch.path + "/z")
    #expect(try bytes("x/rows-00000.csv") != bytes("z/rows-00000.csv"))
    let golden = Digest(sha256: try bytes("x/rows-00000.csv")).hex
    #expect(golden == "57b240f5f6ad53fc4b70a2d5378f21dd436406acd5c75884b30872523f8ec4be")
  }

  @Test(arguments: [ShardFormat.Records.csv, .jsonLines])
  func `match as their summary says`(records: ShardFormat.Records) throws {
    let scratch = TemporaryDirectory()
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
    let scratch = TemporaryDirectory()
    let types: DeclaredTypes = [
      "WIDTH": .int, "HEIGHT": .int, "similarity": .float64, "punsafe": .float64,
      "pwatermark": .float64,
    ]
    let roots = try [ShardFormat.Records.csv, .jsonLines].map { records in
      let sample = try SampleRows(rows: 900, records: records)
        .write(to: scratch.path + "/\(records)")
      return try release(sample.shardPaths, types: types)
        .index(to: nil, scratch: scratch.path).root
    }
    #expect(roots[0] == roots[1])
  }

  @Test(arguments: [0, 1, 2, 3, 699, 700, 701]) func `may be few`(rows: UInt64) throws {
    let scratch = TemporaryDirectory()
    let sample = try SampleRows(rows: rows, shards: 2).write(to: scratch.path)
    #expect(try release(sample.shardPaths).index(to: nil, scratch: scratch.path).rows == rows)
  }

  private func release(_ paths: [String], types: DeclaredTypes = [:]) throws -> ReleaseReader {
    try ReleaseReader(
      registering: Shard.list(paths), identity: ["URL"], reading: Reading(types: types))
  }
}
