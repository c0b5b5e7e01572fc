internal import CanonicalJSON
package import LedgerCrypto

/// The key of a row and the digest of its content.
package struct RowTags: Hashable, Sendable {
  /// The tag of the identity columns.
  package let key: Digest
  /// The digest of the content columns.
  package let digest: Digest

  /// Pairs a key with a digest.
  package init(key: Digest, digest: Digest) {
    self.key = key
    self.digest = digest
  }
}

extension RowTags: Comparable {
  /// By key, and then by digest.
  package static func < (a: Self, b: Self) -> Bool {
    a.key == b.key ? a.digest < b.digest : a.key < b.key
  }
}

/// The 32 secret bytes of a dataset whose rows were never public.
package struct RowSecret: Sendable {
  fileprivate let bytes: [UInt8]

  /// Takes exactly 32 bytes, or gives `nil`.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// What a registration commits to: SHA-256(`winnow secret v1` ‖ 0A ‖ secret).
  package var commitment: Digest { Digest(sha256: Array("winnow secret v1\n".utf8) + bytes) }
}

/// Hashes canonical cells into keys and digests, plain or keyed.
///
/// The 64-byte headers are taken once: their midstates are copied for each row.
package struct RowHasher: Sendable {
  private let keyStart: SHA256
  private let rowStart: SHA256
  private let hmac: HMAC256?

  /// Prepares for the identity and content columns of one dataset; with a secret, keyed.
  package init(identity: [Column], content: [Column], secret: RowSecret? = nil) {
    hmac = secret.map { HMAC256(key: $0.bytes) }
    var key = hmac?.started ?? SHA256()
    key.update(Self.header("winnow key v1", identity))
    keyStart = key
    var row = hmac?.started ?? SHA256()
    row.update(Self.header("winnow row v1", content))
    rowStart = row
  }

  /// The 64 constant bytes before a dataset's cells: SHA-256(tag) ‖ SHA-256(JCS of the columns).
  package static func header(_ tag: String, _ columns: [Column]) -> [UInt8] {
    Digest(sha256: tag).bytes + Digest(sha256: Column.json(columns).canonicalBytes).bytes
  }

  /// The key of a row whose identity cells, in the columns' order, are `cells`.
  package func key(_ cells: Span<UInt8>) -> Digest {
    var hasher = keyStart
    hasher.update(cells)
    return finish(hasher)
  }

  /// The digest of a row whose content cells, in the columns' order, are `cells`.
  package func digest(_ cells: Span<UInt8>) -> Digest {
    var hasher = rowStart
    hasher.update(cells)
    return finish(hasher)
  }

  /// The key of a row given cell by cell.
  package func key(_ cells: [Cell]) -> Digest { key(Self.bytes(cells).span) }

  /// The digest of a row given cell by cell.
  package func digest(_ cells: [Cell]) -> Digest { digest(Self.bytes(cells).span) }

  /// Batches of messages that begin with the headers of keys and of digests.
  ///
  /// Keyed, they make inner hashes, which ``finish(inner:)`` ends.
  var batches: (keys: MessageBatch, rows: MessageBatch) {
    let length = hmac == nil ? 64 : 128
    return (MessageBatch(after: keyStart, of: length), MessageBatch(after: rowStart, of: length))
  }

  /// The tag, given the hash that a batch made of its message.
  func finish(inner: Digest) -> Digest { hmac?.finish(inner: inner) ?? inner }

  /// A hasher that has taken the header of keys; feed it cells, then ``finish(_:)``.
  var startedKey: SHA256 { keyStart }

  /// The tag, given the hasher after all cells.
  func finish(_ hasher: SHA256) -> Digest { hmac?.finish(hasher) ?? hasher.digest() }

  private static func bytes(_ cells: [Cell]) -> [UInt8] {
    var output: [UInt8] = []
    for cell in cells { cell.appendCanonical(to: &output) }
    return output
  }
}
