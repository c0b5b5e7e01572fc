internal import Rows

/// A type as DuckDB writes it: `BIGINT`, `TIMESTAMP WITH TIME ZONE[]`.
struct EngineType: Hashable, Sendable {
  /// What stands inside of all lists.
  private let base: String
  /// How many lists lie inside one another.
  private let lists: Int
  /// Whether there are times in nanoseconds, of which DuckDB drops what microseconds do not hold.
  let isCut: Bool

  init(_ text: String, hasNanoseconds: Bool) {
    var rest = Substring(text)
    var lists = 0
    while rest.hasSuffix("[]") {
      rest = rest.dropLast(2)
      lists += 1
    }
    base = String(rest)
    self.lists = lists
    // Local ones are a type of their own, and written as they are.
    isCut = hasNanoseconds && base != "TIMESTAMP_NS"
  }

  /// What it is here.
  var stored: StoredType {
    let scalar: ColumnType
    switch base {
    case "BOOLEAN": scalar = .bool
    case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER",
      "UBIGINT", "HUGEINT":
      scalar = .int
    case "FLOAT": scalar = .float32
    case "DOUBLE": scalar = .float64
    case "VARCHAR", "JSON": scalar = .string
    case "BLOB": scalar = .bytes
    case "TIMESTAMP WITH TIME ZONE" where isCut: return .other("a time in nanoseconds")
    case "TIMESTAMP WITH TIME ZONE": scalar = .timestamp
    case "TIMESTAMP" where lists == 0 && !isCut: return .localTime
    default: return .other(word)
    }
    guard lists <= ColumnType.maximumNesting else { return .other("lists in lists") }
    return .cells((0..<lists).reduce(scalar) { type, _ in .list(type) })
  }

  /// The first word of the type, which holds no name of a member.
  private var word: String {
    let word = base.prefix { $0.isLetter || $0 == "_" }
    return lists > 0 ? "a list of \(word)" : String(word)
  }

  /// The type's name in statements, for a column of nulls that is written as one of `type`.
  static func name(of type: ColumnType) -> String {
    switch type {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .float64: "DOUBLE"
    case .float32: "FLOAT"
    case .string: "VARCHAR"
    case .bytes: "BLOB"
    case .timestamp: "TIMESTAMP WITH TIME ZONE"
    case .list(let element): "\(name(of: element))[]"
    }
  }

  /// What is asked for so that a column is written as ``FileSchema/Format/stored`` says.
  ///
  /// - Parameters:
  ///   - column: the column, quoted.
  ///   - declared: what the column is said to be.
  /// - Returns: an expression of DuckDB's SQL.
  func expression(_ column: String, declared: DeclaredType?) -> String {
    switch (stored, declared) {
    case (_, .json): column
    case (.cells(.bytes), .cells(.string)): "decode(\(column))"
    case (.localTime, .cells(.timestamp)): Self.microseconds(column)
    case (.cells(.list), _) where base == "BLOB" || base == "TIMESTAMP WITH TIME ZONE":
      element(column, depth: lists)
    case (.cells(.bytes), _), (.cells(.timestamp), _): element(column, depth: 0)
    default: column
    }
  }

  private func element(_ value: String, depth: Int) -> String {
    if depth == 0 { return base == "BLOB" ? "hex(\(value))" : Self.microseconds(value) }
    return "[\(element("x\(depth)", depth: depth - 1)) FOR x\(depth) IN \(value)]"
  }

  /// DuckDB takes the two ends of the range for infinite times, of which it makes nulls.
  private static func microseconds(_ value: String) -> String {
    "CASE WHEN isinf(\(value)) THEN error('winnow: time out of range') ELSE epoch_us(\(value)) END"
  }
}
