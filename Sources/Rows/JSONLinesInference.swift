internal import CanonicalJSON

extension FileSchema {
  /// How many rows tell the columns and types of JSON Lines: 10,000.
  package static let inferenceRows = 10_000

  /// Reads the columns of JSON Lines, in order of first appearance, and their types from the first rows.
  ///
  /// One leading byte order mark is dropped. `bytes` holds the first 10,000 rows whole, or the whole
  /// file. Only true and false: bool. Every number in int grammar and range: int. Other numbers:
  /// float64. Strings: string. No value: string. Anything else settles no type, and is refused when
  /// it is committed without one; so is an integer that no integer type holds.
  ///
  /// - Parameters:
  ///   - bytes: Whole rows.
  ///   - types: Types given for columns, which then count instead; some may be of other files.
  /// - Throws: ``SchemaError`` for a row that is refused.
  package init(
    jsonLines bytes: Span<UInt8>, types: DeclaredTypes = [:]
  ) throws(SchemaError) {
    let start = Self.endOfMark(in: bytes)
    var inference = Inference()
    try inference.read(bytes, from: start)
    let names = inference.names.map { String(decoding: $0, as: UTF8.self) }
    guard names.count <= Self.maximumColumns else { throw .column(.tooMany) }
    var evidence = inference.evidence
    for (index, name) in names.enumerated() {
      if let type = types[name] { evidence[index] = .declared(type) }
    }
    self.init(
      format: .jsonLines, names: names, evidence: evidence, dataStart: start,
      hasRows: inference.rows > 0)
  }

  /// The offset after a byte order mark that `bytes` begin with, or 0.
  static func endOfMark(in bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
  }
}

/// What the rows read so far tell of columns.
private struct Inference {
  private(set) var names: [[UInt8]] = []
  private(set) var evidence: [FileSchema.Evidence] = []
  private var columns: [[UInt8]: Int] = [:]
  /// The row in which each column was met last, to find duplicates.
  private var lastRow: [Int] = []

  /// Rows that were read.
  private(set) var rows = 0

  /// The place of the column of that name, which is new when it was not met before.
  private mutating func column(_ name: [UInt8]) -> Int {
    if let column = columns[name] { return column }
    columns[name] = names.count
    names.append(name)
    evidence.append(.onlyNull)
    lastRow.append(0)
    return names.count - 1
  }

  mutating func read(_ bytes: Span<UInt8>, from start: Int) throws(SchemaError) {
    var offset = start
    while rows < FileSchema.inferenceRows, offset < bytes.count {
      rows += 1
      let row = rows
      let end = LineBoundaries.endOfRecord(in: bytes, from: offset)
      guard end - offset <= RowReader.maximumRecordLength else {
        throw .row(RowError(row: row, column: nil, reason: .recordTooLong))
      }
      do {
        try read(bytes.extracting(offset..<end), row: row)
      } catch {
        let column = error.column.map { String(decoding: names[$0], as: UTF8.self) }
        throw .row(RowError(row: row, column: column, reason: error.reason))
      }
      guard names.count <= FileSchema.maximumColumns else { throw .column(.tooMany) }
      offset = end
    }
  }

  private mutating func read(_ line: Span<UInt8>, row: Int) throws(RowFault) {
    var tokenizer = JSONTokenizer(numbers: .asWritten, extent: .line)
    try JSONLinesScanner.begin(&tokenizer, in: line)
    while case .name(let range, _) = try JSONLinesScanner.token(&tokenizer, in: line, column: nil) {
      var name: [UInt8] = []
      try JSONLinesScanner.unescape(range, of: line, into: &name)
      let column = column(name)
      if lastRow[column] == row { throw RowFault(.duplicateMember, column: column) }
      lastRow[column] = row
      let field = try JSONLinesScanner.value(&tokenizer, in: line, column: column)
      note(field, in: line, column: column)
      if names.count > FileSchema.maximumColumns { return }
    }
    _ = try JSONLinesScanner.token(&tokenizer, in: line, column: nil)
  }

  private mutating func note(_ field: Field, in line: Span<UInt8>, column: Int) {
    let new: FileSchema.Evidence
    switch field.kind {
    case .null, .absent: return
    case .true, .false: new = .inferred(.bool)
    case .text, .escapedText: new = .inferred(.string)
    case .number:
      do {
        _ = try IntegerText(line.extracting(field.range))
        new = .inferred(.int)
      } catch .integerOutOfRange {
        new = .undetermined(.bigInteger(row: rows))
      } catch {
        new = .inferred(.float64)
      }
    case .array: new = .undetermined(.lists)
    case .object: new = .undetermined(.objects)
    }
    evidence[column] = evidence[column].united(with: new)
  }
}
