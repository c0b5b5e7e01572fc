internal import Foundation

extension Directory {
  /// The directories on the way to `path`, it included, that are not there: the innermost first.
  package static func missing(_ path: String) -> [String] {
    var missing: [String] = []
    var path = path
    while !exists(path), parent(of: path) != path {
      missing.append(path)
      path = parent(of: path)
    }
    return missing
  }

  /// Removes the directory at `path` if it is empty, and syncs its parent; gives whether it did.
  ///
  /// What another process has put in it meanwhile keeps it there.
  @discardableResult
  package static func removeIfEmpty(_ path: String) throws(FileFailure) -> Bool {
    if unsafe rmdir(path) == 0 {
      try sync(parent(of: path))
      return true
    }
    let code = errno
    guard code == ENOTEMPTY || code == EEXIST || code == ENOENT else {
      throw .system(path: path, .remove, code: code)
    }
    return false
  }
}
