import CanonicalJSON

/// A JSON document whose members keep their order, as schemas are written.
indirect enum SchemaNode: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  case text(String)
  case integer(Int64)
  case bool(Bool)
  case list([SchemaNode])
  case object([(String, SchemaNode)])

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: SchemaNode...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SchemaNode)...) { self = .object(elements) }

  /// A definition of the common schema.
  static func ref(_ name: String) -> SchemaNode {
    ["$ref": .text("common.schema.json#/$defs/\(name)")]
  }

  static func words(_ words: [String]) -> SchemaNode { .list(words.map { .text($0) }) }

  func with(_ name: String, _ value: SchemaNode) -> SchemaNode {
    guard case .object(let members) = self else { return self }
    return .object(members + [(name, value)])
  }

  private var line: String {
    switch self {
    case .text(let text): JSON.string(text).text
    case .integer(let value): "\(value)"
    case .bool(let value): "\(value)"
    case .list(let items): "[\(items.map(\.line).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\"\($0)\": \($1.line)" }.joined(separator: ", "))}"
    }
  }

  /// The document, with what fits in 100 columns on one line.
  func text(indent: Int = 0) -> String {
    let line = line
    if indent + line.utf8.count <= 96 { return line }
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .list(let items):
      let lines = items.map { inner + $0.text(indent: indent + 2) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
    case .object(let members):
      let lines = members.map { "\(inner)\"\($0)\": \($1.text(indent: indent + 2))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
    default: return line
    }
  }
}

extension SchemaNode {
  /// A document that was read: its members by name.
  init(_ json: JSON) {
    switch json {
    case .object(let object):
      self = .object(object.members.map { ($0.name, SchemaNode($0.value)) })
    case .array(let items): self = .list(items.map { SchemaNode($0) })
    case .string(let text): self = .text(text)
    case .integer(let value): self = .integer(value)
    case .bool(let value): self = .bool(value)
    case .null: self = "null"
    }
  }
}

extension JSON {
  fileprivate var text: String { String(decoding: canonicalBytes, as: UTF8.self) }
}
