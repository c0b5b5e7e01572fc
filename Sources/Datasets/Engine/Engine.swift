internal import Files
internal import Synchronization

/// DuckDB's command line, through which Parquet is read and written: one process a shard, one thread
/// each.
///
/// It is given statements that hold no path of a user and no value of a row, and what it writes to
/// standard error is never passed on, for it says values.
package struct Engine: Sendable {
  /// The oldest version that these statements were tried with.
  static let oldest = (major: 1, minor: 4)

  private final class Found: Sendable {
    let program = Mutex<Result<String, DatasetFailure>?>(nil)
  }

  private let named: String?
  private let found = Found()

  /// Takes the program that the user named; by default the first `duckdb` of the search path, which is
  /// looked for when it is first needed.
  package init(named: String? = nil) {
    self.named = named
  }

  /// The program, whose version was asked for once.
  func program() throws(DatasetFailure) -> String {
    try found.program.withLock { found throws(DatasetFailure) in
      let result = found ?? Result { () throws(DatasetFailure) in try located() }
      found = result
      return try result.get()
    }
  }

  private func located() throws(DatasetFailure) -> String {
    guard let path = named ?? SearchPath.program(named: "duckdb") else {
      throw .engine(nil, .missing)
    }
    guard SearchPath.isProgram(path) else { throw .engine(nil, .notThere(path)) }
    let command = ChildOutput.Command(
      program: path, arguments: ["-version"], environment: Self.environment, input: [])
    let text: [UInt8]
    do throws(FileFailure) {
      text = try ChildOutput(command).readAll(limit: 1 << 12)
    } catch {
      throw .engine(nil, .notDuckDB(path))
    }
    // `v1.5.6 (Variegata) 069cc9f9b5`
    let words = String(decoding: text, as: UTF8.self).split(whereSeparator: { " \n".contains($0) })
    let numbers = (words.first ?? "").drop { $0 == "v" }.split(separator: ".").map { Int($0) }
    guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else {
      throw .engine(nil, .notDuckDB(path))
    }
    guard (major, minor) >= Self.oldest else {
      throw .engine(nil, .old(path, version: "\(major).\(minor)"))
    }
    return path
  }

  /// How the program is started for some statements.
  ///
  /// Nothing of the user's own settings is read (older versions have no `-no-init`), nothing is fetched, and nothing is put on a disk that
  /// a statement does not name.
  func command(_ statements: String) throws(DatasetFailure) -> ChildOutput.Command {
    let settings = """
      SET threads=1;
      SET preserve_insertion_order=true;
      SET autoinstall_known_extensions=false;
      SET autoload_known_extensions=false;
      SET temp_directory='';
      SET memory_limit='2GB';

      """
    return ChildOutput.Command(
      program: try program(), arguments: ["-init", "/dev/null", "-batch", "-bail"],
      environment: Self.environment, input: Array((settings + statements).utf8),
      phrases: EngineFlaw.phrases.map(\.phrase))
  }

  /// All that the program has of the user's environment: what a script around it may need.
  private static let environment = [
    "PATH=\(SearchPath.text)", "HOME=/nonexistent", "LC_ALL=C.UTF-8",
  ]

  /// A name as statements have it.
  static func quoted(name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Runs `body`, whose failures of the program become those of the engine about `shard`.
  static func reading<Result>(
    _ shard: String?, _ body: () throws(FileFailure) -> Result
  ) throws(DatasetFailure) -> Result {
    do throws(FileFailure) {
      return try body()
    } catch {
      guard case .program(_, let flaw) = error else { throw .file(error) }
      throw flaw == .stopped ? .cancelled : .engine(shard, EngineFlaw(flaw))
    }
  }
}
