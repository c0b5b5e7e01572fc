import Foundation

/// A directory for one test, gone with it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "winnow-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file below, with what it holds.
  ///
  /// SQLite's files are named without their contents: opening a ledger to read may move pages from
  /// its write-ahead log. What they hold is compared by `winnow verify` and `winnow log`.
  func snapshot() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var isDirectory: ObjCBool = false
      let whole = path + "/" + name
      guard unsafe FileManager.default.fileExists(atPath: whole, isDirectory: &isDirectory),
        !isDirectory.boolValue, !name.hasSuffix(".db-wal"), !name.hasSuffix(".db-shm"),
        !name.hasPrefix(".session"),
        // Locks are empty and stay, for a lock that is taken away can be held twice.
        !name.hasSuffix(".lock")
      else { continue }
      files[name] =
        name.hasSuffix(".db") ? Data() : try Data(contentsOf: URL(fileURLWithPath: whole))
    }
    return files
  }

  /// Names of files that are new, gone or changed since `before`.
  func changes(since before: [String: Data]) throws -> [String] {
    let after = try snapshot()
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }
}
