internal import ArgumentParser
internal import Datasets
internal import Rows

/// What is said of a release's files: `--type COLUMN=TYPE` and `--missing COLUMN=null`.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("type"), help: "How a column is read, COLUMN=TYPE; may be repeated.")
  var types: [String] = []
  @Option(
    help: "A column that a file may lack, COLUMN=null: its rows have null; may be repeated.")
  var missing: [String] = []

  func validate() throws {
    for argument in types { _ = try Self.pair(argument, of: "--type", as: "width=int") }
    for argument in missing {
      let pair = try Self.pair(argument, of: "--missing", as: "license=null")
      guard pair.value == "null" else {
        throw ValidationError("--missing takes COLUMN=null: rows without the column have null.")
      }
    }
  }

  /// What is said, or `nil` for nothing.
  func reading() throws -> Reading? {
    if types.isEmpty, missing.isEmpty { return nil }
    var reading = Reading()
    // The last type counts where a column is named twice.
    for argument in types {
      let (column, type) = try Self.pair(argument, of: "--type", as: "width=int")
      reading.types[column] = try DeclaredType(text: type)
    }
    let names = Set(
      try missing.map { Array(try Self.pair($0, of: "--missing", as: "license=null").column.utf8) })
    reading.missing = .only(
      names.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Column.precedes))
    return reading
  }

  private static func pair(
    _ argument: String, of option: String, as example: String
  ) throws -> (column: String, value: String) {
    guard let split = argument.lastIndex(of: "="), split != argument.startIndex else {
      let value = option == "--type" ? "TYPE" : "null"
      throw ValidationError("\(option) takes COLUMN=\(value), such as \(example).")
    }
    return (String(argument[..<split]), String(argument[argument.index(after: split)...]))
  }
}
