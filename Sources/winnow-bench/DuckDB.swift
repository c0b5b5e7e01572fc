internal import Datasets
internal import Files
internal import Foundation

/// The `duckdb` command line.
struct DuckDB {
  let path: String

  /// Takes the program that is named, or the first of the search path.
  init?(named: String?) {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = [named].compactMap(\.self) + (named == nil ? places.map { "\($0)/duckdb" } : [])
    guard let path = found.first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    self.path = path
  }

  /// What reads the rows of some files.
  private static func source(_ paths: [String], _ records: ShardFormat.Records) -> String {
    let list = paths.map { "'\($0)'" }.joined(separator: ",")
    return switch records {
    case .csv: "read_csv([\(list)], all_varchar=true)"
    case .jsonLines: "read_json([\(list)])"
    case .parquet: "read_parquet([\(list)])"
    }
  }

  /// Both hashes of every row, sorted, into a table in memory.
  func hash(_ paths: [String], _ records: ShardFormat.Records) throws {
    try run(
      """
      CREATE TABLE pair AS SELECT sha256(URL) AS k, sha256(to_json(r)::VARCHAR) AS d
      FROM \(Self.source(paths, records)) AS r ORDER BY k, d
      """)
  }

  /// The rows of JSON Lines as a Parquet file.
  func writeParquet(_ paths: [String], to output: String) throws {
    try run(
      """
      COPY (SELECT * FROM \(Self.source(paths, .jsonLines))) TO '\(output)'
      (FORMAT parquet, COMPRESSION snappy)
      """)
  }

  /// How many rows of CSV have a URL whose MD5 is on a list, for each list.
  func match(_ path: String, with lists: [String]) throws {
    let counts = lists.map {
      "count(*) FILTER (h IN (SELECT h FROM read_csv('\($0)', header=false, names=['h'])))"
    }
    try run(
      """
      SELECT \(counts.joined(separator: ", "))
      FROM (SELECT md5(URL) AS h FROM read_csv('\(path)', all_varchar=true))
      """)
  }

  /// Every `step`th URL of a CSV file, as a CSV file.
  func pick(every step: Int, of path: String, to list: String) throws {
    try run(
      """
      COPY (SELECT URL FROM (SELECT URL, row_number() OVER () AS n
      FROM read_csv('\(path)', all_varchar=true)) WHERE n % \(step) = 0) TO '\(list)' (HEADER)
      """)
  }

  /// The rows of a CSV file whose URL is not on a list, as a CSV file.
  func clean(_ path: String, without list: String, to output: String) throws {
    try run(
      """
      COPY (SELECT a.* FROM read_csv('\(path)', all_varchar=true) AS a
      ANTI JOIN read_csv('\(list)', all_varchar=true, header=true) AS b ON a.URL = b.URL)
      TO '\(output)' (HEADER)
      """)
  }

  private func run(_ query: String) throws {
    let outcome = try Subprocess.run(
      path, ["-no-init", "-c", query], input: [], scratch: NSTemporaryDirectory(),
      maximumOutput: 1 << 20, seconds: 3600)
    guard outcome.code == 0 else { throw BenchFailure.refused("DuckDB failed.") }
  }
}
