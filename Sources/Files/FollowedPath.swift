internal import Foundation

/// Paths without links in them.
enum FollowedPath {
  /// Where `path` leads, whether or not anything is there: links at its end and on its way followed.
  ///
  /// A path without a link at its end and in its directory stays as it was given.
  static func of(_ path: String) -> String {
    var path = path
    // As many as Linux follows; a path that is still a link then leads in a circle.
    for _ in 0..<40 {
      guard let target = link(at: path) else { break }
      path = target.hasPrefix("/") ? target : "\(Directory.parent(of: path))/\(target)"
    }
    guard let parent = unsafe realpath(Directory.parent(of: path), nil) else { return path }
    defer { unsafe free(parent) }
    let directory = unsafe String(cString: parent)
    // Named as the user did where that is the same place.
    if directory == AbsolutePath.of(Directory.parent(of: path)) { return path }
    return "\(directory == "/" ? "" : directory)/\(Directory.name(of: path))"
  }

  /// What the link at `path` says, or `nil` when no link is there.
  private static func link(at path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
