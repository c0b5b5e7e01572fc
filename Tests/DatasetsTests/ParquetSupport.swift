import Files
import Foundation
import LedgerCrypto
import Rows

@testable import Datasets

/// Parquet files for tests: those of the folder `Parquet`, and what DuckDB writes.
enum Parquet {
  /// The program that the tests run; without one they fail, and say what to install.
  static let engine = Engine(named: ProcessInfo.processInfo.environment["WINNOW_DUCKDB"])

  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Parquet/"

  /// A file of the folder, by its name without the ending.
  static func bytes(_ name: String) throws -> [UInt8] {
    try OpenFile.readAll("\(folder)\(name).parquet", maxBytes: 1 << 20)
  }

  /// Runs statements, and gives what they write to standard output.
  @discardableResult
  static func run(_ statements: String) throws -> String {
    let output = try ChildOutput(engine.command(statements)).readAll(limit: 1 << 24)
    return String(decoding: output, as: UTF8.self)
  }

  /// Writes what a query gives to a file.
  @discardableResult
  static func write(
    _ query: String, _ path: String, _ options: String = ""
  ) throws -> String {
    try run("COPY (\(query)) TO '\(path)' (FORMAT parquet\(options));")
    return path
  }

  /// The rows of a file as DuckDB writes them in JSON, by a query of its own.
  static func lines(_ path: String, _ query: String = "SELECT *") throws -> [String] {
    try run("COPY (\(query) FROM read_parquet('\(path)')) TO '/dev/stdout' (FORMAT json);")
      .split(separator: "\n").map(String.init)
  }

  static func release(
    _ paths: [String], identity: [String] = ["URL"], content: [String]? = nil,
    types: DeclaredTypes = [:], missing: [String] = [], secret: RowSecret? = nil
  ) throws -> ReleaseReader {
    try ReleaseReader(
      registering: Shard.list(paths), identity: identity, content: content,
      reading: Reading(types: types, missing: .only(missing)), secret: secret, engine: engine)
  }
}

/// A program that stands for DuckDB and does what a script says.
struct FakeEngine {
  let engine: Engine

  init(_ scratch: Scratch, _ script: String, version: String = "v1.5.6") throws {
    let path = scratch("duckdb-\(UUID().uuidString)")
    let text = """
      #!/bin/sh
      [ "$1" = -version ] && { echo '\(version) (Name) 0123abcd'; exit 0; }
      \(script)
      """
    try AtomicFile.write(Array(text.utf8), to: path, mode: 0o755)
    // A child that another test starts just now may hold the file open for writing until it is on its way.
    let command = ChildOutput.Command(
      program: path, arguments: ["-version"], environment: [], input: [])
    for _ in 0..<1000 {
      do {
        _ = try ChildOutput(command).readAll(limit: 1 << 10)
        break
      } catch FileFailure.program(_, .notStarted) {
        usleep(2000)
      }
    }
    engine = Engine(named: path)
  }
}

extension DeclaredTypes {
  /// The others.
  func without(_ name: String) -> DeclaredTypes {
    var types = self
    types[name] = nil
    return types
  }
}
