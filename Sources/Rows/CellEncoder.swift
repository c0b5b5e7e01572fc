internal import CanonicalJSON
internal import LedgerCrypto

/// Converts fields into canonical cells, appended to a reused buffer.
struct CellEncoder: Sendable {
  private var scratch: [UInt8] = []

  /// Appends the cell of a field of either format.
  mutating func append(
    _ field: Field, as rule: CellRule, isCSV: Bool, in chunk: Span<UInt8>, to cells: inout [UInt8]
  ) throws(RowReason) {
    if isCSV {
      try appendCSV(field, as: rule, in: chunk, to: &cells)
    } else {
      try appendJSON(field, as: rule, in: chunk, to: &cells)
    }
  }

  /// Appends the cell of a CSV field.
  ///
  /// An empty field, quoted or not, is the empty string, and null for any other type. Bytes are
  /// hexadecimal digits of either case; a list is the text of a JSON array.
  mutating func appendCSV(
    _ field: Field, as rule: CellRule, in chunk: Span<UInt8>, to cells: inout [UInt8]
  ) throws(RowReason) {
    let text = chunk.extracting(field.range)
    switch (rule, field.kind) {
    case (.string, .text):
      CellBytes.appendHeader(.string, count: text.count, to: &cells)
      cells.append(copying: text)
    case (.string, _):
      let start = cells.count
      CellBytes.appendHeader(.string, count: 0, to: &cells)
      let content = cells.count
      CSVText.unescape(text, into: &cells)
      CellBytes.setCount(cells.count - content, ofHeaderAt: start, in: &cells)
    case (_, .escapedText):
      scratch.removeAll(keepingCapacity: true)
      CSVText.unescape(text, into: &scratch)
      try Self.appendText(scratch.span, as: rule, to: &cells)
    default:
      if text.isEmpty { return CellBytes.appendNull(to: &cells) }
      try Self.appendText(text, as: rule, to: &cells)
    }
  }

  /// Appends the cell of a JSON value; an absent member is null.
  mutating func appendJSON(
    _ field: Field, as rule: CellRule, in chunk: Span<UInt8>, to cells: inout [UInt8]
  ) throws(RowReason) {
    switch (rule, field.kind) {
    case (_, .absent), (_, .null):
      CellBytes.appendNull(to: &cells)
    case (.string, .text):
      let text = chunk.extracting(field.range)
      CellBytes.appendHeader(.string, count: text.count, to: &cells)
      cells.append(copying: text)
    case (.string, .escapedText):
      let start = cells.count
      CellBytes.appendHeader(.string, count: 0, to: &cells)
      let content = cells.count
      try Self.unescape(field.range, of: chunk, into: &cells)
      CellBytes.setCount(cells.count - content, ofHeaderAt: start, in: &cells)
    case (.written, .true), (.json, .true):
      try Self.appendText(JSONLiterals.true.span, as: .string, to: &cells)
    case (.written, .false), (.json, .false):
      try Self.appendText(JSONLiterals.false.span, as: .string, to: &cells)
    case (.json, .text), (.json, .escapedText):
      // The range of a string is without its quotes.
      let spelled = field.range.lowerBound - 1..<field.range.upperBound + 1
      try Self.appendText(chunk.extracting(spelled), as: .json, to: &cells)
    case (.written, .text), (.written, .escapedText):
      try appendJSON(field, as: .string, in: chunk, to: &cells)
    case (.written, .number):
      try Self.appendText(chunk.extracting(field.range), as: .string, to: &cells)
    case (.json, _):
      try Self.appendText(chunk.extracting(field.range), as: .json, to: &cells)
    case (.bool, .true): CellBytes.append(true, to: &cells)
    case (.bool, .false): CellBytes.append(false, to: &cells)
    case (.int, .number), (.float64, .number), (.float32, .number), (.exactFloat64, .number),
      (.exactFloat32, .number), (.widenedFloat32, .number), (.microseconds, .number),
      (.bytes, .text), (.timestamp, .text), (.list, .array):
      try Self.appendText(chunk.extracting(field.range), as: rule, to: &cells)
    case (.bytes, .escapedText), (.timestamp, .escapedText):
      scratch.removeAll(keepingCapacity: true)
      try Self.unescape(field.range, of: chunk, into: &scratch)
      try Self.appendText(scratch.span, as: rule, to: &cells)
    case (_, .object):
      throw .object
    default:
      throw .wrongType(expected: rule.source)
    }
  }

  /// Appends the cell that `text`, without quotes or escapes, spells; not for strings.
  private static func appendText(
    _ text: Span<UInt8>, as rule: CellRule, to cells: inout [UInt8]
  ) throws(RowReason) {
    switch rule {
    case .string, .written:
      CellBytes.appendHeader(.string, count: text.count, to: &cells)
      cells.append(copying: text)
    case .json:
      guard let canonical = try CanonicalJSONText.bytes(of: text) else {
        return CellBytes.appendNull(to: &cells)
      }
      try appendText(canonical.span, as: .string, to: &cells)
    case .bool:
      if equals(text, JSONLiterals.true) {
        CellBytes.append(true, to: &cells)
      } else if equals(text, JSONLiterals.false) {
        CellBytes.append(false, to: &cells)
      } else {
        throw .notBool
      }
    case .int, .float64, .exactFloat64, .widenedFloat32, .timestamp, .microseconds:
      guard let word = try word(text, as: rule) else { throw .notNumber }
      CellBytes.append(word, to: &cells)
    case .float32:
      CellBytes.append(try float32(text), to: &cells)
    case .exactFloat32:
      let value = try DecimalText(text).float32(text)
      try IntegerText.requireExact(Double(value), of: text)
      CellBytes.append(value, to: &cells)
    case .bytes:
      try appendHexadecimal(text, to: &cells)
    case .list(let element):
      try appendList(text, of: element, to: &cells)
    }
  }

  /// The cell of a number or time that stands in the chunk as it is and that takes a word; `nil` for
  /// any other, which ``append(_:as:isCSV:in:to:)`` takes.
  static func word(
    of field: Field, as rule: CellRule, isCSV: Bool, in chunk: Span<UInt8>
  ) throws(RowReason) -> CellBytes.Word? {
    if isCSV {
      guard field.kind == .text, !field.range.isEmpty else { return nil }
    } else if case .timestamp = rule {
      guard field.kind == .text else { return nil }
    } else {
      guard field.kind == .number else { return nil }
    }
    return try word(chunk.extracting(field.range), as: rule)
  }

  /// The cell that `text` spells, for the types whose cells take a word.
  private static func word(
    _ text: Span<UInt8>, as rule: CellRule
  ) throws(RowReason) -> CellBytes.Word? {
    switch rule {
    case .int:
      switch try IntegerText(text) {
      case .signed(let value): return CellBytes.Word(value)
      case .unsigned(let value): return CellBytes.Word(value)
      }
    case .float64:
      if let special = SpecialFloat(text) { return CellBytes.Word(special.value) }
      return CellBytes.Word(try DecimalText(text).float64(text))
    case .exactFloat64:
      let value = try DecimalText(text).float64(text)
      try IntegerText.requireExact(value, of: text)
      return CellBytes.Word(value)
    case .widenedFloat32:
      return CellBytes.Word(Double(try float32(text)))
    case .timestamp:
      do {
        return CellBytes.Word(microseconds: try Instant(rfc3339: text).microseconds)
      } catch {
        throw RowReason.notInstant(error)
      }
    case .microseconds:
      guard case .signed(let value) = try IntegerText(text) else { throw .integerOutOfRange }
      return CellBytes.Word(microseconds: value)
    default:
      return nil
    }
  }

  private static func float32(_ text: Span<UInt8>) throws(RowReason) -> Float {
    if let special = SpecialFloat(text) { return Float(special.value) }
    return try DecimalText(text).float32(text)
  }

  private static func appendHexadecimal(
    _ text: Span<UInt8>, to cells: inout [UInt8]
  ) throws(RowReason) {
    func digit(_ byte: UInt8) throws(RowReason) -> UInt8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte - UInt8(ascii: "A") + 10
      default: throw .notHexadecimal
      }
    }
    guard text.count.isMultiple(of: 2) else { throw .notHexadecimal }
    CellBytes.appendHeader(.bytes, count: text.count / 2, to: &cells)
    var index = 0
    while index < text.count {
      cells.append(try digit(text[index]) << 4 | digit(text[index + 1]))
      index += 2
    }
  }

  static func unescape(
    _ range: Range<Int>, of chunk: Span<UInt8>, into output: inout [UInt8]
  ) throws(RowReason) {
    do {
      try JSONStringSpelling.unescape(range, of: chunk, into: &output)
    } catch {
      throw RowReason(error, in: chunk)
    }
  }

  private static func equals(_ text: Span<UInt8>, _ literal: [UInt8]) -> Bool {
    guard text.count == literal.count else { return false }
    for index in text.indices where text[index] != literal[index] { return false }
    return true
  }

  /// Appends the cell of a JSON array.
  private static func appendList(
    _ text: Span<UInt8>, of element: CellRule, to cells: inout [UInt8]
  ) throws(RowReason) {
    // The words for floats stand here where the file's format has them: JSON Lines were read before.
    var tokenizer = JSONTokenizer(numbers: .asWrittenOrWord)
    guard try token(&tokenizer, in: text) == .beginArray else {
      throw .wrongType(expected: .list(element.source))
    }
    var encoder = CellEncoder()
    try encoder.appendElements(&tokenizer, in: text, of: element, to: &cells)
    _ = try token(&tokenizer, in: text)
  }

  /// Appends an array whose bracket has been read; the recursion is as deep as the type's lists.
  private mutating func appendElements(
    _ tokenizer: inout JSONTokenizer, in text: Span<UInt8>, of rule: CellRule,
    to cells: inout [UInt8]
  ) throws(RowReason) {
    let start = cells.count
    var count = 0
    CellBytes.appendHeader(.list, count: 0, to: &cells)
    while true {
      let field: Field
      switch try Self.token(&tokenizer, in: text) {
      case .endArray: return CellBytes.setCount(count, ofHeaderAt: start, in: &cells)
      case .beginArray:
        guard case .list(let element) = rule else { throw .wrongType(expected: rule.source) }
        count += 1
        try appendElements(&tokenizer, in: text, of: element, to: &cells)
        continue
      case .null: field = Field(range: 0..<0, kind: .null)
      case .bool(let value): field = Field(range: 0..<0, kind: value ? .true : .false)
      case .string(let range, let isEscaped):
        field = Field(range: range, kind: isEscaped ? .escapedText : .text)
      case .number(let range): field = Field(range: range, kind: .number)
      case .beginObject: throw .object
      default: throw .wrongType(expected: rule.source)
      }
      count += 1
      try appendJSON(field, as: rule, in: text, to: &cells)
    }
  }

  private static func token(
    _ tokenizer: inout JSONTokenizer, in text: Span<UInt8>
  ) throws(RowReason) -> JSONTokenizer.Token {
    do {
      return try tokenizer.next(in: text)
    } catch {
      throw RowReason(error, in: text)
    }
  }
}

/// The literals of truth values.
private enum JSONLiterals {
  static let `true` = Array("true".utf8)
  static let `false` = Array("false".utf8)
}

/// The floats that CSV writes as words.
private enum SpecialFloat: String, CaseIterable {
  case nan = "NaN"
  case infinity = "Infinity"
  case negativeInfinity = "-Infinity"

  init?(_ text: Span<UInt8>) {
    // No number of the JSON grammar begins with a letter, or with a minus and a letter.
    guard (3...9).contains(text.count), text[0] >= 0x40 || text[1] >= 0x40 else { return nil }
    var word = ""
    for index in text.indices { word.unicodeScalars.append(Unicode.Scalar(text[index])) }
    self.init(rawValue: word)
  }

  var value: Double {
    switch self {
    case .nan: .nan
    case .infinity: .infinity
    case .negativeInfinity: -.infinity
    }
  }
}
