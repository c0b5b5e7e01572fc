/// A value of a ``JSONDocument``, in place.
package struct JSONElement: Sendable {
  /// The document that it is part of.
  package let document: JSONDocument
  let node: Int

  init(document: JSONDocument, node: Int) {
    self.document = document
    self.node = node
  }

  /// Takes a value that was built or parsed elsewhere, by way of its canonical bytes.
  ///
  /// - Throws: ``JSONError`` for a value that no canonical document can hold, such as one that is
  ///   nested too deeply.
  package init(_ json: JSON) throws(JSONError) {
    self = try JSONDocument(parsingCanonical: json.canonicalBytes).root
  }

  var content: JSONNode { document.nodes[node] }

  package var isObject: Bool { content.kind == .object }

  /// The integer, or `nil` for anything else.
  package var integer: Int64? {
    let content = content
    return content.kind == .integer ? content.integer : nil
  }

  /// The truth value, or `nil` for anything else.
  package var bool: Bool? {
    switch content.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// The string, or `nil` for anything else.
  package var string: String? { text?.string }

  /// The string in place, or `nil` for anything else.
  package var text: JSONText? {
    let content = content
    switch content.kind {
    case .string: return JSONText(bytes: document.bytes, range: content.range)
    case .escapedString:
      guard let text = document.text(of: content) else { return nil }
      return JSONText(bytes: text, range: 0..<text.count)
    default: return nil
    }
  }

  /// The elements of an array, in order; `nil` for anything else.
  package var elements: [JSONElement]? {
    let content = content
    guard content.kind == .array else { return nil }
    var result: [JSONElement] = []
    var index = node + 1
    while index < Int(content.next) {
      result.append(JSONElement(document: document, node: index))
      index = Int(document.nodes[index].next)
    }
    return result
  }

  /// Whether an object or array stands in the document as exactly these bytes.
  package func isWritten(as expected: [UInt8]) -> Bool {
    let content = content
    guard content.kind == .object || content.kind == .array else { return false }
    let bytes = document.bytes
    return NameOrder.areSame(bytes.span.extracting(content.range), expected.span)
  }

  /// The value of an object's member, or `nil`.
  package func member(_ name: String) -> JSONElement? {
    nameNode(name).map { JSONElement(document: document, node: $0 + 1) }
  }

  /// Where an object's member stands in the document, from its name's quote to the last byte of its
  /// value, when that is a string, an object or an array.
  package func memberRange(_ name: String) -> Range<Int>? {
    guard let index = nameNode(name) else { return nil }
    let start = document.nodes[index].range.lowerBound - 1
    let value = document.nodes[index + 1]
    switch value.kind {
    case .string, .escapedString: return start..<value.range.upperBound + 1
    case .object, .array: return start..<value.range.upperBound
    default: return nil
    }
  }

  private func nameNode(_ name: String) -> Int? {
    let content = content
    guard content.kind == .object else { return nil }
    let nodes = document.nodes
    let bytes = document.bytes
    let wanted = name.utf8Span.span
    var index = node + 1
    while index < Int(content.next) {
      if nodes[index].isName(wanted, in: bytes.span) { return index }
      index = Int(nodes[index + 1].next)
    }
    return nil
  }

  /// Name and value of an object's only member; `nil` for anything else.
  package var soleMember: (name: String, value: JSONElement)? {
    let content = content
    let value = JSONElement(document: document, node: node + 2)
    guard content.kind == .object, node + 2 < Int(content.next),
      document.nodes[node + 2].next == content.next, let name = name(at: node + 1)
    else { return nil }
    return (name, value)
  }

  /// The name at `index`, its escapes undone.
  func name(at index: Int) -> String? {
    document.text(of: document.nodes[index]).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value as a tree.
  package var json: JSON {
    let content = content
    switch content.kind {
    case .null: return .null
    case .false: return .bool(false)
    case .true: return .bool(true)
    case .integer: return .integer(content.integer)
    case .string, .escapedString: return .string(string ?? "")
    case .array: return .array((elements ?? []).map(\.json))
    case .object, .name, .escapedName:
      var members: [(name: String, value: JSON)] = []
      var index = node + 1
      while index + 1 < Int(content.next) {
        let value = JSONElement(document: document, node: index + 1)
        members.append((name(at: index) ?? "", value.json))
        index = Int(document.nodes[index + 1].next)
      }
      return .object(JSONObject(sortedMembers: members))
    }
  }

  /// Where the value stands below `ancestor`, as in `.predicate.columns[2]`; empty for itself.
  func path(from ancestor: Int) -> String {
    var path = ""
    var index = ancestor
    while index != node {
      let container = document.nodes[index]
      var inner = index + 1
      var place = 0
      let isObject = container.kind == .object
      while inner < Int(container.next) {
        let value = isObject ? inner + 1 : inner
        let end = Int(document.nodes[value].next)
        if value <= node, node < end {
          path += isObject ? ".\(name(at: inner) ?? "")" : "[\(place)]"
          index = value
          break
        }
        inner = end
        place += 1
      }
      if inner >= Int(container.next) { return path }
    }
    return path
  }
}

extension JSONElement: Equatable {
  /// Whether both are the same value, byte for byte in names and strings.
  package static func == (a: JSONElement, b: JSONElement) -> Bool { a.json == b.json }
}
