internal import CanonicalJSON
internal import LedgerCrypto

/// Finds the fields of one CSV record after another (RFC 4180), allocating nothing for each.
///
/// Refused: an empty line, a quote inside an unquoted field, bytes after a closing quote, a carriage return outside
/// of quotes that no line feed follows, a missing closing quote, invalid UTF-8, another number of
/// fields than the header, a record beyond ``RowReader/maximumRecordLength``.
struct CSVScanner: Sendable {
  /// The offset of the first byte after the records read.
  private(set) var offset: Int
  /// The record read last, its line end included.
  private(set) var record = 0..<0
  /// Its fields, in the order of the header.
  private(set) var fields: [Field]

  init(columns: Int, at offset: Int = 0) {
    self.offset = offset
    fields = Array(repeating: .absent, count: columns)
  }

  /// The bytes that end an unquoted field, or may not stand in one.
  private static let marks = ByteScan.Marks(
    UInt8(ascii: ","), UInt8(ascii: "\""), 0x0a, 0x0d)

  /// Reads the next record; `false` when there is none.
  mutating func next(in bytes: Span<UInt8>) throws(RowFault) -> Bool {
    guard offset < bytes.count else { return false }
    let start = offset
    let isCut = bytes.count - start > RowReader.maximumRecordLength
    let window = bytes.extracting(
      start..<(isCut ? start + RowReader.maximumRecordLength : bytes.count))
    var column = 0
    var index = 0
    if Self.isEmptyLine(window) { throw RowFault(.emptyLine) }
    while true {
      guard column < fields.count else { throw RowFault(.ragged(expected: fields.count)) }
      let end: Int
      if index < window.count, window[index] == UInt8(ascii: "\"") {
        end = try quoted(in: window, at: index, base: start, column: column, isCut: isCut)
      } else {
        end = try unquoted(in: window, at: index, base: start, column: column, isCut: isCut)
      }
      column += 1
      index = end + 1
      if end < window.count, window[end] == UInt8(ascii: ",") { continue }
      if end < window.count, window[end] == 0x0d { index += 1 }
      break
    }
    guard column == fields.count else { throw RowFault(.ragged(expected: fields.count)) }
    offset = min(start + index, bytes.count)
    record = start..<offset
    return true
  }

  private static func isEmptyLine(_ window: Span<UInt8>) -> Bool {
    window[0] == 0x0a || window[0] == 0x0d && window.count > 1 && window[1] == 0x0a
  }

  /// Reads a field up to the separator, line end or end of bytes at the offset that it gives.
  private mutating func unquoted(
    in window: Span<UInt8>, at start: Int, base: Int, column: Int, isCut: Bool
  ) throws(RowFault) -> Int {
    let (index, isASCII) = ByteScan.first(of: Self.marks, in: window, from: start)
    if index < window.count {
      switch window[index] {
      case 0x0d: try requireLineFeed(in: window, after: index, column: column, isCut: isCut)
      case UInt8(ascii: "\""): throw RowFault(.bareQuote, column: column)
      default: break
      }
    }
    if index == window.count, isCut { throw RowFault(.recordTooLong) }
    try requireUTF8(start..<index, in: window, isASCII: isASCII, column: column)
    fields[column] = Field(range: base + start..<base + index, kind: .text)
    return index
  }

  /// Reads a field from its opening quote on, as ``unquoted(in:at:base:column:isCut:)`` does.
  private mutating func quoted(
    in window: Span<UInt8>, at quote: Int, base: Int, column: Int, isCut: Bool
  ) throws(RowFault) -> Int {
    let start = quote + 1
    var index = start
    var isASCII = true
    var kind = Field.Kind.text
    while true {
      let found = ByteScan.first(UInt8(ascii: "\""), in: window, from: index)
      index = found.offset
      isASCII = isASCII && found.isASCII
      guard index < window.count else {
        throw isCut ? RowFault(.recordTooLong) : RowFault(.unterminatedQuote, column: column)
      }
      guard index + 1 < window.count, window[index + 1] == UInt8(ascii: "\"") else { break }
      kind = .escapedText
      index += 2
    }
    try requireUTF8(start..<index, in: window, isASCII: isASCII, column: column)
    fields[column] = Field(range: base + start..<base + index, kind: kind)
    let end = index + 1
    guard end < window.count else {
      if isCut { throw RowFault(.recordTooLong) }
      return end
    }
    switch window[end] {
    case UInt8(ascii: ","), 0x0a: break
    case 0x0d: try requireLineFeed(in: window, after: end, column: column, isCut: isCut)
    default: throw RowFault(.bareQuote, column: column)
    }
    return end
  }

  private func requireLineFeed(
    in window: Span<UInt8>, after index: Int, column: Int, isCut: Bool
  ) throws(RowFault) {
    guard index + 1 < window.count else {
      throw isCut ? RowFault(.recordTooLong) : RowFault(.bareCarriageReturn, column: column)
    }
    guard window[index + 1] == 0x0a else { throw RowFault(.bareCarriageReturn, column: column) }
  }

  private func requireUTF8(
    _ range: Range<Int>, in window: Span<UInt8>, isASCII: Bool, column: Int
  ) throws(RowFault) {
    guard isASCII || UTF8Sequence.isValid(window.extracting(range)) else {
      throw RowFault(.invalidUTF8, column: column)
    }
  }
}

/// The text of quoted fields.
enum CSVText {
  /// Appends the bytes of a field from between its quotes, each doubled quote once.
  static func unescape(_ text: Span<UInt8>, into output: inout [UInt8]) {
    var start = 0
    while start < text.count {
      let quote = ByteScan.first(UInt8(ascii: "\""), in: text, from: start).offset
      // The first quote of two is kept.
      output.append(copying: text.extracting(start..<min(quote + 1, text.count)))
      start = quote + 2
    }
  }
}
