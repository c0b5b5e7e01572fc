internal import Files

/// The files that someone means by paths, directories and patterns.
package struct NamedFiles: Sendable {
  /// The files: as they were given, and those of one directory or pattern by the bytes of their paths.
  package private(set) var paths: [String] = []
  /// Files of directories and patterns whose names say no format, and which are not among the others.
  package private(set) var passedOver: [String] = []

  /// Looks up what is meant.
  ///
  /// A directory stands for all files below it whose names say a format, without what is hidden and
  /// what a ledger keeps, and no link to a directory is followed there. A path that nothing is at is a pattern when it can be one
  /// (``FilePattern``); else it stays as it is.
  ///
  /// - Throws: ``DatasetFailure/nothingNamed(_:)`` for a directory or pattern without such a file.
  package init(_ arguments: [String]) throws(DatasetFailure) {
    for argument in arguments {
      let files: [String]
      if Directory.exists(argument) {
        files = try onDisk { () throws(FileFailure) in try Self.files(below: argument) }
      } else if !Directory.holds(argument), FilePattern.isPattern(argument) {
        files = try onDisk { () throws(FileFailure) in
          // What `**` finds are folders and what lies in them, too.
          var files: Set<[UInt8]> = []
          for path in try FilePattern.paths(argument) {
            let isFile = !Directory.exists(path)
            guard isFile || Directory.isReal(path) else { continue }
            let found = isFile ? [path] : try Self.files(below: path)
            files.formUnion(found.map { Array($0.utf8) })
          }
          return files.map { String(decoding: $0, as: UTF8.self) }
        }
      } else {
        paths.append(argument)
        continue
      }
      let before = paths.count
      for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        if (try? ShardFormat(name: file)) != nil {
          paths.append(file)
        } else {
          passedOver.append(file)
        }
      }
      guard paths.count > before else { throw .nothingNamed(argument) }
    }
  }

  /// The files below a directory: a ledger beside the data has files of known formats, too.
  private static func files(below path: String) throws(FileFailure) -> [String] {
    try Directory.files(below: path, withoutThoseHolding: "ledger.db")
  }
}
