/// Decodes one JSON object strictly: each member is taken once, and ``finish()`` refuses the rest.
///
/// An absent optional member is `nil`; a member that is `null` is there, and has the wrong type.
/// Nothing is copied but what is taken, and paths are spelled only for an error.
package struct MemberReader: Sendable {
  private let object: JSONElement
  /// The node and the path of the value from which paths are counted.
  private let base: (node: Int, path: String)
  /// Bit i: whether the member at place i was taken.
  private var taken: UInt128 = 0

  /// The most members of an object that is read this way.
  package static let maximumMembers = 128

  /// Starts on `element`, whose place in the document is `path` (empty for the whole).
  package init(_ element: JSONElement, path: String) throws(FieldError) {
    try self.init(element, base: (element.node, path))
  }

  /// Starts on a value that was built or parsed as a tree.
  package init(_ json: JSON, path: String) throws(FieldError) {
    do {
      try self.init(JSONElement(json), path: path)
    } catch let error as FieldError {
      throw error
    } catch {
      throw .outOfRange(path)
    }
  }

  private init(_ element: JSONElement, base: (node: Int, path: String)) throws(FieldError) {
    object = element
    self.base = base
    guard element.isObject else { throw .notAnObject(path) }
  }

  /// The path of the object, empty for a whole document.
  package var path: String { joined(object.path(from: base.node)) }

  /// The path of the member `name`.
  package func path(of name: String) -> String { joined(object.path(from: base.node) + ".\(name)") }

  private func joined(_ rest: String) -> String {
    base.path.isEmpty && rest.hasPrefix(".") ? String(rest.dropFirst()) : base.path + rest
  }

  /// Starts on an element of one of the members, so that errors name its path.
  package func reader(of element: JSONElement) throws(FieldError) -> MemberReader {
    try MemberReader(element, base: base)
  }

  /// Whether there is a member `name`; asking does not take it.
  package func has(_ name: String) -> Bool { object.member(name) != nil }

  /// The name of the only member, or `nil` when there is none or more than one.
  package var soleName: String? { object.soleMember?.name }

  /// Takes any value, or `nil` when there is no such member.
  package mutating func optionalValue(_ name: String) throws(FieldError) -> JSONElement? {
    let document = object.document
    let bytes = document.bytes
    let nodes = document.nodes
    let wanted = name.utf8Span.span
    var index = object.node + 1
    let end = Int(object.content.next)
    var place = 0
    while index < end {
      if nodes[index].isName(wanted, in: bytes.span) {
        guard place < Self.maximumMembers else { throw .outOfRange(path) }
        taken |= 1 << UInt128(place)
        return JSONElement(document: document, node: index + 1)
      }
      index = Int(nodes[index + 1].next)
      place += 1
    }
    return nil
  }

  /// Takes any value.
  package mutating func value(_ name: String) throws(FieldError) -> JSONElement {
    try required(optionalValue(name), name)
  }

  /// Takes a string, or `nil` when there is no such member.
  package mutating func optionalString(_ name: String) throws(FieldError) -> String? {
    try optionalText(name)?.string
  }

  /// Takes a string.
  package mutating func string(_ name: String) throws(FieldError) -> String {
    try text(name).string
  }

  /// Takes a string in place, or `nil` when there is no such member.
  package mutating func optionalText(_ name: String) throws(FieldError) -> JSONText? {
    guard let element = try optionalValue(name) else { return nil }
    guard let text = element.text else { throw wrongType(name, "a string") }
    return text
  }

  /// Takes a string in place.
  package mutating func text(_ name: String) throws(FieldError) -> JSONText {
    try required(optionalText(name), name)
  }

  /// Takes an integer of `range`, or `nil` when there is no such member.
  package mutating func optionalInteger(
    _ name: String, in range: ClosedRange<Int64>
  ) throws(FieldError) -> Int64? {
    guard let element = try optionalValue(name) else { return nil }
    guard let value = element.integer else { throw wrongType(name, "an integer") }
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
    guard let element = try optionalValue(name) else { return nil }
    guard let value = element.bool else { throw wrongType(name, "true or false") }
    return value
  }

  /// Takes a truth value.
  package mutating func bool(_ name: String) throws(FieldError) -> Bool {
    try required(optionalBool(name), name)
  }

  /// Takes an array of `count` elements, or `nil` when there is no such member.
  package mutating func optionalArray(
    _ name: String, count: ClosedRange<Int>
  ) throws(FieldError) -> [JSONElement]? {
    guard let element = try optionalValue(name) else { return nil }
    guard let elements = element.elements else { throw wrongType(name, "an array") }
    guard count.contains(elements.count) else { throw .outOfRange(path(of: name)) }
    return elements
  }

  /// Takes an array of `count` elements.
  package mutating func array(
    _ name: String, count: ClosedRange<Int>
  ) throws(FieldError) -> [JSONElement] {
    try required(optionalArray(name, count: count), name)
  }

  /// Takes an object to read further, or `nil` when there is no such member.
  ///
  /// The caller finishes the inner reader too.
  package mutating func optionalObject(_ name: String) throws(FieldError) -> MemberReader? {
    guard let element = try optionalValue(name) else { return nil }
    return try MemberReader(element, base: base)
  }

  /// Takes an object to read further; the caller finishes the inner reader too.
  package mutating func object(_ name: String) throws(FieldError) -> MemberReader {
    try required(optionalObject(name), name)
  }

  /// Ends the reading: every member has been taken.
  ///
  /// - Throws: ``FieldError/unknown(_:)`` with the first member that has not.
  package func finish() throws(FieldError) {
    var index = object.node + 1
    let end = Int(object.content.next)
    var place = 0
    while index < end {
      guard place < Self.maximumMembers, taken & (1 << UInt128(place)) != 0 else {
        throw .unknown(path(of: object.name(at: index) ?? ""))
      }
      index = Int(object.document.nodes[index + 1].next)
      place += 1
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
