internal import Files
internal import Foundation

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

  /// Says once that there is none.
  static func sayIfMissing() {
    if DuckDB() == nil {
      FileHandle.standardError.write(
        Data("No `duckdb` is on PATH: the comparison with it is left out.\n".utf8))
    }
  }

  /// Both hashes of every row, sorted, into a table in memory.
  func hash(_ paths: [String], isCSV: Bool) throws {
    let list = paths.map { "'\($0)'" }.joined(separator: ",")
    let source = isCSV ? "read_csv([\(list)], all_varchar=true)" : "read_json([\(list)])"
    try run(
      """
      CREATE TABLE pair AS SELECT sha256(URL) AS k, sha256(to_json(r)::VARCHAR) AS d
      FROM \(source) AS r ORDER BY k, d
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
      path, ["-c", query], input: [], scratch: NSTemporaryDirectory(), maximumOutput: 1 << 20,
      seconds: 3600)
    guard outcome.code == 0 else { throw BenchFailure.refused("DuckDB failed.") }
  }
}
