/// Decodes one JSON object strictly: each member is taken once, and ``finish()`` refuses the rest.
///
/// An absent optional member is `nil`; a member that is `null` is there, and has the wrong type.
package struct MemberReader: Sendable {
  /// The members being read.
  package let object: JSONObject
  /// The path of the object, empty for a whole document.
  package let path: String
  private var isConsumed: [Bool]

  /// Starts on `json`, whose place in the document is `path` (empty for the whole).
  package init(_ json: JSON, path: String) throws(FieldError) {
    guard case .object(let object) = json else { throw .notAnObject(path) }
    self.object = object
    self.path = path
    isConsumed = Array(repeating: false, count: object.members.count)
  }

  /// The path of the member `name`.
  package func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  /// Takes any value, or `nil` when there is no such member.
  package mutating func optionalValue(_ name: String) throws(FieldError) -> JSON? {
    guard let index = object.index(of: name) else { return nil }
    isConsumed[index] = true
    return object.members[index].value
  }

  /// Takes any value.
  package mutating func value(_ name: String) throws(FieldError) -> JSON {
    try required(optionalValue(name), name)
  }

  /// Takes a string, or `nil` when there is no such member.
  package mutating func optionalString(_ name: String) throws(FieldError) -> String? {
    guard let json = try optionalValue(name) else { return nil }
    guard case .string(let value) = json else { throw wrongType(name, "a string") }
    return value
  }

  /// Takes a string.
  package mutating func string(_ name: String) throws(FieldError) -> String {
    try required(optionalString(name), name)
  }

  /// Takes an integer of `range`, or `nil` when there is no such member.
  package mutating func optionalInteger(
    _ name: String, in range: ClosedRange<Int64>
  ) throws(FieldError) -> Int64? {
    guard let json = try optionalValue(name) else { return nil }
    guard case .integer(let value) = json else { throw wrongType(name, "an integer") }
    guard range.contains(value) else { throw .outOfRange(path(of: name)) }
    return value
  }

  /// Takes an integer of `range`.
  package mutating func integer(
    _ name: String, in range: ClosedRange<Int64>
  ) throws(FieldError) -> Int64 {
    try required(optionalInteger(name, in: range), name)
  }

  /// Takes a truth value, or `nil` when there is no such member.
  package mutating func optionalBool(_ name: String) throws(FieldError) -> Bool? {
    guard let json = try optionalValue(name) else { return nil }
    guard case .bool(let value) = json else { throw wrongType(name, "true or false") }
    return value
  }

  /// Takes a truth value.
  package mutating func bool(_ name: String) throws(FieldError) -> Bool {
    try required(optionalBool(name), name)
  }

  /// Takes an array of `count` elements, or `nil` when there is no such member.
  package mutating func optionalArray(
    _ name: String, count: ClosedRange<Int>
  ) throws(FieldError) -> [JSON]? {
    guard let json = try optionalValue(name) else { return nil }
    guard case .array(let elements) = json else { throw wrongType(name, "an array") }
    guard count.contains(elements.count) else { throw .outOfRange(path(of: name)) }
    return elements
  }

  /// Takes an array of `count` elements.
  package mutating func array(
    _ name: String, count: ClosedRange<Int>
  ) throws(FieldError) -> [JSON] {
    try required(optionalArray(name, count: count), name)
  }

  /// Takes an object to read further, or `nil` when there is no such member.
  ///
  /// The caller finishes the inner reader too.
  package mutating func optionalObject(_ name: String) throws(FieldError) -> MemberReader? {
    guard let json = try optionalValue(name) else { return nil }
    return try MemberReader(json, path: path(of: name))
  }

  /// Takes an object to read further; the caller finishes the inner reader too.
  package mutating func object(_ name: String) throws(FieldError) -> MemberReader {
    try required(optionalObject(name), name)
  }

  /// Ends the reading: every member has been taken.
  ///
  /// - Throws: ``FieldError/unknown(_:)`` with the first member that has not.
  package func finish() throws(FieldError) {
    for index in isConsumed.indices where !isConsumed[index] {
      throw .unknown(path(of: object.members[index].name))
    }
  }

  private func required<Value>(_ value: Value?, _ name: String) throws(FieldError) -> Value {
    guard let value else { throw .missing(path(of: name)) }
    return value
  }

  private func wrongType(_ name: String, _ expected: String) -> FieldError {
    .wrongType(path(of: name), expected: expected)
  }
}
