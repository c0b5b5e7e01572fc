internal import Files
internal import Rows

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

extension ReleaseChunk {
  /// Which rows go, of a file that is rewritten as a whole.
  func drop(
    _ removal: KeyTable, _ counted: RowInsertion.Marks?, _ batch: inout RowBatch
  ) throws(DatasetFailure) -> (rows: Int, found: CleanedChunk) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    var marks = counted
    var dropped: [Int] = []
    var before = 0
    while true {
      let isRow: Bool
      do throws(RowError) {
        isRow = try reader.next(in: chunk)
        if isRow { try batch.append(reader, in: chunk) }
      } catch {
        throw .row(shard: part.shard.name, error)
      }
      if isRow, !batch.isFull { continue }
      batch.hash()
      for place in 0..<batch.hashed {
        let key = batch.key(at: place)
        marks?.note(key, at: before + place)
        if removal.contains(key) { dropped.append(before + place) }
      }
      before = reader.row
      if !isRow { break }
    }
    return (
      reader.row,
      CleanedChunk(
        content: .without(dropped, of: reader.row, marks), removed: UInt64(dropped.count))
    )
  }
}
