internal import Foundation

/// Paths that mean the same wherever the next command runs.
package enum AbsolutePath {
  /// `path` from the root on, without `.` and `..`; links stay.
  package static func of(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
