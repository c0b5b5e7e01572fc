internal import ArgumentParser
internal import Files
internal import Foundation

/// The programs of others that are measured beside, where they are named or found.
struct Peers: ParsableArguments {
  @Option(help: "The `duckdb` command line; that of PATH by default.")
  var duckdb: String?

  @Option(help: "A python that has faiss (PyPI faiss-cpu); WINNOW_BENCH_PYTHON names it otherwise.")
  var python: String?

  /// `duckdb`, or nothing where there is none, which is said.
  func duckDB() -> DuckDB? {
    let found = DuckDB(named: duckdb)
    if found == nil {
      Self.say("There is no `duckdb` (--duckdb, PATH): what is measured beside it is left out.")
    }
    return found
  }

  /// A python that imports faiss, or nothing where there is none, which is said.
  func faiss() -> Faiss? {
    let named = python ?? ProcessInfo.processInfo.environment["WINNOW_BENCH_PYTHON"]
    let found = named.flatMap { Faiss(python: $0) }
    if found == nil {
      Self.say(
        "There is no python with faiss (--python): what is measured beside it is left out.")
    }
    return found
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// A python that imports faiss.
struct Faiss {
  private let python: String

  init?(python: String) {
    self.python = python
    guard (try? run("import faiss", [])) != nil else { return nil }
  }

  /// Queries a second of processor time and of wall time, one thread, over the 32-byte hashes of two
  /// files, with the index that `build` names; and how many near hashes there are.
  func search(
    _ hashes: String, _ queries: String, building build: String
  ) throws -> (speed: Speed, pairs: Int) {
    let text = try run(
      """
      import sys, time, numpy, faiss
      faiss.omp_set_num_threads(1)
      read = lambda path: numpy.fromfile(path, dtype='uint8').reshape(-1, 32)
      hashes, queries = read(sys.argv[1]), read(sys.argv[2])
      index = \(build)
      index.add(hashes)
      wall, used = time.perf_counter(), time.process_time()
      limits, distances, places = index.range_search(queries, 32)
      print(time.perf_counter() - wall, time.process_time() - used, limits[-1], len(queries))
      """, [hashes, queries])
    let figures = text.split(separator: " ").compactMap { Double($0) }
    guard figures.count == 4 else { throw BenchFailure.refused("faiss gave no figures.") }
    return (
      Speed(wall: figures[3] / figures[0], processor: figures[3] / figures[1]), Int(figures[2])
    )
  }

  private func run(_ script: String, _ arguments: [String]) throws -> String {
    let outcome = try Subprocess.run(
      python, ["-c", script] + arguments, input: [], scratch: NSTemporaryDirectory(),
      maximumOutput: 1 << 16, seconds: 3600)
    guard outcome.code == 0 else { throw BenchFailure.refused("faiss failed.") }
    return String(decoding: outcome.output, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
