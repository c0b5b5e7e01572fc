extension FileSchema {
  /// Reads the header of a CSV file; columns are text unless `types` has a type for them.
  ///
  /// Some of the types may be of columns of other files. One leading byte order mark is dropped. `bytes` holds at least the whole header.
  package init(
    csv bytes: Span<UInt8>, types: DeclaredTypes = [:]
  ) throws(SchemaError) {
    let start = Self.endOfMark(in: bytes)
    guard start < bytes.count else {
      throw .row(RowError(row: 0, column: nil, reason: .noHeader))
    }
    let columns = Self.fieldCount(in: bytes, from: start)
    guard columns <= Self.maximumColumns else { throw .column(.tooMany) }
    var scanner = CSVScanner(columns: columns, at: start)
    do {
      _ = try scanner.next(in: bytes)
    } catch {
      throw .row(RowError(row: 0, column: nil, reason: error.reason))
    }
    var names: [String] = []
    var seen: Set<[UInt8]> = []
    for field in scanner.fields {
      var name: [UInt8] = []
      CSVText.unescape(bytes.extracting(field.range), into: &name)
      let text = String(decoding: name, as: UTF8.self)
      guard seen.insert(name).inserted else { throw .column(.duplicate(text)) }
      names.append(text)
    }
    self.init(
      format: .csv, names: names,
      evidence: names.map { types[$0].map(Evidence.declared) ?? .text },
      dataStart: scanner.offset)
  }

  /// One more than the commas outside of quotes in the first record, up to the most allowed.
  private static func fieldCount(in bytes: Span<UInt8>, from start: Int) -> Int {
    var count = 1
    var isInside = false
    var index = start
    while index < bytes.count, count <= maximumColumns,
      index - start < RowReader.maximumRecordLength
    {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if !isInside {
        if byte == UInt8(ascii: ",") { count += 1 }
        if byte == 0x0a { break }
      }
      index += 1
    }
    return count
  }
}
