internal import Foundation

/// Where programs are looked for: the directories of `PATH`.
package enum SearchPath {
  /// `PATH` as this process has it.
  package static var text: String { ProcessInfo.processInfo.environment["PATH"] ?? "" }

  /// The first program of that name, if there is one.
  package static func program(named name: String) -> String? {
    for directory in text.split(separator: ":") {
      let path = "\(directory)/\(name)"
      if isProgram(path) { return path }
    }
    return nil
  }

  /// Whether a file is there that this user may run.
  package static func isProgram(_ path: String) -> Bool {
    unsafe access(path, X_OK) == 0
  }
}
