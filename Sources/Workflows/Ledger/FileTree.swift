internal import Files
internal import Foundation

/// Whole directories.
enum FileTree {
  /// Takes a directory away with all that it holds, if it is there.
  static func remove(_ path: String) throws {
    guard Directory.holds(path) else { return }
    try FileManager.default.removeItem(atPath: path)
  }

  /// Gives a file or directory another name, in place of nothing or of an empty directory.
  static func move(_ path: String, to target: String) throws {
    if Directory.holds(target), try Directory.names(in: target).isEmpty {
      try FileManager.default.removeItem(atPath: target)
    }
    try FileManager.default.moveItem(atPath: path, toPath: target)
    try Directory.sync(Directory.parent(of: target))
  }
}
