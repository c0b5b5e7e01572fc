package import LedgerCrypto

/// The hashes of a list, in memory for as long as a match runs: never stored, logged or echoed.
///
/// 32 bytes for each hash, and 8 to 16 for the table that finds it.
package struct HashList: Sendable {
  /// The function that made the hashes.
  package let algorithm: ListAlgorithm
  /// What they are hashes of.
  package let subject: ListSubject
  /// SHA-256 of the list file's bytes as they lie on disk.
  package let fileDigest: Digest
  /// Bytes of the list file.
  package let fileSize: Int

  /// Ascending, no hash twice, padded with zeros to 32 bytes.
  private let hashes: [Digest]
  private let table: DigestTable

  /// How many different hashes there are, 1 or more.
  package var count: Int { hashes.count }

  /// Takes hashes in any order; one that comes twice counts once.
  init(
    algorithm: ListAlgorithm, subject: ListSubject, hashes: [Digest], fileDigest: Digest,
    fileSize: Int
  ) {
    self.algorithm = algorithm
    self.subject = subject
    self.fileDigest = fileDigest
    self.fileSize = fileSize
    var unique: [Digest] = []
    unique.reserveCapacity(hashes.count)
    for hash in hashes.sorted() where hash != unique.last { unique.append(hash) }
    self.hashes = unique
    table = DigestTable(unique)
  }

  /// Whether the list has `hash`, which is padded with zeros to 32 bytes.
  func contains(_ hash: Digest) -> Bool {
    table.place(of: hash, in: hashes) != nil
  }

  /// The list's members as an entry set holds them, ascending.
  ///
  /// Key of a hash: SHA-256(`winnow hash v1` ‖ 0A ‖ `md5`, `sha1` or `sha256` ‖ 0A ‖ `image` or `url`
  /// ‖ 0A ‖ the hash's own 16, 20 or 32 bytes). The algorithm and the subject are in it, so that a
  /// list of one kind never has the root of a list of another.
  package func entryKeys() -> [Digest] {
    var start = SHA256()
    start.update(Array("winnow hash v1\n\(algorithm.rawValue)\n\(subject.rawValue)\n".utf8))
    let length = algorithm.byteCount
    var bytes: [UInt8] = []
    var keys: [Digest] = []
    keys.reserveCapacity(hashes.count)
    for hash in hashes {
      bytes.removeAll(keepingCapacity: true)
      hash.append(to: &bytes)
      var hasher = start
      hasher.update(bytes.span.extracting(0..<length))
      keys.append(hasher.digest())
    }
    keys.sort()
    return keys
  }
}
