internal import Files
internal import LedgerCrypto
internal import Provenance

/// A file of a model, by what it holds.
enum ArtifactFile {
  static func read(_ path: String, _ progress: Progress) throws -> Artifact {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let file = try OpenFile(path: path)
    var hasher = SHA256()
    var offset = 0
    while offset < file.size {
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      let count = min(1 << 22, file.size - offset)
      hasher.update(try file.bytes(from: offset, count: count))
      offset += count
      progress.report("hash", UInt64(offset), UInt64(file.size), 0)
    }
    try file.checkUnchanged()
    return Artifact(sha256: hasher.digest(), size: UInt64(file.size))
  }
}
