internal import Datasets
internal import Files
internal import Workflows

/// Rows of files to the root of a release, in time and memory.
enum IndexBench {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    var found: [Measurement] = []
    let duckdb = settings.peers.duckDB()
    for (records, name, target) in [
      (ShardFormat.Records.csv, "CSV", 2.6), (.jsonLines, "JSON Lines", 2.2),
      (.parquet, "Parquet", 1.5),
    ] {
      guard let paths = try paths(of: records, settings, scratch, duckdb) else { continue }
      let reader = try ReleaseReader(
        registering: try Shard.list(paths), identity: ["URL"], engine: Engine(named: duckdb?.path))
      let work = {
        try rate(settings.releaseRows) { _ = try reader.index(to: scratch.fresh("index")) }
      }
      if records != .parquet {
        let blocks = try blocksARow(
          paths, rows: settings.releaseRows, isCSV: records == .csv)
        // Long messages: what is bounded here is the compression of so many blocks.
        found.append(
          try Measurement.compare(
            "index a release from \(name)", size: settings.releaseRows, rounds: settings.rounds,
            limit: "SHA-256 of \(blocks) blocks a row, all cores", target: 0.41,
            isOfProcessor: true
          ) {
            try CryptoLimit.hashing(64 * blocks, cores: CryptoLimit.cores)
          } _: {
            try work()
          })
      }
      try PeakMemory.forget()
      _ = try work()
      found.append(
        .ceiling(
          "index a release from \(name): peak memory", size: settings.releaseRows, unit: " MiB",
          try PeakMemory.mebibytes(), limit: 256))
      guard let duckdb else { continue }
      found.append(
        try Measurement.compare(
          "index a release from \(name)", size: settings.releaseRows, rounds: settings.rounds,
          limit: "DuckDB: two sha256 and a sort", target: target, isOfProcessor: true
        ) {
          try rate(settings.releaseRows) { try duckdb.hash(paths, records) }
        } _: {
          try work()
        })
    }
    return found
  }

  /// Files of rows; none of Parquet where nothing writes it.
  private static func paths(
    of records: ShardFormat.Records, _ settings: Settings, _ scratch: Scratch, _ duckdb: DuckDB?
  ) throws -> [String]? {
    let isParquet = records == .parquet
    if isParquet, duckdb == nil { return nil }
    let sample = SampleRows(
      rows: UInt64(settings.releaseRows), shards: isParquet ? 2 : 1,
      records: isParquet ? .jsonLines : records)
    let paths = try sample.write(to: scratch.fresh("rows")).shardPaths
    guard isParquet, let duckdb else { return paths }
    return try paths.map { path in
      let output = path + ".parquet"
      try duckdb.writeParquet([path], to: output)
      scratch.remove(path)
      return output
    }
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
