package import Datasets
internal import Files
package import Provenance
internal import Synchronization

/// A hash list's file: read once, compared, and dropped.
///
/// What comes from a pipe can be read once, while a command may be planned twice.
package final class ListFile: Sendable {
  package let path: String
  /// Where the file has columns, the one with the hashes; told from the algorithm by default.
  package let column: String?
  private let contents = Mutex<HashList?>(nil)

  /// - Parameters:
  ///   - path: a regular file, a pipe, or `-` for standard input.
  ///   - column: the column or member of the hashes, in any case.
  package init(_ path: String, column: String? = nil) {
    self.path = path
    self.column = column
  }

  /// The list, as it was read first.
  func read(
    _ algorithm: HashAlgorithm, of subject: HashedThing, _ progress: Progress
  ) throws -> HashList {
    if let list = contents.withLock({ $0 }) { return list }
    guard path == "-" || Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let list = try HashList(
      path: path, algorithm: algorithm.listAlgorithm, of: subject.listSubject, column: column,
      isCancelled: progress.isCancelled)
    contents.withLock { $0 = list }
    return list
  }
}

/// The same words in the two vocabularies: events speak one, readers of files the other.
extension HashAlgorithm {
  package var listAlgorithm: ListAlgorithm {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    case .pdq: .pdq
    }
  }
}

extension ListEntries {
  init(_ counts: ListCounts) {
    self.init(
      read: counts.read, repeated: counts.repeated, withoutHash: counts.withoutHash,
      ofNothing: counts.ofNothing, belowQuality: counts.belowQuality, deleted: counts.deleted,
      disputed: counts.disputed)
  }
}

extension HashedThing {
  var listSubject: ListSubject {
    switch self {
    case .image: .image
    case .url: .url
    }
  }
}
