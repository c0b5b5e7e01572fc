/// The columns of a first release: those of all its files together, whatever their order.
package struct UnitedColumns: Sendable {
  /// Why there are no such columns, and in which file, counted from 0, when one is to blame.
  package struct Failure: Error, Hashable, Sendable {
    package let file: Int?
    package let error: ColumnError
  }

  /// The names in all files, ascending by their bytes.
  package let names: [String]
  private let files: [FileSchema]

  /// Takes the files' own columns.
  package init(_ files: [FileSchema]) {
    self.files = files
    let names = Set(files.flatMap { $0.names.map { Array($0.utf8) } })
    self.names = names.map { String(decoding: $0, as: UTF8.self) }.sorted(by: Column.precedes)
  }

  /// The columns that are committed, with their types.
  ///
  /// - Parameters:
  ///   - identity: names of the identity columns, in their order.
  ///   - content: names of the content columns in any order; `nil` for all of the files.
  ///   - missing: columns that files may lack.
  /// - Returns: both; content ascending by the bytes of the names.
  /// - Throws: for a column that no file has, one whose type the files do not settle, and for floats
  ///   in an identity column that nobody asked for.
  package func columns(
    identity: [String], content: [String]?, missing: MissingColumns = .only([])
  ) throws(Failure) -> (identity: [Column], content: [Column]) {
    for (place, file) in files.enumerated() {
      if let name = identity.first(where: { !file.holds($0) }) {
        throw Failure(file: place, error: .missing(name))
      }
    }
    var found: (identity: [Column], content: [Column]) = ([], [])
    for name in identity {
      found.identity.append(try column(name, isIdentity: true, missing: .only([])))
    }
    for name in content?.sorted(by: Column.precedes) ?? names {
      found.content.append(try column(name, isIdentity: false, missing: missing))
    }
    return found
  }

  private func column(
    _ name: String, isIdentity: Bool, missing: MissingColumns
  ) throws(Failure) -> Column {
    var united = FileSchema.Evidence.absent
    for (place, file) in files.enumerated() {
      guard let index = file.index(of: name) else { continue }
      let own = file.evidence[index]
      if case .undetermined(let doubt) = own {
        throw Failure(file: place, error: .undetermined(name, doubt))
      }
      if case .stored(let stored, nil) = own, stored.type == nil {
        throw Failure(file: place, error: .unreadable(name, stored.text))
      }
      if isIdentity, own == .inferred(.float64) {
        throw Failure(file: place, error: .floatIdentity(name))
      }
      let before = united
      united = before.united(with: own)
      if case .undetermined = united, let here = own.type, let there = before.type {
        throw Failure(file: place, error: .typesDiffer(name, here, there))
      }
    }
    if united == .absent, !missing.includes(name) {
      throw Failure(file: nil, error: isIdentity ? .missing(name) : .lacking(name))
    }
    return Column(name, united.type ?? .string)
  }
}

extension FileSchema.Evidence {
  /// The type of cells that it tells; `nil` where it settles none.
  var type: ColumnType? {
    switch self {
    case .text: .string
    case .declared(let declared): declared.type
    case .stored(let stored, let declared): declared?.type ?? stored.type
    case .inferred(let type): type
    case .onlyNull, .absent, .undetermined: nil
    }
  }

  /// What this and more evidence of the same column tell together, in whatever order it comes.
  ///
  /// Of reasons to doubt, an integer that no type holds stays one among numbers; else types are mixed.
  func united(with other: Self) -> Self {
    switch (self, other) {
    case (let one, let two) where one == two: one
    case (.absent, let known), (let known, .absent): known
    case (.onlyNull, let known), (let known, .onlyNull): known
    case (.text, .inferred(.string)), (.inferred(.string), .text): .inferred(.string)
    case (.inferred(.int), .inferred(.float64)), (.inferred(.float64), .inferred(.int)):
      .inferred(.float64)
    case (.undetermined(.bigInteger(let one)), .undetermined(.bigInteger(let two))):
      .undetermined(.bigInteger(row: min(one, two)))
    case (.undetermined(.bigInteger(let row)), .inferred(.int)),
      (.undetermined(.bigInteger(let row)), .inferred(.float64)),
      (.inferred(.int), .undetermined(.bigInteger(let row))),
      (.inferred(.float64), .undetermined(.bigInteger(let row))):
      .undetermined(.bigInteger(row: row))
    case (.stored, _), (_, .stored):
      if let own = type, let new = other.type, let both = own.united(with: new) {
        .inferred(both)
      } else {
        .undetermined(.mixed)
      }
    default: .undetermined(.mixed)
    }
  }
}
