package import CanonicalJSON

/// Who must sign a kind: how many distinct actors, each in one of the roles.
package struct SigningRule: StatementPart {
  /// Ascending, without repetition.
  package let roles: [Role]
  /// 1 to 63.
  package let actors: Int

  package init(_ roles: [Role], actors: Int = 1) {
    self.roles = roles.sorted()
    self.actors = actors
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    roles = try reader.roles("roles")
    actors = Int(try reader.integer("actors", in: 1...Int64(Header.maximumSigners - 1)))
  }

  package func write(to object: inout JSONObject) {
    object["roles"] = .array(roles.map { .string($0.rawValue) })
    object["actors"] = .integer(Int64(actors))
  }
}

/// Who may sign what, and by how many.
package struct Charter: StatementPart {
  /// Rules by kind; a kind without one, such as one that came later, is the administrators'.
  package let rules: [Kind: SigningRule]
  /// Whether a release whose rows do not add up may be recorded, with its gap.
  package let allowsUnreconciled: Bool

  package init(rules: [Kind: SigningRule], allowsUnreconciled: Bool) {
    self.rules = rules
    self.allowsUnreconciled = allowsUnreconciled
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    var kinds = try reader.object("kinds")
    var rules: [Kind: SigningRule] = [:]
    for kind in Kind.allCases where kind != .ledgerCreated {
      rules[kind] = try kinds.optionalNested(kind.rawValue)
    }
    try kinds.finish()
    self.rules = rules
    allowsUnreconciled = try reader.bool("allowsUnreconciled")
  }

  package func write(to object: inout JSONObject) {
    var kinds = JSONObject()
    for (kind, rule) in rules { kinds.set(kind.rawValue, part: rule) }
    object["kinds"] = .object(kinds)
    object["allowsUnreconciled"] = .bool(allowsUnreconciled)
  }

  /// The rule for `kind`; sequence 0 has its own.
  package func rule(for kind: Kind) -> SigningRule {
    rules[kind] ?? SigningRule([.administrator])
  }

  /// What `winnow init` writes: one signer in the roles that fit the kind.
  package static let initial: Charter = {
    var rules: [Kind: SigningRule] = [:]
    for kind in Kind.allCases where kind != .ledgerCreated {
      rules[kind] = SigningRule(kind.type.standing.roles)
    }
    return Charter(rules: rules, allowsUnreconciled: false)
  }()
}
