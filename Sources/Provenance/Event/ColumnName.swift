internal import Rows

/// The name of a column, as entries may hold it.
package enum ColumnName {
  /// How columns stand whose order means nothing.
  static let ascending = "columns by the bytes of their names, ascending and each once"

  /// Whether `text` is 1 to 128 bytes without control characters.
  package static func isValid(_ text: String) -> Bool {
    guard !text.isEmpty else { return false }
    do {
      try Column(text, .string).validate()
      return true
    } catch {
      return false
    }
  }
}
