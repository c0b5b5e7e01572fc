internal import Foundation

/// Patterns of paths as shells have them: `*`, `?` and `[a-z]` in names, and `**` for any folders.
package enum FilePattern {
  /// Whether anything in `path` stands for other characters.
  package static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { byte in
      byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
    }
  }

  /// The files and directories that `pattern` stands for, in the order of their paths' bytes.
  ///
  /// As in a shell, a name that begins with a dot is found only by a pattern that does too, and `**`
  /// follows no link to a directory, so that no loop is walked. Names are compared by `fnmatch(3)`.
  package static func paths(_ pattern: String) throws(FileFailure) -> [String] {
    let isAbsolute = pattern.hasPrefix("/")
    var parts: [String] = []
    for part in pattern.split(separator: "/").map(String.init) {
      if part != "**" || parts.last != "**" { parts.append(part) }
    }
    var found: Set<[UInt8]> = []
    try search(isAbsolute ? "/" : "", parts[...]) { found.insert(Array($0.utf8)) }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Looks in `folder`, which is empty or ends in a slash, for what `parts` stand for.
  private static func search(
    _ folder: String, _ parts: ArraySlice<String>, _ take: (String) -> Void
  ) throws(FileFailure) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    func go(_ path: String) throws(FileFailure) {
      if rest.isEmpty {
        take(path)
      } else if Directory.exists(path) {
        try search(path + "/", rest, take)
      }
    }
    if part == "**" {
      try search(folder, rest.isEmpty ? ["*"] : rest, take)
      for name in try names(folder, matching: "*") where Directory.isReal(folder + name) {
        try search(folder + name + "/", parts, take)
      }
    } else if isPattern(part) {
      for name in try names(folder, matching: part) { try go(folder + name) }
    } else if Directory.holds(folder + part) {
      try go(folder + part)
    }
  }

  private static func names(
    _ folder: String, matching part: String
  ) throws(FileFailure) -> [String] {
    try Directory.names(in: folder.isEmpty ? "." : folder).filter {
      unsafe fnmatch(part, $0, FNM_PERIOD) == 0
    }
  }
}
