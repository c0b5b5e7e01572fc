internal import ArgumentParser
internal import Rows

/// `--type COLUMN=TYPE`.
enum ColumnTypes {
  /// The columns and types as written.
  static func pairs(_ arguments: [String]) throws -> [(column: String, type: String)] {
    try arguments.map { argument in
      guard let split = argument.lastIndex(of: "="), split != argument.startIndex else {
        throw ValidationError("--type takes COLUMN=TYPE, such as width=int.")
      }
      return (String(argument[..<split]), String(argument[argument.index(after: split)...]))
    }
  }

  /// The types that are meant; the last one counts where a column is named twice.
  static func parse(_ arguments: [String]) throws -> DeclaredTypes {
    var types = DeclaredTypes()
    for (column, type) in try pairs(arguments) { types[column] = try ColumnType(text: type) }
    return types
  }
}
