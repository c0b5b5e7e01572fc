/// A pull tokenizer of RFC 8259 that allocates nothing.
///
/// It holds a position and a stack of bits, never the bytes: the caller passes the same span to
/// every call. The grammar, UTF-8, escapes, surrogates and depth are checked; duplicate names are
/// left to the consumer, which knows where names are kept. After an error, every further call throws.
package struct JSONTokenizer: Sendable {
  /// What a number may be.
  package enum NumberPolicy: Sendable {
    /// Integers in ``JSON/integerRange``, `-0` excluded, given as ``Token/integer(_:)``.
    case integersOnly53
    /// Any number of the JSON grammar, given as its bytes in ``Token/number(_:)``.
    case asWritten
    /// The same, and the words `NaN`, `Infinity` and `-Infinity`, which JSON has not and DuckDB writes.
    case asWrittenOrWord
  }

  /// Which spellings of one value are taken.
  package enum Spelling: Sendable {
    /// All of RFC 8259.
    case any
    /// No white space, and only the escapes of RFC 8785; the order of names is the consumer's.
    case canonical
  }

  /// Where the document ends.
  package enum Extent: Sendable {
    /// With the span; whatever follows the value but white space is refused.
    case span
    /// With the first line feed after the value, which ``Token/end`` takes, or with the span.
    ///
    /// A line feed inside the value is refused (JSON Lines).
    case line
  }

  /// One token; its ranges are of byte offsets into the span.
  package enum Token: Sendable, Equatable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// A member's name without its quotes; its colon has been read too.
    case name(Range<Int>, isEscaped: Bool)
    /// A string without its quotes; an escaped one goes through `unescape`.
    case string(Range<Int>, isEscaped: Bool)
    /// A number as written.
    case number(Range<Int>)
    /// An integer, under ``NumberPolicy/integersOnly53``.
    case integer(Int64)
    case bool(Bool)
    case null
    /// The value is complete; only white space followed it.
    case end
  }

  private enum State: Sendable {
    case value, valueOrEnd, nameOrEnd, name, commaOrEnd, done, failed
  }

  /// The offset of the first byte that no token has taken.
  package private(set) var offset: Int
  /// How many containers are open.
  package private(set) var depth = 0
  private let numbers: NumberPolicy
  private let isCanonical: Bool
  private let isLine: Bool
  private let maximumDepth: Int
  /// Bit 0 tells whether the innermost container is an object, bit 1 the one around it.
  private var objects: UInt64 = 0
  private var state = State.value

  /// Starts at `offset`, with at most `maximumDepth` (1 to 64) containers inside one another.
  package init(
    numbers: NumberPolicy, spelling: Spelling = .any, extent: Extent = .span,
    at offset: Int = 0, maximumDepth: Int = JSON.maximumDepth
  ) {
    precondition((1...64).contains(maximumDepth), "a tokenizer keeps at most 64 levels")
    precondition(offset >= 0, "an offset is not negative")
    self.numbers = numbers
    self.isCanonical = spelling == .canonical
    self.isLine = extent == .line
    self.offset = offset
    self.maximumDepth = maximumDepth
  }

  /// The next token; after the whole value, ``Token/end``.
  package mutating func next(in bytes: Span<UInt8>) throws(JSONError) -> Token {
    do {
      return try step(in: bytes)
    } catch {
      state = .failed
      throw error
    }
  }

  private mutating func step(in bytes: Span<UInt8>) throws(JSONError) -> Token {
    try skipSpace(in: bytes)
    if state == .commaOrEnd {
      guard offset < bytes.count else { throw .unexpectedEnd(at: offset) }
      guard bytes[offset] == UInt8(ascii: ",") else {
        return try close(bytes[offset])
      }
      offset += 1
      state = objects & 1 == 1 ? .name : .value
      try skipSpace(in: bytes)
    }
    if state == .done {
      if offset == bytes.count { return .end }
      guard isLine, bytes[offset] == 0x0a else { throw .trailingBytes(at: offset) }
      offset += 1
      return .end
    }
    guard offset < bytes.count else { throw .unexpectedEnd(at: offset) }
    let byte = bytes[offset]
    switch state {
    case .value:
      return try value(byte, in: bytes)
    case .valueOrEnd:
      return try byte == UInt8(ascii: "]") ? close(byte) : value(byte, in: bytes)
    case .nameOrEnd:
      return try byte == UInt8(ascii: "}") ? close(byte) : name(byte, in: bytes)
    case .name:
      return try name(byte, in: bytes)
    case .commaOrEnd, .done, .failed:
      throw .unexpectedByte(at: offset)
    }
  }

  private mutating func value(_ byte: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Token {
    switch byte {
    case UInt8(ascii: "\""):
      let (range, isEscaped) = try string(in: bytes)
      valueEnded()
      return .string(range, isEscaped: isEscaped)
    case UInt8(ascii: "{"):
      try open(isObject: true)
      return .beginObject
    case UInt8(ascii: "["):
      try open(isObject: false)
      return .beginArray
    case UInt8(ascii: "t"):
      try literal(JSONWriter.true, in: bytes)
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal(JSONWriter.false, in: bytes)
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal(JSONWriter.null, in: bytes)
      return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      if byte == UInt8(ascii: "-"), let word = word(in: bytes) { return word }
      let start = offset
      let number = try JSONNumber(in: bytes, at: start)
      let token: Token =
        switch numbers {
        case .asWritten, .asWrittenOrWord: .number(start..<number.end)
        case .integersOnly53: .integer(try number.integer53(in: bytes))
        }
      offset = number.end
      valueEnded()
      return token
    default:
      if let word = word(in: bytes) { return word }
      if offset == 0, bytes.count >= 3, byte == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf {
        throw .byteOrderMark
      }
      throw .unexpectedByte(at: offset)
    }
  }

  private static let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }

  /// A word for a float, where one stands and may.
  private mutating func word(in bytes: Span<UInt8>) -> Token? {
    guard numbers == .asWrittenOrWord else { return nil }
    for word in Self.words {
      let end = offset + word.count
      guard end <= bytes.count, word.indices.allSatisfy({ bytes[offset + $0] == word[$0] }) else {
        continue
      }
      defer { offset = end }
      valueEnded()
      return .number(offset..<end)
    }
    return nil
  }

  private mutating func name(_ byte: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Token {
    guard byte == UInt8(ascii: "\"") else { throw .unexpectedByte(at: offset) }
    let (range, isEscaped) = try string(in: bytes)
    try skipSpace(in: bytes)
    guard offset < bytes.count else { throw .unexpectedEnd(at: offset) }
    guard bytes[offset] == UInt8(ascii: ":") else { throw .unexpectedByte(at: offset) }
    offset += 1
    state = .value
    return .name(range, isEscaped: isEscaped)
  }

  private mutating func string(
    in bytes: Span<UInt8>
  ) throws(JSONError) -> (Range<Int>, Bool) {
    let found = try JSONStringSpelling.scan(in: bytes, from: offset + 1, isCanonical: isCanonical)
    let range = offset + 1..<found.end
    offset = found.end + 1
    return (range, found.isEscaped)
  }

  private mutating func literal(
    _ text: [UInt8], in bytes: Span<UInt8>
  ) throws(JSONError) {
    for letter in text {
      guard offset < bytes.count else { throw .unexpectedEnd(at: offset) }
      guard bytes[offset] == letter else { throw .unexpectedByte(at: offset) }
      offset += 1
    }
    valueEnded()
  }

  private mutating func open(isObject: Bool) throws(JSONError) {
    guard depth < maximumDepth else { throw .tooDeep(at: offset) }
    depth += 1
    objects = objects << 1 | (isObject ? 1 : 0)
    offset += 1
    state = isObject ? .nameOrEnd : .valueOrEnd
  }

  private mutating func close(_ byte: UInt8) throws(JSONError) -> Token {
    let isObject = objects & 1 == 1
    guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw .unexpectedByte(at: offset)
    }
    offset += 1
    depth -= 1
    objects >>= 1
    valueEnded()
    return isObject ? .endObject : .endArray
  }

  private mutating func valueEnded() { state = depth == 0 ? .done : .commaOrEnd }

  private mutating func skipSpace(in bytes: Span<UInt8>) throws(JSONError) {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte <= 0x20 else { return }
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
      if isLine, byte == 0x0a { return }
      if isCanonical { throw .notCanonical(at: offset) }
      offset += 1
    }
  }
}
