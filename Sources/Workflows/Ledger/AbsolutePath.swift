internal import Foundation

/// Paths that mean the same wherever the next command runs.
enum AbsolutePath {
  static func of(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
