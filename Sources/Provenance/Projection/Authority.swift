package import CanonicalJSON
package import LedgerCrypto

/// An actor as the ledger knows it.
package struct ActorRecord: ProjectedRecord {
  package static let table = ProjectionTable.actor
  package let actor: ActorName
  package let registered: UInt64
  package let title: AttachmentReference?
  package var key: String { actor.text }

  init(actor: ActorName, registered: UInt64, title: AttachmentReference?) {
    self.actor = actor
    self.registered = registered
    self.title = title
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    registered = try reader.sequence("registered")
    title = try reader.optionalNested("title")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object.set("registered", sequence: registered)
    object.set("title", part: title)
  }
}

/// A public key: whose it is, and from when to when it counts.
package struct KeyRecord: ProjectedRecord {
  package static let table = ProjectionTable.key
  package let actor: ActorName
  package let publicKey: VerifyingKey
  package let custody: Custody
  package let added: UInt64
  package var revoked: UInt64?
  package var suspectSince: UInt64?
  package var key: String { publicKey.id.hex }

  init(actor: ActorName, publicKey: VerifyingKey, custody: Custody, added: UInt64) {
    self.actor = actor
    self.publicKey = publicKey
    self.custody = custody
    self.added = added
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    publicKey = try reader.publicKey("publicKey")
    custody = try reader.word("custody")
    added = try reader.sequence("added")
    revoked = try reader.optionalSequence("revoked")
    suspectSince = try reader.optionalSequence("suspectSince")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object["publicKey"] = .string(publicKey.bytes.base64)
    object.set("custody", custody)
    object.set("added", sequence: added)
    object.set("revoked", sequence: revoked)
    object.set("suspectSince", sequence: suspectSince)
  }
}

/// A role that an actor holds or held; the last grant and revocation.
package struct RoleRecord: ProjectedRecord {
  package static let table = ProjectionTable.role
  package let actor: ActorName
  package let role: Role
  package let granted: UInt64
  package var revoked: UInt64?
  package var key: String { Self.key(actor, role) }

  static func key(_ actor: ActorName, _ role: Role) -> String { "\(actor)/\(role.rawValue)" }

  init(actor: ActorName, role: Role, granted: UInt64) {
    self.actor = actor
    self.role = role
    self.granted = granted
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    actor = try reader.actor("actor")
    role = try reader.word("role")
    granted = try reader.sequence("granted")
    revoked = try reader.optionalSequence("revoked")
  }

  package func write(to object: inout JSONObject) {
    object.set("actor", actor)
    object.set("role", role)
    object.set("granted", sequence: granted)
    object.set("revoked", sequence: revoked)
  }
}

/// Who may sign what at this point of the log.
package struct Authority: Sendable {
  package internal(set) var founding: CharterRecord?
  package internal(set) var actors: [ActorName: ActorRecord] = [:]
  package internal(set) var keys: [Digest: KeyRecord] = [:]
  package internal(set) var roles: [String: RoleRecord] = [:]

  /// Whether `actor` holds `role` now.
  package func holds(_ actor: ActorName, _ role: Role) -> Bool {
    roles[RoleRecord.key(actor, role)].map { $0.revoked == nil } ?? false
  }

  /// Whether `actor` holds any of `roles` now.
  package func holds(_ actor: ActorName, anyOf roles: [Role]) -> Bool {
    roles.contains { holds(actor, $0) }
  }

  /// The roles that `actor` holds now, ascending.
  package func roles(of actor: ActorName) -> [Role] {
    Role.allCases.filter { holds(actor, $0) }.sorted()
  }

  /// The last sequence that touched `actor`, a key or a role of it.
  func lastTouch(of actor: ActorName) -> UInt64 {
    var last = actors[actor]?.registered ?? 0
    for key in keys.values where key.actor == actor {
      last = max(last, key.added, key.revoked ?? 0)
    }
    for record in Role.allCases.compactMap({ roles[RoleRecord.key(actor, $0)] }) {
      last = max(last, record.granted, record.revoked ?? 0)
    }
    return last
  }

  /// Says that the next authority event follows `event`.
  mutating func follow(_ event: AdmittedEvent) -> [ProjectionChange] {
    founding?.lastAuthority = event.id
    return founding.map { [ProjectionChange($0)] } ?? []
  }

  mutating func register(
    _ actor: ActorName, title: AttachmentReference?, at sequence: UInt64
  ) -> ProjectionChange {
    let record = ActorRecord(actor: actor, registered: sequence, title: title)
    actors[actor] = record
    return ProjectionChange(record)
  }

  mutating func add(
    _ key: VerifyingKey, of actor: ActorName, custody: Custody, at sequence: UInt64
  ) -> ProjectionChange {
    let record = KeyRecord(actor: actor, publicKey: key, custody: custody, added: sequence)
    keys[key.id] = record
    return ProjectionChange(record)
  }

  mutating func grant(
    _ role: Role, to actor: ActorName, at sequence: UInt64
  ) -> ProjectionChange {
    let record = RoleRecord(actor: actor, role: role, granted: sequence)
    roles[record.key] = record
    return ProjectionChange(record)
  }
}
