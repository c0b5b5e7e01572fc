internal import CanonicalJSON
package import Rows

/// What someone says of a release's files so that they are read as the dataset has them: what the
/// files alone do not say.
package struct Reading: Hashable, Sendable {
  /// Types given for columns.
  package var types: DeclaredTypes
  /// Columns that files may lack; their rows then have null.
  package var missing: MissingColumns

  /// Takes both; nothing by default.
  package init(types: DeclaredTypes = [:], missing: MissingColumns = .only([])) {
    self.types = types
    self.missing = missing
  }

  /// The members of a catalogue: `types` as `[[name,type],…]` and `missing` as names, each by the bytes
  /// of the names, and left out when there are none.
  var members: [(String, JSON)] {
    var members: [(String, JSON)] = []
    let types = types.names.compactMap { name in
      self.types[name].map { JSON.array([.string(name), .string($0.text)]) }
    }
    if !types.isEmpty { members.append(("types", .array(types))) }
    if case .only(let names) = missing, !names.isEmpty {
      members.append(("missing", .array(names.map { .string($0) })))
    }
    return members
  }

  /// Reads exactly what ``members`` writes.
  init(_ reader: inout MemberReader) throws(DocumentProblem) {
    self.init()
    for (name, type) in try Self.pairs(&reader) { types[name] = type }
    missing = .only(try Self.optionalNames("missing", atLeast: 1, &reader) ?? [])
  }

  private static func pairs(
    _ reader: inout MemberReader
  ) throws(DocumentProblem) -> [(String, DeclaredType)] {
    var pairs: [(String, DeclaredType)] = []
    for element in try list("types", atLeast: 1, &reader) ?? [] {
      let pair = element.elements ?? []
      guard pair.count == 2, let name = pair[0].string, let text = pair[1].string,
        let type = try? DeclaredType(text: text),
        pairs.last.map({ Column.precedes($0.0, name) }) ?? true
      else {
        throw DocumentProblem(text: "types are not [[name, type], ...] by name; correct them.")
      }
      pairs.append((name, type))
    }
    return pairs
  }

  /// Names of columns by their bytes, each once; `nil` when there is no such member.
  static func optionalNames(
    _ member: String, atLeast least: Int, _ reader: inout MemberReader
  ) throws(DocumentProblem) -> [String]? {
    guard let names = try list(member, atLeast: least, &reader)?.map(\.string) else { return nil }
    guard names.allSatisfy({ $0 != nil }), Column.areAscending(names.compactMap(\.self)) else {
      throw DocumentProblem(text: "\(member) is not a list of columns by name; correct it.")
    }
    return names.compactMap(\.self)
  }

  /// The elements of a list; `nil` when there is no such member.
  private static func list(
    _ member: String, atLeast least: Int, _ reader: inout MemberReader
  ) throws(DocumentProblem) -> [JSONElement]? {
    do throws(FieldError) {
      // Each of many files can carry columns of its own.
      return try reader.optionalArray(member, count: least...1_000_000)
    } catch {
      throw DocumentProblem(text: error.description)
    }
  }
}
