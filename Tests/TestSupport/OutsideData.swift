package import Foundation

/// The package's own files, as its tests find them.
package enum PackageFolder {
  package static let url = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// One of the project's own vectors.
  package static func vectors(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url.appending(path: "Tests/Vectors/\(name)")))
  }
}

/// Vectors and samples that other people made: they lie in a folder beside the package and are no
/// part of it.
package enum OutsideData {
  private static let folder = PackageFolder.url.deletingLastPathComponent()
    .appending(path: "shared").resolvingSymlinksInPath()

  package static func url(_ path: String) -> URL { folder.appending(path: path) }

  package static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url(path)))
  }

  /// Whether the tests of `path` run: where it is, and with `CI=true` all the same, to fail.
  package static func isExpected(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
      || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  /// What the output says of a test that is skipped.
  package static let absence =
    "other people's data do not lie beside the package, in ../shared: nothing was tried on them"
}
