/// What someone says a column of a file holds.
package enum DeclaredType: Hashable, Sendable {
  /// Cells of a type; what a file's text spells otherwise is refused.
  case cells(ColumnType)
  /// Any JSON value, whose canonical text (RFC 8785) is the string that counts; null stays null.
  case json

  /// Parses the text form: `json`, or that of a ``ColumnType``.
  package init(text: String) throws(ColumnError) {
    self = text == "json" ? .json : .cells(try ColumnType(text: text))
  }

  /// The text form.
  package var text: String {
    switch self {
    case .cells(let type): type.text
    case .json: "json"
    }
  }

  /// The type of the cells.
  package var type: ColumnType {
    switch self {
    case .cells(let type): type
    case .json: .string
    }
  }
}

/// Types given for columns, found by the bytes of the names.
///
/// A dictionary of strings would take two names for one that are alike in Unicode's normal forms.
package struct DeclaredTypes: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private var types: [[UInt8]: DeclaredType] = [:]

  package init() {}

  package init(dictionaryLiteral elements: (String, ColumnType)...) {
    for (name, type) in elements { self[name] = .cells(type) }
  }

  package subscript(name: String) -> DeclaredType? {
    get { types[Array(name.utf8)] }
    set { types[Array(name.utf8)] = newValue }
  }

  /// The names, ascending by their bytes.
  package var names: [String] {
    types.keys.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Column.precedes)
  }

  /// Checks that each type is given for one of `names`.
  package func requireAll(in names: [String]) throws(ColumnError) {
    let known = Set(names.map { Array($0.utf8) })
    if let name = self.names.first(where: { !known.contains(Array($0.utf8)) }) {
      throw .typeForMissing(name)
    }
  }
}
