internal import GRDB
internal import LedgerCrypto
package import Provenance

/// The log as any version can read it, a later one's kinds included.
extension Ledger {
  /// Gives every entry to `body`, the oldest first, until it gives false.
  ///
  /// One commit is read. Memory: one entry.
  ///
  /// - Throws: ``LedgerFailure/damaged(_:)`` where the bytes are no entry of any version.
  package func forEachRawEntry(_ body: (UInt64, RawEntry) throws -> Bool) throws {
    try storing {
      try database.read { db in
        let rows = try Row.fetchCursor(
          db, sql: "SELECT sequence, entry FROM event ORDER BY sequence")
        var sequence: UInt64 = 0
        while let row = try rows.next() {
          guard row.integer(0) == sequence.stored, let bytes = row.bytes(1),
            let entry = try? RawEntry(bytes: bytes)
          else { throw LedgerFailure.damaged("sequence \(sequence)") }
          guard try body(sequence, entry) else { return }
          sequence += 1
        }
      }
    }
  }
}
