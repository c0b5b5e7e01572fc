internal import CanonicalJSON

extension FileSchema {
  /// How many rows tell the columns and types of JSON Lines: 10,000.
  package static let inferenceRows = 10_000

  /// Reads the columns of JSON Lines, in order of first appearance, and their types from the first rows.
  ///
  /// `bytes` holds the first 10,000 rows whole, or the whole file. Only true and false: bool. Every
  /// number in int grammar and range: int. Other numbers: float64. Strings: string. No value: string.
  /// Anything else is undetermined, and refused when it is committed without a type.
  ///
  /// - Parameters:
  ///   - bytes: Whole rows.
  ///   - types: Types given for columns, which then count instead.
  ///   - known: Columns that the dataset has; one that the rows lack follows theirs, all null so far.
  /// - Throws: ``SchemaError`` for a row that is refused, and for a type that no column has.
  package init(
    jsonLines bytes: Span<UInt8>, types: DeclaredTypes = [:], known: [Column] = []
  ) throws(SchemaError) {
    var inference = Inference()
    try inference.read(bytes)
    for column in known { _ = inference.column(Array(column.name.utf8)) }
    let names = inference.names.map { String(decoding: $0, as: UTF8.self) }
    guard !names.isEmpty else { throw .column(.none) }
    guard names.count <= Self.maximumColumns else { throw .column(.tooMany) }
    try types.requireAll(in: names)
    var evidence = inference.evidence
    for (index, name) in names.enumerated() {
      if let type = types[name] { evidence[index] = .declared(type) }
    }
    self.init(format: .jsonLines, names: names, evidence: evidence, dataStart: 0)
  }
}

/// What the rows read so far tell of columns.
private struct Inference {
  private(set) var names: [[UInt8]] = []
  private(set) var evidence: [FileSchema.Evidence] = []
  private var columns: [[UInt8]: Int] = [:]
  /// The row in which each column was met last, to find duplicates.
  private var lastRow: [Int] = []

  /// The place of the column of that name, which is new when it was not met before.
  mutating func column(_ name: [UInt8]) -> Int {
    if let column = columns[name] { return column }
    columns[name] = names.count
    names.append(name)
    evidence.append(.onlyNull)
    lastRow.append(0)
    return names.count - 1
  }

  mutating func read(_ bytes: Span<UInt8>) throws(SchemaError) {
    var offset = 0
    var row = 0
    while row < FileSchema.inferenceRows, offset < bytes.count {
      row += 1
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
      let isInteger = (try? IntegerText(line.extracting(field.range))) != nil
      new = .inferred(isInteger ? .int : .float64)
    case .array, .object: new = .undetermined
    }
    evidence[column] =
      switch (evidence[column], new) {
      case (.onlyNull, _): new
      case (.inferred(.int), .inferred(.float64)), (.inferred(.float64), .inferred(.int)):
        .inferred(.float64)
      case (let old, _): old == new ? old : .undetermined
      }
  }
}
