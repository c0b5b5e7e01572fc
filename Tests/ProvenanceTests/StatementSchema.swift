import CanonicalJSON
import Provenance

/// The schema of a kind's statements, written from its form.
struct StatementSchema {
  private let kind: Kind
  private let type: any FormedBody.Type
  /// The shape in which others' figures are stated, where there is one.
  private let twin: (any FormedBody.Type)?

  init(_ kind: Kind, _ type: any FormedBody.Type, statedAs twin: (any FormedBody.Type)?) {
    self.kind = kind
    self.type = type
    self.twin = twin
  }

  var text: String { node.text() + "\n" }

  private static let header = [
    "ledger", "signers", "nonce", "occurredAt", "occurredPrecision", "occurredUntil",
    "attestation", "attributedTo", "causes", "case", "evidence", "expects", "notAfter",
  ]
  private static let required = [
    "ledger", "signers", "nonce", "occurredAt", "occurredPrecision", "attestation",
  ]

  private var node: SchemaNode {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": .text("https://winnow.dev/schema/statement-\(kind.rawValue).schema.json"),
      "title": .text(kind.rawValue),
      "description": .text(type.meaning),
      "type": "object",
      "required": ["_type", "subject", "predicateType", "predicate"],
      "properties": [
        "_type": [
          "const": .text(Statement.type),
          "description": "The in-toto attestation framework's statement, version 1.",
        ],
        "subject": type.subjectForm.schema(isRootKnown: twin == nil),
        "predicateType": [
          "const": .text(kind.predicateType),
          "description": "The kind of event: an identifier, never fetched.",
        ],
        "predicate": predicate,
      ],
      "additionalProperties": false,
    ]
  }

  private var predicate: SchemaNode {
    var properties: [(String, SchemaNode)] = Self.header.map { ($0, common($0)) }
    let names = Set(type.members.map(\.name))
    let added = twin.map { $0.members.filter { !names.contains($0.name) } } ?? []
    properties += (type.members + added).map { member in
      (member.name, twins(of: member) == nil ? member.schema : member.described)
    }
    var required = Self.required + (kind.isAuthority ? ["notAfter"] : [])
    required += always.map(\.name)
    var rules: [SchemaNode] = [.ref("headerRules")]
    if let condition = type.condition, let json = try? JSON(parsing: Array(condition.utf8)) {
      rules.append(SchemaNode(json))
    }
    if let twin { rules.append(either(twin)) }
    return [
      "description": .text(type.meaning),
      "type": "object",
      "required": .words(required),
      "properties": .object(properties),
      "additionalProperties": false,
      "allOf": .list(rules),
    ]
  }

  /// The members that stand in either shape.
  private var always: [MemberForm] {
    type.members.filter { member in
      !member.isOptional
        && (twin?.members.contains { $0.name == member.name && !$0.isOptional } ?? true)
    }
  }

  /// What a member is in either shape, where that is not the same.
  private func twins(of member: MemberForm) -> (exact: MemberShape, stated: MemberShape)? {
    guard let stated = twin?.members.first(where: { $0.name == member.name })?.shape,
      let exact = type.members.first(where: { $0.name == member.name })?.shape, exact != stated
    else { return nil }
    return (exact, stated)
  }

  private func common(_ name: String) -> SchemaNode {
    switch (name, kind.isAuthority) {
    case ("ledger", _) where kind == .ledgerCreated:
      .ref("origin").with(
        "description", "The origin, for there is no earlier event to name.")
    case ("notAfter", true):
      .ref("time").with(
        "description",
        "The last moment at which the statement can be recorded; at most 30 days after `occurredAt`."
      )
    default: .ref(name)
    }
  }

  /// What holds only for the figures of others, and what only for a set that is known.
  private func either(_ twin: any FormedBody.Type) -> SchemaNode {
    let stated = Set(twin.members.map(\.name))
    let exact = Set(type.members.map(\.name))
    let both = Set(always.map(\.name))
    let lost = type.members.filter { !stated.contains($0.name) }.map {
      ($0.name, SchemaNode.bool(false))
    }
    let added = twin.members.filter { !exact.contains($0.name) && $0.name != "stated" }.map {
      ($0.name, SchemaNode.bool(false))
    }
    let unlike = type.members.compactMap { member in
      twins(of: member).map { (member.name, $0) }
    }
    let needed = type.members.filter { !$0.isOptional && !both.contains($0.name) }.map(\.name)
    var otherwise: SchemaNode = ["required": .words(needed)]
    let others = added + unlike.map { ($0, $1.exact.schema) }
    if !others.isEmpty { otherwise = otherwise.with("properties", .object(others)) }
    return [
      "description": "An import that knows no root has the figures as stated in their place.",
      "if": ["required": ["stated"]],
      "then": [
        "properties": .object(
          [("attestation", ["const": "third-party-import"])] + lost
            + unlike.map { ($0, $1.stated.schema) })
      ],
      "else": otherwise,
    ]
  }
}

extension MemberForm {
  /// Its meaning alone, for its shape is said elsewhere.
  fileprivate var described: SchemaNode { ["description": .text(meaning ?? "")] }

  fileprivate var schema: SchemaNode {
    guard let meaning else { return shape.schema }
    switch shape {
    case .ref: return shape.schema.with("description", .text(meaning))
    case .words(let words) where words.count == 1:
      return ["const": .text(words[0]), "description": .text(meaning)]
    default:
      guard case .object(let members) = shape.schema else { return shape.schema }
      return .object([("description", .text(meaning))] + members)
    }
  }
}

extension MemberShape {
  fileprivate var schema: SchemaNode {
    switch self {
    case .ref(let name): return .ref(name)
    case .words(let words) where words.count == 1: return ["const": .text(words[0])]
    case .words(let words): return ["enum": .words(words)]
    case .truth: return ["type": "boolean"]
    case .list(let element, let count, let isUnique):
      let list: SchemaNode = [
        "type": "array", "items": element.schema, "minItems": .integer(Int64(count.lowerBound)),
        "maxItems": .integer(Int64(count.upperBound)),
      ]
      return isUnique ? list.with("uniqueItems", true) : list
    }
  }
}

extension SubjectForm {
  fileprivate func schema(isRootKnown: Bool) -> SchemaNode {
    let description: SchemaNode = "What the statement is about; follows from the predicate."
    if isReleaseAndSet {
      let both: SchemaNode = [
        "description": description, "$ref": "common.schema.json#/$defs/releaseAndSet",
      ]
      return isRootKnown ? both.with("minItems", 2) : both
    }
    let digests: SchemaNode
    if algorithm == "winnowSet1", !isRootKnown {
      digests = [
        "description": "Its digest; SHA-256 of the name where the root is not known.",
        "type": "object",
        "properties": ["winnowSet1": .ref("digest"), "sha256": .ref("digest")],
        "oneOf": [["required": ["winnowSet1"]], ["required": ["sha256"]]],
        "additionalProperties": false,
      ]
    } else {
      digests = [
        "description": "Its digest.",
        "type": "object",
        "required": [.text(algorithm)],
        "properties": .object([(algorithm, .ref("digest"))]),
        "additionalProperties": false,
      ]
    }
    return [
      "description": description,
      "type": "array",
      "items": [
        "description": .text(meaning),
        "type": "object",
        "required": ["name", "digest"],
        "properties": ["name": name.schema, "digest": digests],
        "additionalProperties": false,
      ],
      "minItems": 1,
      "maxItems": .integer(Int64(most)),
    ]
  }
}
