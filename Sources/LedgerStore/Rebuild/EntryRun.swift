internal import Foundation
internal import GRDB
internal import Provenance

/// Some entries of the log as they are stored, one after the other in one piece of memory: another
/// thread takes them apart, which then owns what it makes.
struct EntryRun: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var count: Int { ends.count }

  /// What the bytes say, in order; `nil` for what is no entry.
  var entries: [Entry?] {
    var start = 0
    return ends.map { end in
      defer { start = end }
      return try? Entry(bytes: Array(bytes[start..<end]))
    }
  }

  /// Calls `body` with the entries from `start` on, at most `limit`, in runs of `size`.
  static func forEach(
    _ db: Database, from start: UInt64, limit: Int, runs size: Int, _ body: (EntryRun) -> Void
  ) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT sequence, entry FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?")
    let rows = try Row.fetchCursor(statement, arguments: [start.stored, limit])
    var run = EntryRun()
    var sequence = start
    while let row = try rows.next() {
      guard row.integer(0) == sequence.stored else {
        throw LedgerFailure.damaged("sequence \(sequence)")
      }
      // Without a copy of its own for each; what a damaged file holds instead is read as strictly.
      try row.withUnsafeData(atIndex: 1) { run.bytes.append(contentsOf: $0 ?? Data()) }
      run.ends.append(run.bytes.count)
      sequence += 1
      if run.count == size {
        body(run)
        run = EntryRun()
        run.bytes.reserveCapacity(size * 1_024)
      }
    }
    if run.count > 0 { body(run) }
  }
}
