internal import ArgumentParser
internal import Rows

/// `--type COLUMN=TYPE`.
enum ColumnTypes {
  static func parse(_ arguments: [String]) throws -> [String: ColumnType] {
    var types: [String: ColumnType] = [:]
    for argument in arguments {
      guard let split = argument.lastIndex(of: "="), split != argument.startIndex else {
        throw ValidationError("--type takes COLUMN=TYPE, such as width=int.")
      }
      types[String(argument[..<split])] = try ColumnType(
        text: String(argument[argument.index(after: split)...]))
    }
    return types
  }
}
