package import CanonicalJSON

/// A column: its name and the type of its cells.
///
/// Two columns are equal when the bytes of their names and their types are. A column that a ledger
/// commits to also passes ``validate()``; a file may carry others beside.
package struct Column: Sendable {
  /// The name, any UTF-8.
  package let name: String
  /// The type.
  package let type: ColumnType

  /// Names a type.
  package init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }

  /// The most bytes of a committed column's name: 128.
  package static let maximumNameLength = 128

  /// Checks what an entry may hold: at most 128 bytes of name, none of its scalars a control character.
  package func validate() throws(ColumnError) {
    guard name.utf8.count <= Self.maximumNameLength else { throw .nameTooLong }
    let hasControl = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    if hasControl { throw .nameHasControlCharacter }
    guard type.nesting <= ColumnType.maximumNesting else { throw .unknownType(type.text) }
  }

  /// The JSON of columns, `[[name, type], …]`.
  package static func json(_ columns: [Column]) -> JSON {
    .array(columns.map { .array([.string($0.name), .string($0.type.text)]) })
  }

  /// Reads `[[name, type], …]`, each column validated, no name twice, at least one.
  package static func list(from json: JSON) throws(ColumnError) -> [Column] {
    guard case .array(let elements) = json else { throw .notColumns }
    guard elements.count <= FileSchema.maximumColumns else { throw .tooMany }
    var columns: [Column] = []
    for element in elements {
      guard case .array(let pair) = element, pair.count == 2, case .string(let name) = pair[0],
        case .string(let type) = pair[1]
      else { throw .notColumns }
      let column = Column(name, try ColumnType(text: type))
      try column.validate()
      columns.append(column)
    }
    try requireDistinct(columns)
    return columns
  }

  /// Whether names stand by their bytes, each once.
  package static func areAscending(_ names: [String]) -> Bool {
    zip(names, names.dropFirst()).allSatisfy(precedes)
  }

  /// Whether `a` comes before `b` by the bytes of UTF-8, the order of content columns.
  package static func precedes(_ a: String, _ b: String) -> Bool {
    a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  /// Checks that there is a column, and no name twice.
  static func requireDistinct(_ columns: [Column]) throws(ColumnError) {
    if columns.isEmpty { throw .none }
    var names: Set<[UInt8]> = []
    for column in columns where !names.insert(Array(column.name.utf8)).inserted {
      throw .duplicate(column.name)
    }
  }
}

extension Column: Hashable {
  /// Whether both have the same type and, byte for byte, the same name.
  package static func == (a: Column, b: Column) -> Bool {
    a.type == b.type && NameOrder.areSame(a.name, b.name)
  }

  /// Feeds the bytes of the name, and the type.
  package func hash(into hasher: inout Hasher) {
    for byte in name.utf8 { hasher.combine(byte) }
    hasher.combine(type)
  }
}
