/// The columns of a file, and what is known of their types before a dataset names them.
package struct FileSchema: Sendable {
  /// How rows are written.
  package enum Format: Sendable, Hashable {
    /// RFC 4180 with a header.
    case csv
    /// One JSON object on each line.
    case jsonLines
  }

  /// What tells a column's type.
  package enum Evidence: Sendable, Hashable {
    /// Nothing: text, a string unless the dataset says otherwise (CSV).
    case text
    /// The caller, or the file's own schema.
    case declared(ColumnType)
    /// Its values in the first rows (JSON Lines).
    case inferred(ColumnType)
    /// No value stood in the first rows (JSON Lines).
    case onlyNull
    /// Values of several types, or arrays or objects, stood in the first rows (JSON Lines).
    case undetermined
  }

  /// The most columns of a file: 10,000.
  package static let maximumColumns = 10_000

  /// How rows are written.
  package let format: Format
  /// The names, in the order of the header or of first appearance.
  package let names: [String]
  /// What is known of each column's type.
  package let evidence: [Evidence]
  /// The offset of the first row; what comes before it, `clean` copies as it is.
  package let dataStart: Int

  init(format: Format, names: [String], evidence: [Evidence], dataStart: Int) {
    self.format = format
    self.names = names
    self.evidence = evidence
    self.dataStart = dataStart
  }

  /// The place of the column of exactly these bytes.
  package func index(of name: String) -> Int? {
    let wanted = Array(name.utf8)
    return names.firstIndex { $0.utf8.elementsEqual(wanted) }
  }

  /// The place of the first column of that name, or else of one that differs in ASCII case only.
  package func index(ofAnyCase name: String) -> Int? { Self.place(ofAnyCase: name, in: names) }

  /// The place of the first of `names` with these bytes, or else of one that differs in ASCII case only.
  package static func place(ofAnyCase name: String, in names: [String]) -> Int? {
    func lowered(_ text: String) -> [UInt8] {
      text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
    let wanted = lowered(name)
    return names.firstIndex { $0.utf8.elementsEqual(name.utf8) }
      ?? names.firstIndex { lowered($0) == wanted }
  }

  /// The type that a first release gives the column at `index`.
  package func type(at index: Int) throws(ColumnError) -> ColumnType {
    switch evidence[index] {
    case .text, .onlyNull: .string
    case .declared(let type), .inferred(let type): type
    case .undetermined: throw .undetermined(names[index])
    }
  }

  /// How the column at `index` is read for a dataset that holds it as `target`.
  ///
  /// A declared type must be exactly one of the target. Text and JSON values are read as the target
  /// itself where the values seen allow it: numbers as any float, strings as bytes or times.
  func rule(at index: Int, for target: ColumnType) throws(ColumnError) -> CellRule {
    let source: ColumnType =
      switch evidence[index] {
      case .text, .onlyNull, .undetermined: target
      case .declared(let type): type
      case .inferred(.int) where target == .float64 || target == .float32: target
      case .inferred(.float64) where target == .float32: target
      case .inferred(.string) where target == .bytes || target == .timestamp: target
      case .inferred(let type): type
      }
    guard let rule = CellRule(reading: source, writing: target) else {
      throw .notConvertible(names[index], from: source, to: target)
    }
    return rule
  }
}

/// Why a file's columns cannot be told.
package enum SchemaError: Error, Hashable, Sendable {
  /// The columns or the types given for them are at fault.
  case column(ColumnError)
  /// The header or a row is at fault.
  case row(RowError)
}

extension SchemaError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .column(let error): error.description
    case .row(let error): error.description
    }
  }
}
