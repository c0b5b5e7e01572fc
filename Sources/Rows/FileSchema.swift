/// The columns of a file, and what is known of their types before a dataset names them.
package struct FileSchema: Sendable {
  /// How rows are written.
  package enum Format: Sendable, Hashable {
    /// RFC 4180 with a header.
    case csv
    /// One JSON object on each line.
    case jsonLines
    /// Stored columns, which an engine writes as one JSON object for each row: members are called by the
    /// column's place, `0` the first; bytes are hexadecimal digits, times microseconds since 1970 in UTC.
    case stored
  }

  /// What tells a column's type.
  package enum Evidence: Sendable, Hashable {
    /// Nothing: text, a string unless the dataset says otherwise (CSV).
    case text
    /// The caller.
    case declared(DeclaredType)
    /// The file's own schema, and what the caller says beside, if anything.
    case stored(StoredType, as: DeclaredType?)
    /// Its values in the first rows (JSON Lines).
    case inferred(ColumnType)
    /// No value stood in the first rows (JSON Lines), or can (a stored column of nulls).
    case onlyNull
    /// Values that settle no type stood in the first rows (JSON Lines).
    case undetermined(Doubt)
    /// None of the first rows has the member, which is another file's or the dataset's (JSON Lines).
    case absent
  }

  /// Why values settle no type.
  package enum Doubt: Hashable, Sendable {
    /// They are of several types.
    case mixed
    /// They are objects.
    case objects
    /// They are arrays.
    case lists
    /// An integer that no integer type holds stands among the numbers, first in this row.
    case bigInteger(row: Int)
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
  /// Whether there is a row at all, as far as columns depend on it (JSON Lines).
  package let hasRows: Bool

  init(
    format: Format, names: [String], evidence: [Evidence], dataStart: Int, hasRows: Bool = true
  ) {
    self.format = format
    self.names = names
    self.evidence = evidence
    self.dataStart = dataStart
    self.hasRows = hasRows
  }

  /// A file with a schema of its own.
  ///
  /// - Parameters:
  ///   - columns: names and types in their order; no type for a column of nulls.
  ///   - types: types given for columns, of this file or others.
  /// - Throws: ``ColumnError`` for a name that stands twice, or for too many.
  package init(
    stored columns: [(name: String, type: StoredType?)], types: DeclaredTypes
  ) throws(ColumnError) {
    guard columns.count <= Self.maximumColumns else { throw .tooMany }
    var seen: Set<[UInt8]> = []
    for (name, _) in columns where !seen.insert(Array(name.utf8)).inserted {
      throw .duplicate(name)
    }
    self.init(
      format: .stored, names: columns.map(\.name),
      evidence: columns.map { name, type in
        switch (type, types[name]) {
        case (let type?, let declared): .stored(type, as: declared)
        case (nil, let declared?): .declared(declared)
        case (nil, nil): .onlyNull
        }
      }, dataStart: 0)
  }

  /// The same file, in whose later rows (JSON Lines) columns of these names may stand as well.
  package func expecting(_ others: [String]) -> FileSchema {
    guard format == .jsonLines else { return self }
    let own = Set(names.map { Array($0.utf8) })
    let new = others.filter { !own.contains(Array($0.utf8)) }
    return FileSchema(
      format: format, names: names + new,
      evidence: evidence + Array(repeating: .absent, count: new.count), dataStart: dataStart,
      hasRows: hasRows)
  }

  /// The place of the column of exactly these bytes.
  package func index(of name: String) -> Int? {
    let wanted = Array(name.utf8)
    return names.firstIndex { $0.utf8.elementsEqual(wanted) }
  }

  /// Whether the file has the column of exactly these bytes, or no row that could lack it.
  package func holds(_ name: String) -> Bool {
    guard let index = index(of: name) else { return format == .jsonLines && !hasRows }
    return evidence[index] != .absent || !hasRows
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

  /// How the column at `index` is read for a dataset that holds it as `target`.
  ///
  /// A declared type must be exactly one of the target. Text and JSON values are read as the target
  /// itself where the values seen allow it: numbers as any float, strings as bytes or times. In JSON
  /// Lines no integer is rounded to a float but where the float was asked for.
  func rule(at index: Int, for target: ColumnType) throws(ColumnError) -> CellRule {
    let source: ColumnType
    var isAsked = format == .csv
    switch evidence[index] {
    case .stored(let stored, let declared):
      return try storedRule(of: names[index], stored, declared, for: target)
    case .text, .onlyNull, .absent, .undetermined: source = target
    case .declared(.json) where target == .string: return .json
    case .declared(.cells(.string)) where target == .string && format == .jsonLines: return .written
    case .declared(let declared):
      source = declared.type
      isAsked = true
    case .inferred(.int) where target == .float64 || target == .float32: source = target
    case .inferred(.float64) where target == .float32: source = target
    case .inferred(.string) where target == .bytes || target == .timestamp: source = target
    case .inferred(let type): source = type
    }
    guard let rule = CellRule(reading: source, writing: target) else {
      throw .notConvertible(names[index], from: source, to: target)
    }
    return isAsked ? rule : rule.exact
  }
}

extension FileSchema {
  private func storedRule(
    of name: String, _ stored: StoredType, _ declared: DeclaredType?, for target: ColumnType
  ) throws(ColumnError) -> CellRule {
    guard let type = declared?.type ?? stored.type else { throw .unreadable(name, stored.text) }
    guard let declared, type == target else {
      // Said to be of a type that the dataset's holds exactly: as if nothing were said.
      guard declared.map({ stored.rule(declared: $0) != nil }) ?? true,
        let rule = CellRule(stored: stored.type ?? type, writing: target)
      else { throw .notConvertible(name, from: type, to: target) }
      return rule
    }
    guard let rule = stored.rule(declared: declared) else {
      throw .notReadableAs(name, stored.text, type)
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
