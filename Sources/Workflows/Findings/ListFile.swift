internal import Datasets
internal import Files
internal import Provenance

/// The contents of a hash list: read, compared and dropped.
enum ListFile {
  static func read(
    _ path: String, _ algorithm: HashAlgorithm, of subject: HashedThing, _ progress: Progress
  ) throws -> HashList {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try HashList(
      path: path, algorithm: algorithm.listAlgorithm, of: subject.listSubject,
      isCancelled: progress.isCancelled)
  }
}

/// The same words in the two vocabularies: events speak one, readers of files the other.
extension HashAlgorithm {
  var listAlgorithm: ListAlgorithm {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    }
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
