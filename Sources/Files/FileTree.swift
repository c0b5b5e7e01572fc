internal import Foundation

/// Whole directories.
package enum FileTree {
  /// Takes a directory away with all that it holds, if it is there; for one that the caller made.
  package static func remove(_ path: String) throws {
    guard Directory.holds(path) else { return }
    try FileManager.default.removeItem(atPath: path)
  }

  /// Copies a file or directory with all that it holds, to where nothing is.
  package static func copy(_ path: String, to target: String) throws {
    try FileManager.default.copyItem(atPath: path, toPath: target)
  }
}
