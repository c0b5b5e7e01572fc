internal import CanonicalJSON

/// Columns that a file may lack: all of its rows have null there.
package enum MissingColumns: Hashable, Sendable {
  /// These, ascending by the bytes of their names.
  case only([String])
  /// Any of them: the rows were read before, as part of a file that had them.
  case any

  /// Whether the column of exactly these bytes is one of them.
  func includes(_ name: String) -> Bool {
    switch self {
    case .only(let names): names.contains { NameOrder.areSame($0, name) }
    case .any: true
    }
  }

  /// Checks that each is one of `names`.
  package func requireAll(in names: [String]) throws(ColumnError) {
    guard case .only(let missing) = self else { return }
    for name in missing where !names.contains(where: { NameOrder.areSame($0, name) }) {
      throw .nullForMissing(name)
    }
  }
}
