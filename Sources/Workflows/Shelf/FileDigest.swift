internal import Files
internal import LedgerCrypto

/// SHA-256 of a file's bytes as they lie on disk.
enum FileDigest {
  /// Reads the whole file; fails when it changes meanwhile.
  static func of(_ file: OpenFile, _ progress: Progress) throws -> Digest {
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
    return hasher.digest()
  }
}
