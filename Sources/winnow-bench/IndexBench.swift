internal import Datasets
internal import Files
internal import Foundation
internal import Workflows

/// Rows of files to the root of a release.
enum IndexBench {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    var found: [Measurement] = []
    for records in [ShardFormat.Records.csv, .jsonLines] {
      let isCSV = records == .csv
      let name = isCSV ? "CSV" : "JSON Lines"
      let sample = SampleRows(rows: UInt64(settings.rows), shards: 2, records: records)
      let paths = try sample.write(to: scratch.fresh("rows")).shardPaths
      let reader = try ReleaseReader(registering: try Shard.list(paths), identity: ["URL"])
      let work = {
        try rate(settings.rows) { _ = try reader.index(to: scratch.fresh("index")) }
      }
      let blocks = try blocksARow(paths, rows: settings.rows, isCSV: isCSV)
      // Long messages: what is bounded here is the compression of so many blocks.
      found.append(
        try Measurement.compare(
          "index a release from \(name)", size: settings.rows, rounds: settings.rounds,
          limit: "SHA-256 of \(blocks) blocks a row, all cores", target: nil
        ) {
          let size = 64 * blocks
          return try CryptoLimit.hashing(size, cores: CryptoLimit.cores)
        } _: {
          try work()
        })
      if let duckdb = DuckDB() {
        found.append(
          try Measurement.compare(
            "index a release from \(name)", size: settings.rows, rounds: settings.rounds,
            limit: "DuckDB: two sha256 and a sort", target: 3
          ) {
            try rate(settings.rows) { try duckdb.hash(paths, isCSV: isCSV) }
          } _: {
            try work()
          })
      }
    }
    if DuckDB() == nil { note("No `duckdb` is on PATH: the comparison with it is left out.") }
    return found
  }

  private static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
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

/// The `duckdb` command line, where there is one.
struct DuckDB {
  private let path: String

  init?() {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = places.map { "\($0)/duckdb" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { return nil }
    path = found
  }

  /// Both hashes of every row, sorted, into a table in memory.
  func hash(_ paths: [String], isCSV: Bool) throws {
    let list = paths.map { "'\($0)'" }.joined(separator: ",")
    let source = isCSV ? "read_csv([\(list)], all_varchar=true)" : "read_json([\(list)])"
    let query = """
      CREATE TABLE pair AS SELECT sha256(URL) AS k, sha256(to_json(r)::VARCHAR) AS d
      FROM \(source) AS r ORDER BY k, d
      """
    let outcome = try Subprocess.run(
      path, ["-c", query], input: [], scratch: NSTemporaryDirectory(), maximumOutput: 1 << 20,
      seconds: 3600)
    guard outcome.code == 0 else { throw BenchFailure.refused("DuckDB failed.") }
  }
}
