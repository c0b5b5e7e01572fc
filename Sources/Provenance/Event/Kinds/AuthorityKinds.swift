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

/// Sequence 0: the first administrators with their keys and roles, the log's vkey, the charter.
package struct LedgerCreated: EventBody {
  package static let kind = Kind.ledgerCreated
  package let origin: Origin
  /// The log's verifier key (C2SP signed-note vkey); its name is the origin.
  package let logKey: String
  /// By actor ascending, each once.
  package let founders: [Founder]
  package let charter: Charter

  package init(origin: Origin, logKey: String, founders: [Founder], charter: Charter) {
    self.origin = origin
    self.logKey = logKey
    self.founders = founders.sorted { $0.actor < $1.actor }
    self.charter = charter
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    guard let origin = Origin(try reader.string("origin")) else {
      throw .outOfRange(reader.path(of: "origin"))
    }
    self.origin = origin
    logKey = try reader.string("logKey")
    guard logKey.utf8.count <= 256, LogKey.publicKey(ofVkey: logKey, origin: origin) != nil else {
      throw .outOfRange(reader.path(of: "logKey"))
    }
    founders = try reader.nestedList("founders", count: 1...Header.maximumSigners - 1)
    for (a, b) in zip(founders, founders.dropFirst()) where a.actor >= b.actor {
      throw .outOfRange(reader.path(of: "founders"))
    }
    charter = try reader.nested("charter")
  }

  package func write(to object: inout JSONObject) {
    object.set("origin", origin)
    object["logKey"] = .string(logKey)
    object.set("founders", parts: founders)
    object.set("charter", part: charter)
  }

  package var subjects: [Subject] { [Subject(named: origin.text)] }
}

/// An organisation or person that may be given keys and roles.
package struct ActorRegistered: EventBody {
  package static let kind = Kind.actorRegistered
  package let actor: ActorName
  /// How the actor is called, as UTF-8 text.
  package let title: AttachmentReference?
  package let after: EventID

  package init(actor: ActorName, title: AttachmentReference?, after: EventID) {
    self.actor = actor
    self.title = title
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    title = try reader.optionalNested("title")
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object.set("title", part: title)
    object.set("after", after)
  }

  package var subjects: [Subject] { [Subject(named: actor.text)] }
  package var references: [EventID] { [after] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    title.map { [("title", $0)] } ?? []
  }
}

/// A public key becomes an actor's, for ever; co-signed by that key.
package struct KeyAdded: EventBody {
  package static let kind = Kind.keyAdded
  package let actor: ActorName
  package let publicKey: VerifyingKey
  package let custody: Custody
  package let after: EventID

  package init(actor: ActorName, publicKey: VerifyingKey, custody: Custody, after: EventID) {
    self.actor = actor
    self.publicKey = publicKey
    self.custody = custody
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    publicKey = try reader.publicKey("publicKey")
    custody = try reader.word("custody")
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object["publicKey"] = .string(publicKey.bytes.base64)
    object.set("custody", custody)
    object.set("after", after)
  }

  package var subjects: [Subject] { [Subject(actor.text, sha256: publicKey.id)] }
  package var references: [EventID] { [after] }
}

/// A key counts no longer, from the next sequence on.
package struct KeyRevoked: EventBody {
  package static let kind = Kind.keyRevoked
  package let key: Digest
  /// The first sequence from which what the key signed is doubtful.
  package let suspectSince: UInt64?
  package let after: EventID

  package init(key: Digest, suspectSince: UInt64?, after: EventID) {
    self.key = key
    self.suspectSince = suspectSince
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    key = try reader.digest("key")
    suspectSince = try reader.optionalInteger("suspectSince", in: 0...Int64(1) << 53 - 1).map {
      UInt64($0)
    }
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("key", key)
    if let suspectSince { object.set("suspectSince", amount: suspectSince) }
    object.set("after", after)
  }

  package var subjects: [Subject] { [Subject("key", sha256: key)] }
  package var references: [EventID] { [after] }
}

/// An actor may act in a role, from the next sequence on.
package typealias RoleGranted = RoleChange<Grant>

/// An actor may no longer act in a role, from the next sequence on.
package typealias RoleRevoked = RoleChange<Revocation>

/// Which way a role changes: only the signed kind tells.
package protocol RoleWay: Hashable, Sendable {
  static var kind: Kind { get }
}

package enum Grant: RoleWay { package static let kind = Kind.roleGranted }
package enum Revocation: RoleWay { package static let kind = Kind.roleRevoked }

/// An actor gets or loses a role.
package struct RoleChange<Way: RoleWay>: EventBody {
  package static var kind: Kind { Way.kind }
  package let actor: ActorName
  package let role: Role
  package let after: EventID

  package init(actor: ActorName, role: Role, after: EventID) {
    self.actor = actor
    self.role = role
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    role = try reader.word("role")
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object.set("role", role)
    object.set("after", after)
  }

  package var subjects: [Subject] { [Subject(named: actor.text)] }
  package var references: [EventID] { [after] }
}

/// A new charter takes the place of the last one, whole.
package struct CharterSet: EventBody {
  package static let kind = Kind.charterSet
  package let charter: Charter
  package let after: EventID

  package init(charter: Charter, after: EventID) {
    self.charter = charter
    self.after = after
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    charter = try reader.nested("charter")
    after = try reader.eventID("after")
  }

  package func write(to object: inout JSONObject) {
    object.set("charter", part: charter)
    object.set("after", after)
  }

  package var subjects: [Subject] { [Subject(named: "charter")] }
  package var references: [EventID] { [after] }
}

extension MemberReader {
  /// Roles, ascending without repetition, at least one.
  fileprivate mutating func roles(_ name: String) throws(FieldError) -> [Role] {
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
