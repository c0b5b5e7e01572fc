/// Types given for columns, found by the bytes of the names.
///
/// A dictionary of strings would take two names for one that are alike in Unicode's normal forms.
package struct DeclaredTypes: Sendable, ExpressibleByDictionaryLiteral {
  private var types: [[UInt8]: ColumnType] = [:]

  package init() {}

  package init(dictionaryLiteral elements: (String, ColumnType)...) {
    for (name, type) in elements { self[name] = type }
  }

  package subscript(name: String) -> ColumnType? {
    get { types[Array(name.utf8)] }
    set { types[Array(name.utf8)] = newValue }
  }

  /// Checks that each type is given for one of `names`.
  func requireAll(in names: [String]) throws(SchemaError) {
    let known = Set(names.map { Array($0.utf8) })
    let strangers = types.keys.filter { !known.contains($0) }
    if let name = strangers.map({ String(decoding: $0, as: UTF8.self) }).min() {
      throw .column(.typeForMissing(name))
    }
  }
}
