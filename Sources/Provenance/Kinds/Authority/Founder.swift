package import CanonicalJSON
package import LedgerCrypto

/// One of the first administrators, as sequence 0 registers them.
package struct Founder: StatementPart {
  package let actor: ActorName
  package let publicKey: VerifyingKey
  package let custody: Custody
  /// Ascending, without repetition.
  package let roles: [Role]

  package init(actor: ActorName, publicKey: VerifyingKey, custody: Custody, roles: [Role]) {
    self.actor = actor
    self.publicKey = publicKey
    self.custody = custody
    self.roles = roles.sorted()
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    publicKey = try reader.publicKey("publicKey")
    custody = try reader.word("custody")
    roles = try reader.roles("roles")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object["publicKey"] = .string(publicKey.bytes.base64)
    object.set("custody", custody)
    object["roles"] = .array(roles.map { .string($0.rawValue) })
  }
}

extension Founder: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] {
    let founders = try reader.nestedList(
      name, count: 1...Header.maximumSigners - 1, Founder.self)
    for (a, b) in zip(founders, founders.dropFirst()) where a.actor >= b.actor {
      throw .outOfRange(reader.path(of: name))
    }
    return founders
  }
  package static var listShape: MemberShape {
    .list("founder", 1...Header.maximumSigners - 1, isUnique: false)
  }
  package static var listOrder: ListOrder { .by("actor") }
}

extension MemberReader {
  /// Roles, ascending without repetition, at least one.
  mutating func roles(_ name: String) throws(FieldError) -> [Role] {
    var roles: [Role] = []
    for item in try array(name, count: 1...Role.allCases.count) {
      guard let role = item.string.flatMap({ Role(rawValue: $0) }),
        roles.last.map({ $0 < role }) ?? true
      else { throw .outOfRange(path(of: name)) }
      roles.append(role)
    }
    return roles
  }
}
