internal import Datasets
internal import Files
internal import Foundation
internal import LedgerCrypto
internal import Workflows

/// Rows compared with hash lists: one of 2 million URL hashes, four of them at once; and perceptual
/// hashes near others.
enum MatchBench {
  private static let listSize = 2_000_000

  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let sample = SampleRows(rows: UInt64(settings.releaseRows))
    let paths = try sample.write(to: scratch.fresh("rows")).shardPaths
    let reader = try ReleaseReader(registering: try Shard.list(paths), identity: ["URL"])
    let files = try (0..<4).map { _ in try list(in: scratch) }
    let lists = try files.map { try HashList(path: $0, algorithm: .md5, of: .url) }
    let duckdb = settings.peers.duckDB()
    var found: [Measurement] = []
    for count in [1, 4] {
      let name = count == 1 ? "match with 2 M hashes" : "match with four lists of 2 M at once"
      let comparisons = lists.prefix(count).map { Comparison($0) }
      let work = {
        try rate(settings.releaseRows) { _ = try reader.match(comparisons) }
      }
      try PeakMemory.forget()
      _ = try work()
      found.append(
        .ceiling(
          "\(name): peak memory", size: settings.releaseRows, unit: " MiB",
          try PeakMemory.mebibytes(), limit: 512))
      guard let duckdb else { continue }
      found.append(
        try Measurement.compare(
          name, size: settings.releaseRows, rounds: settings.rounds,
          limit: "DuckDB: md5 and a semi-join a list", target: nil, isOfProcessor: true
        ) {
          try rate(settings.releaseRows) {
            try duckdb.match(paths[0], with: Array(files.prefix(count)))
          }
        } _: {
          try work()
        })
    }
    return found + (try near(settings, scratch))
  }

  /// Random MD5 digests, one a line.
  private static func list(in scratch: Scratch) throws -> String {
    var random = SystemRandomNumberGenerator()
    let path = scratch.fresh("list") + ".txt"
    let file = try AtomicFile(path: path)
    var text: [UInt8] = []
    for _ in 0..<listSize {
      let digest = Digest(random.next(), random.next(), 0, 0)
      text += Array(digest.description.utf8.prefix(32)) + [0x0a]
      if text.count >= 1 << 20 {
        try file.write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try file.write(text)
    try file.commit()
    return path
  }

  /// Random hashes, of which each twentieth query is some bits away from one.
  private static func near(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let (count, asked) = (settings.nearHashes, settings.nearHashes / 100)
    var random = SystemRandomNumberGenerator()
    let hashes = (0..<count).map { _ in
      Digest(random.next(), random.next(), random.next(), random.next())
    }
    let queries = (0..<asked).map { place in
      guard place % 20 == 0 else {
        return Digest(random.next(), random.next(), random.next(), random.next())
      }
      // At most 40 bits of one word differ.
      let (a, b, c, d) = hashes[place * 7 % count].words
      let bits = (0..<place / 20 % 41).reduce(into: UInt64(0)) { bits, _ in
        bits |= 1 << UInt64.random(in: 0..<64, using: &random)
      }
      return Digest(a, b ^ bits, c, d)
    }
    var index = NearIndex([])
    let building = rate(count) { index = NearIndex(hashes) }
    var pairs = 0
    let work = {
      rate(asked) {
        pairs = queries.reduce(0) {
          $0 + index.places(within: NearIndex.greatestDistance, of: $1).count
        }
      }
    }
    let name = "PDQ, \(asked) queries, one thread"
    var found = [
      Measurement.compare(
        "PDQ, building the index", size: count, rounds: 1, limit: "target: 1 M/s", target: nil
      ) {
        Speed.stated(1_000_000)
      } _: {
        building
      }
    ]
    guard let faiss = settings.peers.faiss() else {
      found.append(
        Measurement.compare(
          name, size: count, rounds: settings.rounds, limit: "target: 3,500/s", target: nil
        ) {
          Speed.stated(3_500)
        } _: {
          work()
        })
      return found
    }
    let files = try [hashes, queries].map { digests in
      let path = scratch.fresh("pdq")
      try AtomicFile.write(digests.flatMap(\.bytes), to: path)
      return path
    }
    for (limit, build) in [
      ("faiss IndexBinaryFlat", "faiss.IndexBinaryFlat(256)"),
      ("faiss IndexBinaryMultiHash, 16 × 16, 1 flip", multiHash),
    ] {
      found.append(
        try Measurement.compare(
          name, size: count, rounds: settings.rounds, limit: limit, target: 1, isOfProcessor: true
        ) {
          let (speed, theirs) = try faiss.search(files[0], files[1], building: build)
          _ = work()
          guard theirs == pairs else {
            throw BenchFailure.refused("faiss found \(theirs) pairs, and not \(pairs).")
          }
          return speed
        } _: {
          work()
        })
    }
    return found
  }

  private static let multiHash =
    "(lambda i: (setattr(i, 'nflip', 1), i)[1])(faiss.IndexBinaryMultiHash(256, 16, 16))"
}
