internal import Datasets
internal import Files
internal import LedgerCrypto
package import Provenance

/// A file of a model, by what it holds, or by what a Git LFS pointer in its place says of it.
package struct ArtifactFile: Sendable {
  /// The file's path, as it was given or found.
  package let path: String
  package let artifact: Artifact
  /// Whether a pointer was read in the file's place.
  package let isPointer: Bool

  /// The most files of a model.
  static let most = 256

  /// Reads one file, which may not be empty.
  static func read(_ path: String, _ progress: Progress) throws -> ArtifactFile {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let file = try OpenFile(path: path)
    guard file.size > 0 else { throw WorkflowFailure.emptyFile(path) }
    if let pointer = try LFSPointer(in: file) {
      guard pointer.size > 0 else { throw WorkflowFailure.emptyFile(path) }
      return ArtifactFile(
        path: path, artifact: Artifact(sha256: pointer.sha256, size: pointer.size),
        isPointer: true)
    }
    return ArtifactFile(
      path: path,
      artifact: Artifact(
        sha256: try FileDigest.of(file, progress), size: UInt64(file.size)),
      isPointer: false)
  }

  /// Reads files, and those in directories and below: without what is hidden there, as `.git` is.
  ///
  /// Links to files are followed, as in a cache of downloads, links to directories are not.
  static func read(_ paths: [String], _ progress: Progress) throws -> [ArtifactFile] {
    var files: [String] = []
    for path in paths {
      guard Directory.exists(path) else {
        files.append(path)
        continue
      }
      let found = try Directory.files(below: path)
      if found.isEmpty { throw WorkflowFailure.nothingIn(path) }
      files += found
    }
    guard files.count <= most else { throw WorkflowFailure.tooManyArtifacts(files.count, most) }
    return try files.map { try read($0, progress) }
  }
}

extension LFSPointer {
  /// The pointer that a file holds; `nil` for any other file.
  ///
  /// - Throws: ``WorkflowFailure/pointerDamaged(_:)`` for what begins as one and is none.
  init?(in file: OpenFile) throws {
    guard file.size <= Self.maximumSize else { return nil }
    let bytes = try file.bytes(from: 0, count: file.size)
    guard Self.begins(bytes) else { return nil }
    guard let pointer = LFSPointer(bytes) else {
      throw WorkflowFailure.pointerDamaged(file.path)
    }
    self = pointer
  }
}
