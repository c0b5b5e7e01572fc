internal import Files

/// The names of a release's shards: the path of each below the deepest folder that holds all of them.
///
/// Where all lie in one folder these are the names of the files. A name says nothing of where that
/// folder is, is the same however the files were named, and lies below any folder that it is put in.
package enum ShardName {
  /// The longest name, in bytes.
  package static let maximumLength = 1_024
  /// The longest part of one, in bytes, as file systems have it.
  static let maximumPartLength = 255

  /// Whether `name` leads to a file below the folder that it is looked up in: one or more parts between
  /// slashes, none empty, `.` or `..`, and without control characters.
  package static func isValid(_ name: String) -> Bool {
    let bytes = name.utf8
    guard (1...maximumLength).contains(bytes.count),
      !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f })
    else { return false }
    return bytes.split(separator: slash, omittingEmptySubsequences: false).allSatisfy { part in
      (1...maximumPartLength).contains(part.count) && !part.elementsEqual(".".utf8)
        && !part.elementsEqual("..".utf8)
    }
  }

  /// The folder of `name` below the one that it is looked up in; `nil` for a name without a slash.
  static func folder(of name: String) -> String? {
    name.utf8.contains(slash) ? Directory.parent(of: name) : nil
  }

  /// Whether `path` is that of a file of this name.
  package static func isName(_ name: String, of path: String) -> Bool {
    let (name, path) = (Array(name.utf8), Array(path.utf8))
    guard path.count > name.count else { return path == name }
    return path.suffix(name.count) == name[...] && path[path.count - name.count - 1] == slash
  }

  /// The names of the files at `paths`, in that order.
  ///
  /// - Throws: ``DatasetFailure/shardName(_:)`` for one that no name can be, and
  ///   ``DatasetFailure/duplicateShard(_:)`` for a path that stands there twice.
  static func names(of paths: [String]) throws(DatasetFailure) -> [String] {
    let parts = paths.map { $0.utf8.split(separator: slash) }
    var common = (parts.first ?? []).dropLast()
    for path in parts {
      let shared = zip(common, path.dropLast()).prefix { $0.elementsEqual($1) }.count
      common = common.prefix(shared)
    }
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    for path in parts {
      let bytes = Array(path.dropFirst(common.count).joined(separator: [slash]))
      let name = String(decoding: bytes, as: UTF8.self)
      guard isValid(name) else { throw .shardName(name) }
      guard seen.insert(bytes).inserted else { throw .duplicateShard(name) }
      names.append(name)
    }
    return names
  }

  private static let slash = UInt8(ascii: "/")
}
