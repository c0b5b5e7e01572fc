internal import CanonicalJSON
internal import LedgerCrypto

/// Finds the members of one JSON Lines record after another, allocating nothing for each.
///
/// Refused: anything but one object on each line, empty lines, unknown members unless they are carried,
/// duplicate members, and what ``JSONTokenizer`` refuses. A line ends with a line feed or with the bytes.
struct JSONLinesScanner: Sendable {
  /// The offset of the first byte after the records read.
  private(set) var offset: Int
  /// The record read last, its line end included.
  private(set) var record = 0..<0
  /// Its members, in the order of the columns.
  private(set) var fields: [Field]
  private let lookup: ColumnLookup
  /// Reads most lines.
  private let plain: PlainLine?
  private var name: [UInt8] = []
  /// Whether members that are no column are carried rather than refused.
  private let carriesOthers: Bool
  /// Those that were met.
  private(set) var others = CarriedMembers()

  private let numbers: JSONTokenizer.NumberPolicy

  init(
    columns: [String], carryingOthers carriesOthers: Bool = false,
    numbers: JSONTokenizer.NumberPolicy = .asWritten, at offset: Int = 0
  ) {
    self.offset = offset
    self.numbers = numbers
    self.carriesOthers = carriesOthers
    lookup = ColumnLookup(columns)
    plain = PlainLine(columns)
    fields = Array(repeating: .absent, count: columns.count)
  }

  /// Reads the next record; `false` when there is none.
  mutating func next(in bytes: Span<UInt8>) throws(RowFault) -> Bool {
    guard offset < bytes.count else { return false }
    let start = offset
    let isCut = bytes.count - start > RowReader.maximumRecordLength
    let window = bytes.extracting(
      start..<(isCut ? start + RowReader.maximumRecordLength : bytes.count))
    if let end = readPlain(window, base: start, isCut: isCut) {
      offset = start + end
      record = start..<offset
      return true
    }
    for column in fields.indices { fields[column].kind = .absent }
    let end: Int
    do {
      end = try members(in: window, base: start)
    } catch {
      // A window that is cut stops inside the record, whatever the tokenizer made of that.
      if isCut, error.reason == .notJSON,
        LineBoundaries.endOfRecord(in: window, from: 0) == window.count
      {
        throw RowFault(.recordTooLong)
      }
      throw error
    }
    if isCut, end == window.count, window[end - 1] != 0x0a { throw RowFault(.recordTooLong) }
    offset = start + end
    record = start..<offset
    return true
  }

  private mutating func readPlain(_ window: Span<UInt8>, base: Int, isCut: Bool) -> Int? {
    guard let plain else { return nil }
    var span = fields.mutableSpan
    return plain.read(window, base: base, isCut: isCut, into: &span)
  }

  /// Reads the members of the object that `window` begins with; gives the offset after its line.
  private mutating func members(in window: Span<UInt8>, base: Int) throws(RowFault) -> Int {
    var tokenizer = JSONTokenizer(numbers: numbers, extent: .line)
    try Self.begin(&tokenizer, in: window)
    var guess = 0
    var count = 0
    while case .name(let range, let isEscaped) = try Self.token(&tokenizer, in: window, column: nil)
    {
      count += 1
      let found: Int?
      if isEscaped {
        name.removeAll(keepingCapacity: true)
        try Self.unescape(range, of: window, into: &name)
        found = lookup.column(name.span, guess: guess)
      } else {
        found = lookup.column(window.extracting(range), guess: guess)
      }
      guard let column = found else {
        guard carriesOthers else { throw RowFault(.unknownMember(count)) }
        if !isEscaped {
          name.removeAll(keepingCapacity: true)
          name.append(copying: window.extracting(range))
        }
        try others.meet(name, inRowAt: base)
        _ = try Self.value(&tokenizer, in: window, column: nil)
        continue
      }
      guard fields[column].kind == .absent else { throw RowFault(.duplicateMember, column: column) }
      var field = try Self.value(&tokenizer, in: window, column: column)
      field.range = base + field.range.lowerBound..<base + field.range.upperBound
      fields[column] = field
      guess = column + 1
    }
    _ = try Self.token(&tokenizer, in: window, column: nil)
    return tokenizer.offset
  }

  /// Reads the brace that opens a row.
  static func begin(
    _ tokenizer: inout JSONTokenizer, in window: Span<UInt8>
  ) throws(RowFault) {
    if isEmptyLine(window) { throw RowFault(.emptyLine) }
    guard try token(&tokenizer, in: window, column: nil) == .beginObject else {
      throw RowFault(.notAnObject)
    }
  }

  private static func isEmptyLine(_ window: Span<UInt8>) -> Bool {
    var index = 0
    while index < window.count, window[index] <= 0x20 {
      if window[index] == 0x0a { return true }
      index += 1
    }
    return index == window.count
  }

  /// Reads one value, whole arrays and objects included.
  static func value(
    _ tokenizer: inout JSONTokenizer, in window: Span<UInt8>, column: Int?
  ) throws(RowFault) -> Field {
    switch try token(&tokenizer, in: window, column: column) {
    case .null: return Field(range: 0..<0, kind: .null)
    case .bool(let value): return Field(range: 0..<0, kind: value ? .true : .false)
    case .string(let range, let isEscaped):
      return Field(range: range, kind: isEscaped ? .escapedText : .text)
    case .number(let range): return Field(range: range, kind: .number)
    case .beginArray: return try container(.array, &tokenizer, in: window, column: column)
    case .beginObject: return try container(.object, &tokenizer, in: window, column: column)
    case .integer, .name, .endArray, .endObject, .end:
      throw RowFault(.notJSON, column: column)
    }
  }

  private static func container(
    _ kind: Field.Kind, _ tokenizer: inout JSONTokenizer, in window: Span<UInt8>, column: Int?
  ) throws(RowFault) -> Field {
    let start = tokenizer.offset - 1
    let outside = tokenizer.depth - 1
    while tokenizer.depth > outside { _ = try token(&tokenizer, in: window, column: column) }
    return Field(range: start..<tokenizer.offset, kind: kind)
  }

  /// The next token, its error turned into a fault of the column.
  static func token(
    _ tokenizer: inout JSONTokenizer, in window: Span<UInt8>, column: Int?
  ) throws(RowFault) -> JSONTokenizer.Token {
    do {
      return try tokenizer.next(in: window)
    } catch {
      throw RowFault(RowReason(error, in: window), column: column)
    }
  }

  static func unescape(
    _ range: Range<Int>, of window: Span<UInt8>, into output: inout [UInt8]
  ) throws(RowFault) {
    do {
      try JSONStringSpelling.unescape(range, of: window, into: &output)
    } catch {
      throw RowFault(RowReason(error, in: window))
    }
  }
}

extension RowReason {
  /// What a JSON error in `text` means for a row.
  init(_ error: JSONError, in text: Span<UInt8>) {
    switch error {
    case .unexpectedByte(let offset) where Self.isNotFinite(text, at: offset),
      .invalidNumber(let offset) where Self.isNotFinite(text, at: offset):
      self = .notFinite
    case .invalidUTF8: self = .invalidUTF8
    case .loneSurrogate: self = .loneSurrogate
    case .tooDeep: self = .tooDeep
    default: self = .notJSON
    }
  }

  /// Whether one of the words for floats that JSON has not stands at `offset`.
  private static func isNotFinite(_ text: Span<UInt8>, at offset: Int) -> Bool {
    var start = offset
    if start < text.count, text[start] == UInt8(ascii: "-") { start += 1 }
    return ["NaN", "Infinity"].contains { (word: String) in
      guard text.count - start >= word.utf8.count else { return false }
      return zip(word.utf8, start..<text.count).allSatisfy { $0 == text[$1] }
    }
  }
}
