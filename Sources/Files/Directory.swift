internal import Foundation

/// Durable changes to directories: a name is safe only once its directory was synced.
package enum Directory {
  /// Syncs the directory at `path`, so that names made, renamed or removed in it last.
  package static func sync(_ path: String) throws(FileFailure) {
    let descriptor = try System.open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    defer { System.close(descriptor) }
    try System.sync(descriptor, path)
  }

  /// Makes the directory at `path` and those above it that are missing, and syncs each parent.
  ///
  /// `mode` is that of new directories, before the umask.
  package static func make(_ path: String, mode: UInt32 = 0o777) throws(FileFailure) {
    if exists(path) { return }
    let parent = parent(of: path)
    if parent != path { try make(parent, mode: mode) }
    if unsafe mkdir(path, mode_t(mode)) != 0 {
      let code = errno
      // Another process may have been first; anything that is not a directory is refused.
      guard code == EEXIST, exists(path) else { throw .system(path: path, .create, code: code) }
    }
    try sync(parent)
  }

  /// Makes the directory at `path`, where nothing may be, and those above it that are missing.
  package static func makeNew(_ path: String, mode: UInt32) throws(FileFailure) {
    try make(parent(of: path))
    guard unsafe mkdir(path, mode_t(mode)) == 0 else {
      throw .system(path: path, .create, code: errno)
    }
    try sync(parent(of: path))
  }

  /// Gives a file or directory another name, in place of nothing or, for a directory, of an empty one.
  package static func move(_ path: String, to target: String) throws(FileFailure) {
    if !exists(path), holds(target) { throw .system(path: target, .rename, code: EEXIST) }
    try System.rename(path, target)
    try sync(parent(of: target))
  }

  /// Gives a file a second name, durably, which nothing may have.
  package static func link(_ path: String, to target: String) throws(FileFailure) {
    try System.link(path, to: target)
    try sync(parent(of: target))
  }

  /// Whether a directory is at `path`.
  package static func exists(_ path: String) -> Bool {
    var info = stat()
    return unsafe stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a directory, and no link to one, is at `path`.
  package static func isReal(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether anything is at `path`, a dangling link too.
  package static func holds(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0
  }

  /// Names in the directory at `path`, in the order of their bytes, without `.` and `..`.
  package static func names(in path: String) throws(FileFailure) -> [String] {
    guard let stream = unsafe opendir(path) else {
      throw .system(path: path, .list, code: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The files below the directory at `path`, each as a path that begins with it, in the order of
  /// names at each level.
  ///
  /// Names that begin with a dot are left out, and links to directories are not followed, so that no
  /// loop is walked; nor is a directory looked into that holds a file named `mark`.
  package static func files(
    below path: String, withoutThoseHolding mark: String? = nil
  ) throws(FileFailure) -> [String] {
    if let mark, holds("\(path)/\(mark)") { return [] }
    let start = path.hasSuffix("/") ? path : path + "/"
    var files: [String] = []
    for name in try names(in: path) where !name.hasPrefix(".") {
      let entry = start + name
      if isReal(entry) {
        files += try Self.files(below: entry, withoutThoseHolding: mark)
      } else if !exists(entry) {
        files.append(entry)
      }
    }
    return files
  }

  /// Removes the file at `path` and syncs its directory.
  package static func remove(file path: String) throws(FileFailure) {
    try System.remove(path)
    try sync(parent(of: path))
  }

  /// Where files may lie that nobody needs for long.
  package static var temporary: String { FileManager.default.temporaryDirectory.path }

  /// The directory that holds `path`: `.` for a bare name.
  package static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    let slash = UInt8(ascii: "/")
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    guard let last = bytes.lastIndex(of: slash) else { return "." }
    return last == 0 ? "/" : String(decoding: bytes[..<last], as: UTF8.self)
  }

  /// The last component of `path`.
  package static func name(of path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    return parts.last.map { String(decoding: $0, as: UTF8.self) } ?? path
  }
}
