import Foundation

/// The program under test, and everything else that is started beside it.
enum Program {
  /// The directory that holds `winnow`: that of the tests, or what `WINNOW_BIN` names.
  static let directory = ProcessInfo.processInfo.environment["WINNOW_BIN"] ?? tests

  /// The directory that holds the tests, built.
  static let tests: String = {
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }
    let places =
      [Bundle.main.executableURL?.deletingLastPathComponent()]
      + bundles.map { $0.bundleURL.deletingLastPathComponent() }
    let found = places.compactMap { $0?.path }.first {
      FileManager.default.isExecutableFile(atPath: $0 + "/winnow")
    }
    return found ?? "."
  }()

  /// The root of the package.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What a command left.
  struct Outcome {
    var output: [UInt8]
    var errors: [UInt8]
    /// The exit code; 128 and the signal when one ended it.
    var code: Int32

    var text: String { String(decoding: output, as: UTF8.self) }
    var complaint: String { String(decoding: errors, as: UTF8.self) }
  }

  /// Runs a shell script to its end.
  static func run(
    _ script: String, in directory: String, variables: [String: String] = [:]
  ) async throws -> Outcome {
    try await Running(script, in: directory, variables: variables).outcome()
  }
}
