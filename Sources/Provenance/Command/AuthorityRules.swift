internal import LedgerCrypto

extension LedgerState {
  /// Sequence 0: signed by every founder and the log key, and able to go on.
  func check(_ body: LedgerCreated, signers: [Digest]) throws(Refusal) {
    guard let logKey = LogKey.publicKey(ofVkey: body.logKey, origin: body.origin) else {
      throw .founderSignersDiffer
    }
    let keys = body.founders.map(\.publicKey.id) + [logKey.id]
    guard Set(keys).count == keys.count, keys.sorted() == signers else {
      throw .founderSignersDiffer
    }
    if let key = (body.founders.map(\.publicKey) + [logKey]).first(where: \.isSmallOrder) {
      throw .weakKey(key.id)
    }
    var names: Set<ActorName> = []
    for founder in body.founders where !names.insert(founder.actor).inserted {
      throw .actorExists(founder.actor, at: 0)
    }
    for kind in Kind.allCases where kind.isAuthority {
      let rule = body.charter.rule(for: kind)
      let able = body.founders.filter {
        !Set($0.roles).isDisjoint(with: rule.roles) && (rule.actors == 1 || $0.custody == .own)
      }
      guard able.count >= rule.actors else { throw .quorumLost(kind) }
    }
  }

  /// The rules of the kinds that change who may sign what.
  func checkAuthority(
    _ statement: Statement, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    try statement.checkValidity()
    guard let after = statement.body.content.references.first.flatMap({ references[$0] }),
      after.statement.body.kind.isAuthority || after.sequence == 0
    else {
      throw .wrongReference(
        statement.body.content.references.first ?? EventID(.zero), expected: "an authority event")
    }
    let touched = authority.lastTouch(of: statement.body)
    guard touched <= after.sequence else { throw .staleAuthority(later: touched) }
    var next = self
    switch statement.body {
    case .actorRegistered(let body):
      if let actor = authority.actors[body.actor] {
        throw .actorExists(body.actor, at: actor.registered)
      }
    case .keyAdded(let body): try check(body, signers: statement.header.signers)
    case .keyRevoked(let body):
      guard let key = authority.keys[body.key] else { throw .keyUnknown(body.key) }
      if let at = key.revoked { throw .keyAlreadyRevoked(body.key, at: at) }
      if let since = body.suspectSince, since > size { throw .suspectLater(since) }
      next.authority.keys[body.key]?.revoked = size
    case .roleGranted(let body):
      guard authority.actors[body.actor] != nil else { throw .actorUnknown(body.actor) }
      if authority.holds(body.actor, body.role),
        let record = authority.roles[RoleRecord.key(body.actor, body.role)]
      {
        throw .roleHeld(body.actor, body.role, at: record.granted)
      }
    case .roleRevoked(let body):
      guard authority.holds(body.actor, body.role) else {
        throw .roleNotHeld(body.actor, body.role)
      }
      next.authority.roles[RoleRecord.key(body.actor, body.role)]?.revoked = size
    case .charterSet(let body): next.authority.founding?.charter = body.charter
    case .logKeyChanged(let body): try check(body, signers: statement.header.signers)
    default: break
    }
    try next.checkGovernable()
  }

  private func check(_ body: KeyAdded, signers: [Digest]) throws(Refusal) {
    guard authority.actors[body.actor] != nil else { throw .actorUnknown(body.actor) }
    let id = body.publicKey.id
    if body.publicKey.isSmallOrder { throw .weakKey(id) }
    if let record = authority.keys[id] { throw .keyTaken(id, by: record.actor) }
    if let at = logKeyChange(to: body.publicKey) { throw .logKeyTaken(id, at: at) }
    guard signers.contains(id) else { throw .keyNotSigning }
  }

  /// The log's key changes to one that was never the log's or an actor's, and that signs too.
  private func check(_ body: LogKeyChanged, signers: [Digest]) throws(Refusal) {
    guard let founding = authority.founding,
      let key = LogKey.publicKey(ofVkey: body.logKey, origin: founding.origin)
    else { throw .logKeyOfOther }
    if key.isSmallOrder { throw .weakKey(key.id) }
    if let record = authority.keys[key.id] { throw .keyTaken(key.id, by: record.actor) }
    if let at = logKeyChange(to: key) { throw .logKeyTaken(key.id, at: at) }
    guard signers.contains(key.id) else { throw .keyNotSigning }
  }

  /// The sequence from which on `key` was the log's, where it ever was.
  private func logKeyChange(to key: VerifyingKey) -> UInt64? {
    authority.founding?.logKeys.first { LogKey.publicKey(ofVkey: $0.vkey) == key }?.since
  }

  /// Whether enough actors can still sign each authority kind.
  private func checkGovernable() throws(Refusal) {
    guard let charter = authority.founding?.charter else { return }
    for kind in Kind.allCases where kind.isAuthority {
      let rule = charter.rule(for: kind)
      let able = Set(
        authority.keys.values.filter {
          $0.revoked == nil && (rule.actors == 1 || $0.custody == .own)
        }.map(\.actor).filter { authority.holds($0, anyOf: rule.roles) })
      guard able.count >= rule.actors else { throw .quorumLost(kind) }
    }
  }
}
