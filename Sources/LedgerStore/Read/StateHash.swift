internal import GRDB
package import LedgerCrypto
internal import Provenance

extension Ledger {
  /// The hash over all rows of all projections.
  ///
  /// SHA-256 of `winnow projections v1` ‖ 0A ‖ u64 size of the log, then for each table in the order of
  /// `ProjectionTable`: its name, its rows by the bytes of their keys, each as key and document, and an
  /// end; name, key and document each as u32 length ‖ UTF-8, an end as FF FF FF FF; big-endian.
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
    for table in ProjectionTable.allCases {
      update(&hasher, Array(table.rawValue.utf8))
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT \(Row.wholeText("key")), \(Row.wholeText("document"))
          FROM \(Schema.name(of: table)) ORDER BY key
          """)
      while let row = try rows.next() {
        update(&hasher, row.bytes(0) ?? [])
        update(&hasher, row.bytes(1) ?? [])
      }
      hasher.update([0xff, 0xff, 0xff, 0xff])
    }
    return hasher.digest()
  }

  private static func update(_ hasher: inout SHA256, _ bytes: [UInt8]) {
    let count = UInt32(truncatingIfNeeded: bytes.count)
    hasher.update((0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) })
    hasher.update(bytes)
  }
}
