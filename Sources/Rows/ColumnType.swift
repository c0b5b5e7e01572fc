/// The type of a column's cells.
///
/// Text form: `bool int float64 float32 string bytes timestamp`, or `list<…>` around one of these
/// forms, at most ``maximumNesting`` lists inside one another.
package indirect enum ColumnType: Hashable, Sendable {
  /// `true` or `false`.
  case bool
  /// An integer from −2^63 to 2^64−1.
  case int
  /// An IEEE 754 binary64.
  case float64
  /// An IEEE 754 binary32.
  case float32
  /// UTF-8 text, as is.
  case string
  /// Bytes; as text, hexadecimal digits of either case.
  case bytes
  /// Microseconds since 1970-01-01T00:00:00Z; as text, RFC 3339 with an offset.
  case timestamp
  /// Elements of one type, each perhaps null; as text, a JSON array.
  case list(ColumnType)

  /// The most lists inside one another: 8.
  package static let maximumNesting = 8

  /// Parses the text form.
  ///
  /// - Throws: ``ColumnError/unknownType(_:)`` for any other text.
  package init(text: String) throws(ColumnError) {
    // The longest text form is eight times `list<>` around `timestamp`.
    guard text.utf8.count <= 64 else { throw .unknownType(text) }
    var rest = Substring(text)
    var lists = 0
    while rest.hasPrefix("list<"), rest.hasSuffix(">") {
      rest = rest.dropFirst(5).dropLast()
      lists += 1
    }
    guard lists <= Self.maximumNesting, var type = Self.scalars.first(where: { $0.text == rest })
    else { throw .unknownType(text) }
    for _ in 0..<lists { type = .list(type) }
    self = type
  }

  /// The types that are not lists.
  package static let scalars: [ColumnType] = [
    .bool, .int, .float64, .float32, .string, .bytes, .timestamp,
  ]

  /// The text form.
  package var text: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .float64: "float64"
    case .float32: "float32"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .list(let element): "list<\(element.text)>"
    }
  }

  /// How many lists lie inside one another.
  package var nesting: Int {
    guard case .list(let element) = self else { return 0 }
    return 1 + element.nesting
  }

  /// Whether each value of this type is exactly one of `type`: equal types, and float32 to float64.
  ///
  /// Integers of every width are the one type ``int``.
  package func convertsExactly(to type: ColumnType) -> Bool {
    switch (self, type) {
    case (.float32, .float64): true
    case (.list(let from), .list(let to)): from.convertsExactly(to: to)
    default: self == type
    }
  }
}
