internal import GRDB
package import LedgerCrypto
internal import Provenance

extension Ledger {
  /// The hash over all rows of all projections.
  ///
  /// SHA-256 of `winnow projections v1` ‖ 0A ‖ u64 size of the log, then each row by the bytes of its
  /// kind and key: kind, key and document, each as u32 length ‖ UTF-8; big-endian.
  package func projectionStateHash() throws -> Digest {
    try reading { db, snapshot in try StateHash.compute(db, size: snapshot.state.size) }
  }
}

/// The hash over the projections' rows.
enum StateHash {
  static func compute(_ db: Database, size: UInt64) throws -> Digest {
    var hasher = SHA256()
    hasher.update(Array("winnow projections v1\n".utf8))
    hasher.update((0..<8).map { UInt8(truncatingIfNeeded: size >> UInt64(56 - 8 * $0)) })
    let columns = ["kind", "key", "document"].map(Row.wholeText).joined(separator: ", ")
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(columns) FROM projection ORDER BY kind, key")
    while let row = try rows.next() {
      for column in 0..<3 { update(&hasher, row.bytes(column) ?? []) }
    }
    return hasher.digest()
  }

  private static func update(_ hasher: inout SHA256, _ bytes: [UInt8]) {
    let count = UInt32(truncatingIfNeeded: bytes.count)
    hasher.update((0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) })
    hasher.update(bytes)
  }
}
