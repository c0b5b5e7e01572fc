internal import Datasets
internal import Files
internal import Workflows

/// Rows of files to the root of a release, in time and memory.
enum IndexBench {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    var found: [Measurement] = []
    for records in [ShardFormat.Records.csv, .jsonLines] {
      let isCSV = records == .csv
      let name = isCSV ? "CSV" : "JSON Lines"
      let sample = SampleRows(rows: UInt64(settings.releaseRows), records: records)
      let paths = try sample.write(to: scratch.fresh("rows")).shardPaths
      let reader = try ReleaseReader(registering: try Shard.list(paths), identity: ["URL"])
      let work = {
        try rate(settings.releaseRows) { _ = try reader.index(to: scratch.fresh("index")) }
      }
      let blocks = try blocksARow(paths, rows: settings.releaseRows, isCSV: isCSV)
      // Long messages: what is bounded here is the compression of so many blocks.
      found.append(
        try Measurement.compare(
          "index a release from \(name)", size: settings.releaseRows, rounds: settings.rounds,
          limit: "SHA-256 of \(blocks) blocks a row, all cores", target: 0.41, isOfProcessor: true
        ) {
          let size = 64 * blocks
          return try CryptoLimit.hashing(size, cores: CryptoLimit.cores)
        } _: {
          try work()
        })
      try PeakMemory.forget()
      _ = try work()
      found.append(
        .ceiling(
          "index a release from \(name): peak memory", size: settings.releaseRows, unit: " MiB",
          try PeakMemory.mebibytes(), limit: 256))
      if let duckdb = DuckDB() {
        found.append(
          try Measurement.compare(
            "index a release from \(name)", size: settings.releaseRows, rounds: settings.rounds,
            limit: "DuckDB: two sha256 and a sort", target: isCSV ? 2.6 : 2.2, isOfProcessor: true
          ) {
            try rate(settings.releaseRows) { try duckdb.hash(paths, isCSV: isCSV) }
          } _: {
            try work()
          })
      }
    }
    DuckDB.sayIfMissing()
    return found
  }

  /// Blocks that a row takes: key, digest, file digest, and two for leaf and node each.
  ///
  /// The digest's message is about as long as the row; the URL is about 60 bytes.
  private static func blocksARow(_ paths: [String], rows: Int, isCSV: Bool) throws -> Int {
    var bytes = 0
    for path in paths { bytes += try OpenFile(path: path).size }
    let line = bytes / rows
    let names = isCSV ? 0 : 70
    return (60 + 14 + 63) / 64 + (line - names + 14 + 63) / 64 + line / 64 + 4
  }
}
