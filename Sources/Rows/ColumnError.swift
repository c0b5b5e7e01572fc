internal import LedgerCrypto
/// Why columns cannot be read, registered or found in a file.
package enum ColumnError: Error, Hashable, Sendable {
  /// No column is named.
  case none
  /// More columns than ``FileSchema/maximumColumns``.
  case tooMany
  /// The JSON is not `[[name, type], …]`.
  case notColumns
  /// A name takes more than 128 bytes.
  case nameTooLong
  /// A name holds a control character.
  case nameHasControlCharacter
  /// The text names no type.
  case unknownType(String)
  /// A column is named twice.
  case duplicate(String)
  /// A file has no column of that name.
  case missing(String)
  /// A type was given for a column that the file does not have.
  case typeForMissing(String)
  /// The file's column has a type that is not exactly one of the dataset's.
  case notConvertible(String, from: ColumnType, to: ColumnType)
  /// The rows do not settle the column's type.
  case undetermined(String)
  /// An identity column and a content column of one name have two types.
  case conflictingTypes(String)
}

extension ColumnError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .none: "No column is named; name at least one."
    case .tooMany: "There are more than \(FileSchema.maximumColumns.of("column")); use fewer."
    case .notColumns: "Columns are written [[name, type], ...]; correct the list."
    case .nameTooLong:
      "A column's name takes more than \(Column.maximumNameLength.of("byte")); leave the column out."
    case .nameHasControlCharacter:
      "A column's name holds a control character; leave the column out."
    case .unknownType(let text):
      "\(text) is no type; use bool, int, float64, float32, string, bytes, timestamp or list<...>."
    case .duplicate(let name): "The column \(name) stands twice; rename one of them."
    case .missing(let name): "The file has no column \(name); supply it."
    case .typeForMissing(let name):
      "A type is given for the column \(name), which the file does not have; correct the name."
    case .notConvertible(let name, let from, let to):
      "The column \(name) is \(from.text) here and \(to.text) in the dataset, which is not exact;"
        + " convert the file."
    case .undetermined(let name):
      "The rows do not settle the type of the column \(name); give it."
    case .conflictingTypes(let name):
      "The column \(name) has two types as identity and as content; give it one."
    }
  }
}
