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

  /// The last sequence that touched any of what `body` touches.
  ///
  /// What gives an actor more is outdated by anything that touched the actor since, so that no grant
  /// outlives the loss of a key or role. What takes away follows only what it takes, so that a
  /// revocation signed beforehand stays good.
  func lastTouch(of body: Body) -> UInt64 {
    func registered(_ name: ActorName) -> UInt64 { actors[name]?.registered ?? 0 }
    func actor(_ name: ActorName) -> UInt64 {
      var last = registered(name)
      for key in keys.values where key.actor == name {
        last = max(last, key.added, key.revoked ?? 0)
      }
      for record in Role.allCases.compactMap({ roles[RoleRecord.key(name, $0)] }) {
        last = max(last, record.granted, record.revoked ?? 0)
      }
      return last
    }
    func role(_ name: ActorName, _ role: Role) -> UInt64 {
      let record = roles[RoleRecord.key(name, role)]
      return max(record?.granted ?? 0, record?.revoked ?? 0)
    }
    switch body {
    case .actorRegistered(let body): return actor(body.actor)
    case .keyAdded(let body): return actor(body.actor)
    case .keyRevoked(let body):
      return max(keys[body.key]?.added ?? 0, keys[body.key]?.revoked ?? 0)
    case .roleGranted(let body): return actor(body.actor)
    case .roleRevoked(let body):
      return max(registered(body.actor), role(body.actor, body.role))
    case .charterSet: return founding?.set ?? 0
    case .logKeyChanged: return founding?.logKeySet ?? 0
    default: return 0
    }
  }

  mutating func apply(_ event: AdmittedEvent) -> [ProjectionChange] {
    var changes: [ProjectionChange] = []
    let sequence = event.sequence
    switch event.statement.body {
    case .ledgerCreated(let body):
      founding = CharterRecord(
        ledger: event.id, origin: body.origin, logKey: body.logKey, charter: body.charter)
      for founder in body.founders {
        changes.append(register(founder.actor, title: nil, at: sequence))
        changes.append(
          add(founder.publicKey, of: founder.actor, custody: founder.custody, at: sequence))
        for role in founder.roles { changes.append(grant(role, to: founder.actor, at: sequence)) }
      }
    case .actorRegistered(let body):
      changes.append(register(body.actor, title: body.title, at: sequence))
    case .keyAdded(let body):
      changes.append(add(body.publicKey, of: body.actor, custody: body.custody, at: sequence))
    case .keyRevoked(let body):
      if var record = keys[body.key] {
        record.revoked = sequence
        record.suspectSince = body.suspectSince
        keys[body.key] = record
        changes.append(ProjectionChange(record))
      }
    case .roleGranted(let body): changes.append(grant(body.role, to: body.actor, at: sequence))
    case .roleRevoked(let body):
      let key = RoleRecord.key(body.actor, body.role)
      if var record = roles[key] {
        record.revoked = sequence
        roles[key] = record
        changes.append(ProjectionChange(record))
      }
    case .charterSet(let body):
      founding?.charter = body.charter
      founding?.set = sequence
    case .logKeyChanged(let body): founding?.change(logKey: body.logKey, at: sequence)
    default: return []
    }
    founding?.lastAuthority = event.id
    if let founding { changes.append(ProjectionChange(founding)) }
    return changes
  }

  private mutating func register(
    _ actor: ActorName, title: AttachmentReference?, at sequence: UInt64
  ) -> ProjectionChange {
    let record = ActorRecord(actor: actor, registered: sequence, title: title)
    actors[actor] = record
    return ProjectionChange(record)
  }

  private mutating func add(
    _ key: VerifyingKey, of actor: ActorName, custody: Custody, at sequence: UInt64
  ) -> ProjectionChange {
    let record = KeyRecord(actor: actor, publicKey: key, custody: custody, added: sequence)
    keys[key.id] = record
    return ProjectionChange(record)
  }

  private mutating func grant(
    _ role: Role, to actor: ActorName, at sequence: UInt64
  ) -> ProjectionChange {
    let record = RoleRecord(actor: actor, role: role, granted: sequence)
    roles[record.key] = record
    return ProjectionChange(record)
  }
}
