/// How a field becomes a cell: the type that its text has, and the one that is written.
indirect enum CellRule: Sendable {
  case bool, int, float64, float32, string, bytes, timestamp
  /// Read as float32 and written as float64, which is exact.
  case widenedFloat32
  case list(CellRule)

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
    case .float64: .float64
    case .float32, .widenedFloat32: .float32
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .list(let element): .list(element.source)
    }
  }
}
