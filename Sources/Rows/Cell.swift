internal import LedgerCrypto

/// One value of a row, for callers that have values rather than text.
package enum Cell: Sendable {
  /// No value.
  case null
  /// A truth value.
  case bool(Bool)
  /// An integer up to 2^63−1.
  case int(Int64)
  /// An integer; one that fits ``int(_:)`` is written as such.
  case unsigned(UInt64)
  /// A binary64; every NaN is written as 7ff8000000000000.
  case float64(Double)
  /// A binary32; every NaN is written as 7fc00000.
  case float32(Float)
  /// UTF-8 text.
  case string(String)
  /// Bytes, at most 2^32−1 of them.
  case bytes([UInt8])
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp(Int64)
  /// Elements, at most 2^32−1 of them.
  case list([Cell])

  /// Appends the canonical bytes: a tag, then the value with integers big-endian.
  ///
  /// Strings, bytes and lists are at most 2^32−1 long: a longer one is a broken invariant.
  package func appendCanonical(to output: inout [UInt8]) {
    switch self {
    case .null: CellBytes.appendNull(to: &output)
    case .bool(let value): CellBytes.append(value, to: &output)
    case .int(let value): CellBytes.append(value, to: &output)
    case .unsigned(let value): CellBytes.append(value, to: &output)
    case .float64(let value): CellBytes.append(value, to: &output)
    case .float32(let value): CellBytes.append(value, to: &output)
    case .string(let value):
      CellBytes.appendHeader(.string, count: value.utf8.count, to: &output)
      output.append(contentsOf: value.utf8)
    case .bytes(let value):
      CellBytes.appendHeader(.bytes, count: value.count, to: &output)
      output.append(contentsOf: value)
    case .timestamp(let value): CellBytes.append(microseconds: value, to: &output)
    case .list(let elements):
      CellBytes.appendHeader(.list, count: elements.count, to: &output)
      for element in elements { element.appendCanonical(to: &output) }
    }
  }
}

/// The canonical bytes of cells.
enum CellBytes {
  /// The first byte of a cell.
  enum Tag: UInt8 {
    case null, bool, int64, float64, float32, string, bytes, timestamp, uint64, list
  }

  /// A cell of a tag and eight bytes, the most significant first.
  struct Word: Sendable {
    let tag: Tag
    let bits: UInt64

    init(_ value: Int64) {
      tag = .int64
      bits = UInt64(bitPattern: value)
    }

    init(_ value: UInt64) {
      tag = value > UInt64(Int64.max) ? .uint64 : .int64
      bits = value
    }

    init(_ value: Double) {
      tag = .float64
      bits = value.isNaN ? 0x7ff8_0000_0000_0000 : value.bitPattern
    }

    init(microseconds value: Int64) {
      tag = .timestamp
      bits = UInt64(bitPattern: value)
    }
  }

  static func appendNull(to output: inout [UInt8]) { output.append(Tag.null.rawValue) }

  static func append(_ value: Bool, to output: inout [UInt8]) {
    output.append(Tag.bool.rawValue)
    output.append(value ? 1 : 0)
  }

  static func append(_ value: Int64, to output: inout [UInt8]) {
    append(Word(value), to: &output)
  }

  static func append(_ value: UInt64, to output: inout [UInt8]) {
    append(Word(value), to: &output)
  }

  static func append(_ value: Double, to output: inout [UInt8]) {
    append(Word(value), to: &output)
  }

  static func append(_ word: Word, to output: inout [UInt8]) {
    output.append(tag: word.tag.rawValue, bigEndian: word.bits)
  }

  static func append(_ value: Float, to output: inout [UInt8]) {
    let bits: UInt32 = value.isNaN ? 0x7fc0_0000 : value.bitPattern
    output.append(tag: Tag.float32.rawValue, bigEndian: bits)
  }

  static func append(microseconds value: Int64, to output: inout [UInt8]) {
    append(Word(microseconds: value), to: &output)
  }

  /// Appends a tag and a length or count, which is at most 2^32−1.
  static func appendHeader(_ tag: Tag, count: Int, to output: inout [UInt8]) {
    guard let count = UInt32(exactly: count) else {
      preconditionFailure("a cell holds at most 4,294,967,295 bytes or elements")
    }
    output.append(tag: tag.rawValue, bigEndian: count)
  }

  /// Writes the length or count of the header at `start` again, once it is known.
  static func setCount(_ count: Int, ofHeaderAt start: Int, in output: inout [UInt8]) {
    guard let count = UInt32(exactly: count) else {
      preconditionFailure("a cell holds at most 4,294,967,295 bytes or elements")
    }
    for place in 0..<4 {
      output[start + 1 + place] = UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * place))
    }
  }
}
