/// A column's type in a file that has a schema of its own (Parquet).
package enum StoredType: Hashable, Sendable {
  /// Cells of a type.
  case cells(ColumnType)
  /// A date and time without a zone: an instant only where someone says that it is in UTC.
  case localTime
  /// What has no type here, by a word for it: `DATE`.
  case other(String)

  /// The type of the cells, where there is one.
  package var type: ColumnType? {
    if case .cells(let type) = self { type } else { nil }
  }

  /// A word for it.
  package var text: String {
    switch self {
    case .cells(let type): type.text
    case .localTime: "a time without a zone"
    case .other(let word): word
    }
  }

  /// How it is read where a column is said to be `declared`; `nil` where that is not what it holds.
  ///
  /// As in JSON Lines, a float that was asked for may round.
  func rule(declared: DeclaredType) -> CellRule? {
    switch (self, declared) {
    case (_, .json): .json
    case (.localTime, .cells(.timestamp)): .microseconds
    case (.cells(.int), .cells(.string)), (.cells(.bool), .cells(.string)): .written
    case (.cells(.bytes), .cells(.string)): .string
    case (.cells(.string), .cells(.bytes)): .bytes
    case (.cells(.string), .cells(.timestamp)): .timestamp
    case (.cells(.int), .cells(.float64)): .float64
    case (.cells(.int), .cells(.float32)), (.cells(.float64), .cells(.float32)): .float32
    case (.cells(let stored), .cells(let type)): CellRule(stored: stored, writing: type)
    default: nil
    }
  }
}

extension CellRule {
  /// Reads what an engine writes of a stored column: times in microseconds, and integers as floats
  /// where they are exactly that.
  init?(stored source: ColumnType, writing target: ColumnType) {
    switch (source, target) {
    case (.timestamp, .timestamp): self = .microseconds
    case (.int, .float64): self = .exactFloat64
    case (.int, .float32): self = .exactFloat32
    case (.list(let source), .list(let target)):
      guard let element = CellRule(stored: source, writing: target) else { return nil }
      self = .list(element)
    default:
      guard let rule = CellRule(reading: source, writing: target) else { return nil }
      self = rule
    }
  }
}

extension ColumnType {
  /// The type that holds the values of both exactly, integers as far as they are exactly floats.
  func united(with other: ColumnType) -> ColumnType? {
    switch (self, other) {
    case (let one, let two) where one == two: one
    case (.int, .float64), (.float64, .int), (.float32, .float64), (.float64, .float32),
      (.int, .float32), (.float32, .int):
      .float64
    case (.list(let one), .list(let two)): one.united(with: two).map { .list($0) }
    default: nil
    }
  }
}
