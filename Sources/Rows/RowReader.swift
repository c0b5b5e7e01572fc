internal import CanonicalJSON
internal import LedgerCrypto

/// Reads the rows of one chunk: whole records of one file, header excluded.
///
/// Holds no bytes: the caller passes the same span to every call, and may read many chunks at once
/// with a reader each. Buffers are reused; nothing is allocated for a row once they have grown.
/// ```
/// while try reader.next(in: chunk) {
///   let tags = try reader.tags(in: chunk)
///   // reader.record is the row's range in the chunk
/// }
/// ```
package struct RowReader: Sendable {
  /// The most bytes of one record, its line end included: 16 MiB.
  package static let maximumRecordLength = 16 << 20

  /// The mapping that ``tags(in:)`` follows.
  package let projection: RowProjection
  /// The row read last, counted from the first row that the reader was given.
  package private(set) var row: Int
  /// The bytes of the row read last, its line end included when it has one.
  package private(set) var record = 0..<0
  private var csv: CSVScanner
  private var lines: JSONLinesScanner
  let isCSV: Bool
  private var encoder = CellEncoder()
  private var cells: [UInt8] = []
  private var ends: [Int]

  /// Starts at `offset` of a chunk whose first row is the file's row `firstRow`, counted from 1.
  ///
  /// A caller that does not know it yet leaves 1 and shifts an error later.
  package init(_ projection: RowProjection, at offset: Int = 0, firstRow: Int = 1) {
    precondition(offset >= 0 && firstRow >= 1, "offsets count from 0 and rows from 1")
    self.projection = projection
    isCSV = projection.file.format == .csv
    csv = CSVScanner(columns: isCSV ? projection.file.names.count : 0, at: offset)
    let file = projection.file
    lines =
      switch file.format {
      case .csv: JSONLinesScanner(columns: [])
      case .jsonLines:
        JSONLinesScanner(
          columns: file.names, carryingOthers: projection.carriesOthers, at: offset)
      case .stored:
        JSONLinesScanner(
          columns: file.names.indices.map { "\($0)" }, numbers: .asWrittenOrWord, at: offset)
      }
    row = firstRow - 1
    ends = Array(repeating: 0, count: projection.slots.count)
    cells.reserveCapacity(1024)
  }

  /// Reads the next row's structure; `false` when the chunk is at its end.
  package mutating func next(in chunk: Span<UInt8>) throws(RowError) -> Bool {
    do {
      guard try isCSV ? csv.next(in: chunk) : lines.next(in: chunk) else { return false }
    } catch {
      throw refusal(error.reason, column: error.column, row: row + 1)
    }
    record = isCSV ? csv.record : lines.record
    row += 1
    return true
  }

  /// The key and digest of the row read last.
  package mutating func tags(in chunk: Span<UInt8>) throws(RowError) -> RowTags {
    try encode(in: chunk)
    let contentEnd = ends[projection.content.count - 1]
    let digest = projection.hasher.digest(cells.span.extracting(0..<contentEnd))
    return RowTags(key: key(), digest: digest)
  }

  private func key() -> Digest {
    var hasher = projection.hasher.startedKey
    for slot in projection.identitySlots {
      let start = slot == 0 ? 0 : ends[slot - 1]
      hasher.update(cells.span.extracting(start..<ends[slot]))
    }
    return projection.hasher.finish(hasher)
  }

  private mutating func encode(in chunk: Span<UInt8>) throws(RowError) {
    cells.removeAll(keepingCapacity: true)
    for index in projection.slots.indices {
      do {
        guard let column = projection.slots[index].fileColumn else {
          CellBytes.appendNull(to: &cells)
          ends[index] = cells.count
          continue
        }
        try encoder.append(
          field(column), as: projection.slots[index].rule, isCSV: isCSV, in: chunk, to: &cells)
      } catch {
        throw refusal(error, column: projection.slots[index].fileColumn, row: row)
      }
      ends[index] = cells.count
    }
  }

  /// The names of members that are no column and were passed over.
  package var carried: Set<[UInt8]> { lines.others.names }

  /// A field of the row read last, by its place among the file's columns.
  func field(_ column: Int) -> Field { isCSV ? csv.fields[column] : lines.fields[column] }

  /// Where the value of a column of the file stands in the chunk, when that needs no unescaping.
  ///
  /// `nil` for null and for text with escapes; then ``appendValue(ofColumn:in:to:)`` tells them apart.
  package func plainValue(ofColumn column: Int) -> Range<Int>? {
    let field = field(column)
    return field.kind == .text || field.kind == .number ? field.range : nil
  }

  /// Appends the value of a column of the file, unescaped, and gives `false` when it is null.
  ///
  /// Numbers, arrays and objects are appended as written; `true` and `false` as words.
  package func appendValue(
    ofColumn column: Int, in chunk: Span<UInt8>, to output: inout [UInt8]
  ) throws(RowError) -> Bool {
    let field = field(column)
    switch field.kind {
    case .absent, .null: return false
    case .true: output.append(contentsOf: "true".utf8)
    case .false: output.append(contentsOf: "false".utf8)
    case .text, .number, .array, .object:
      output.append(copying: chunk.extracting(field.range))
    case .escapedText where isCSV:
      CSVText.unescape(chunk.extracting(field.range), into: &output)
    case .escapedText:
      do {
        try CellEncoder.unescape(field.range, of: chunk, into: &output)
      } catch {
        throw refusal(error, column: column, row: row)
      }
    }
    return true
  }

  func refusal(_ reason: RowReason, column: Int?, row: Int) -> RowError {
    RowError(row: row, column: column.map { projection.file.names[$0] }, reason: reason)
  }
}
