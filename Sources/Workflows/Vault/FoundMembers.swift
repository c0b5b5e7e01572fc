package import LedgerCrypto
package import Rows
package import SetCommitment

/// What an event says that it found or decided on: keys, and of some keys which rows.
///
/// A hash list can find some rows of a key and not others. Keys alone would not tell which, and so not
/// what two lists share.
package struct FoundMembers: Hashable, Sendable {
  package let keys: EntrySet
  /// Of keys of which not all rows were found, each row that was, by key and then digest ascending.
  package let parts: [RowTags]

  package init(_ keys: EntrySet, parts: [RowTags] = []) {
    self.keys = keys
    self.parts = parts
  }

  /// Takes the rows of a release that were found, ascending, and how many rows a key has there.
  package init(found: [RowTags], rows: (Digest) throws -> UInt64?) rethrows {
    var (keys, parts): ([Digest], [RowTags]) = ([], [])
    var start = 0
    while start < found.count {
      let key = found[start].key
      let end = found[start...].firstIndex { $0.key != key } ?? found.count
      if try rows(key) != UInt64(end - start) { parts += found[start..<end] }
      keys.append(key)
      start = end
    }
    self.init(EntrySet(keys), parts: parts)
  }
}

/// As a sealed attachment holds them: member file ‖ for each of `parts` key (32) ‖ digest (32).
extension FoundMembers {
  package var file: [UInt8] {
    var bytes = keys.file
    for row in parts { bytes += row.key.bytes + row.digest.bytes }
    return bytes
  }

  /// Reads the file of a set that commits to `count` keys; `nil` when `bytes` are not one.
  package init?(file bytes: [UInt8], count: UInt64) {
    let end = EntrySet.fileSize(of: count)
    guard bytes.count >= end, (bytes.count - end) % 64 == 0,
      let keys = try? EntrySet(file: Array(bytes[..<end]))
    else { return nil }
    var parts: [RowTags] = []
    for start in stride(from: end, to: bytes.count, by: 64) {
      guard let key = Digest(bytes: Array(bytes[start..<start + 32])),
        let digest = Digest(bytes: Array(bytes[start + 32..<start + 64])), keys.contains(key)
      else { return nil }
      parts.append(RowTags(key: key, digest: digest))
    }
    guard zip(parts, parts.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
    self.init(keys, parts: parts)
  }
}
