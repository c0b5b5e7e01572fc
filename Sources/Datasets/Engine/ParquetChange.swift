/// Which rows leave a file, and which come back into it.
struct ParquetChange: Sendable {
  /// A row of an older release's file, and the row that it comes before.
  struct Inserted: Sendable {
    let row: PlacedRow
    /// Counted from 0 in the file; past all of them for what comes last.
    let at: UInt64
  }

  /// The rows that go, counted from 0, ascending.
  private(set) var dropped: [UInt64] = []
  /// The rows that come, in their order.
  private(set) var inserted: [Inserted] = []
  /// Rows that were looked at.
  private var rows: UInt64 = 0

  var isEmpty: Bool { dropped.isEmpty && inserted.isEmpty }

  /// Takes a chunk of so many rows; numbers count from its first one.
  mutating func take(
    dropping: [Int], of count: Int, inserting: [(at: Int, row: PlacedRow)]
  ) {
    dropped += dropping.map { rows + UInt64($0) }
    inserted += inserting.map { Inserted(row: $0.row, at: rows + UInt64($0.at)) }
    rows += UInt64(count)
  }

  /// Takes what comes after all rows.
  mutating func end(inserting: [PlacedRow]) {
    inserted += inserting.map { Inserted(row: $0, at: rows) }
  }
}
