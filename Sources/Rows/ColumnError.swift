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
  /// The content columns do not stand by the bytes of their names.
  case notAscending
  /// A file has no column of that name, which identifies rows.
  case missing(String)
  /// A file has no column of that name, which is content.
  case lacking(String)
  /// Rows may lack the column, but it is not one that is committed.
  case nullForMissing(String)
  /// A type was given for a column that the file does not have.
  case typeForMissing(String)
  /// The file's column has a type that is not exactly one of the dataset's.
  case notConvertible(String, from: ColumnType, to: ColumnType)
  /// The file stores the column in a type that has no cells, for which this is a word.
  case unreadable(String, String)
  /// The file stores the column in a type, for which this is a word, that is not read as the one given.
  case notReadableAs(String, String, ColumnType)
  /// The rows do not settle the column's type.
  case undetermined(String, FileSchema.Doubt)
  /// The column has one type in this file and another in those before it.
  case typesDiffer(String, ColumnType, ColumnType)
  /// An identity column's values are floats, which nobody asked for.
  case floatIdentity(String)
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
    case .notAscending: "Content columns stand by the bytes of their names; sort them."
    case .missing(let name): "The file has no column \(name); supply it."
    case .lacking(let name):
      "The file has no column \(name); supply it, or say that all of its rows are to have null there."
    case .nullForMissing(let name):
      "Files may lack the column \(name), but no column that is committed is called so; correct the name."
    case .typeForMissing(let name):
      "A type is given for the column \(name), which no file has; correct the name."
    case .notConvertible(let name, let from, let to):
      "The column \(name) is \(from.text) here and \(to.text) in the dataset, which is not exact;"
        + " convert the file."
    case .unreadable(let name, let word):
      "The column \(name) is stored as \(word), which is not committed as it stands; give its type where that is what it holds, leave the column out, or convert the file."
    case .notReadableAs(let name, let word, let type):
      "The column \(name) is stored as \(word), which is not read as \(type.text); give another type, or leave the column out."
    case .undetermined(let name, .mixed):
      "The rows do not settle the type of the column \(name); give it."
    case .undetermined(let name, .objects):
      "The column \(name) holds objects, which have no type; read it as text, or leave it out."
    case .undetermined(let name, .lists):
      "The column \(name) holds lists; give their type."
    case .undetermined(let name, .bigInteger(let row)):
      "The column \(name) holds an integer outside of -2^63...2^64-1, first in row \(row); give it another type."
    case .typesDiffer(let name, let here, let before):
      "The column \(name) is \(here.text) here and \(before.text) in the files before it; give its type."
    case .floatIdentity(let name):
      "The identity column \(name) holds floats, and rows whose numbers round alike would be one; give its type."
    case .conflictingTypes(let name):
      "The column \(name) has two types as identity and as content; give it one."
    }
  }
}
