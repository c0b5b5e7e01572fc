package import LedgerCrypto

/// The hashes of a list, in memory for as long as a match runs: never stored, logged or echoed.
///
/// 32 bytes for each hash, and 8 to 16 for the table that finds it.
package struct HashList: Sendable {
  /// The function that made the hashes.
  package let algorithm: ListAlgorithm
  /// What they are hashes of.
  package let subject: ListSubject
  /// What the file had in it beside the hashes.
  package let counts: ListCounts

  /// Ascending, no hash twice, padded with zeros to 32 bytes.
  let hashes: [Digest]
  private let table: DigestTable

  /// How many different hashes there are, 1 or more.
  package var count: Int { hashes.count }

  /// Takes what was collected, in any order; one that comes twice counts once.
  init(_ list: ListCollector, of subject: ListSubject) {
    algorithm = list.algorithm
    self.subject = subject
    var unique: [Digest] = []
    unique.reserveCapacity(list.hashes.count)
    for hash in list.hashes.sorted() where hash != unique.last { unique.append(hash) }
    hashes = unique
    var counts = list.counts
    counts.repeated = UInt64(list.hashes.count - unique.count)
    self.counts = counts
    table = DigestTable(unique)
  }

  /// Whether the list has `hash`, which is padded with zeros to 32 bytes.
  func contains(_ hash: Digest) -> Bool {
    table.place(of: hash, in: hashes) != nil
  }

  /// The list's members as an entry set holds them, ascending.
  ///
  /// Key of a hash: SHA-256(`winnow hash v1` ‖ 0A ‖ `md5`, `sha1`, `sha256` or `pdq`
  /// ‖ 0A ‖ `image` or `url`
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
