/// How a field becomes a cell: the type that its text has, and the one that is written.
indirect enum CellRule: Sendable {
  case bool, int, float64, float32, string, bytes, timestamp
  /// A time as the number of its microseconds since 1970 in UTC.
  case microseconds
  /// Read as float32 and written as float64, which is exact.
  case widenedFloat32
  /// Floats that hold each integer exactly.
  case exactFloat64, exactFloat32
  /// A string, or a number or truth value as it is written.
  case written
  /// Any JSON value, as the string of its canonical text.
  case json
  case list(CellRule)

  /// The same, refusing integers that it would round.
  var exact: CellRule {
    switch self {
    case .float64: .exactFloat64
    case .float32: .exactFloat32
    case .list(let element): .list(element.exact)
    default: self
    }
  }

  /// Reads `source` and writes `target`, or gives `nil` where that is not exact.
  init?(reading source: ColumnType, writing target: ColumnType) {
    switch (source, target) {
    case (.float32, .float64): self = .widenedFloat32
    case (.list(let source), .list(let target)):
      guard let element = CellRule(reading: source, writing: target) else { return nil }
      self = .list(element)
    case (.bool, .bool): self = .bool
    case (.int, .int): self = .int
    case (.float64, .float64): self = .float64
    case (.float32, .float32): self = .float32
    case (.string, .string): self = .string
    case (.bytes, .bytes): self = .bytes
    case (.timestamp, .timestamp): self = .timestamp
    default: return nil
    }
  }

  /// The type that the text has.
  var source: ColumnType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float64, .exactFloat64: .float64
    case .float32, .exactFloat32, .widenedFloat32: .float32
    case .string, .written, .json: .string
    case .bytes: .bytes
    case .timestamp, .microseconds: .timestamp
    case .list(let element): .list(element.source)
    }
  }
}
