internal import LedgerCrypto

/// Sequence 0: the first administrators with their keys and roles, the log's vkey, the charter.
package struct LedgerCreated: ListedKind {
  package static let kind = Kind.ledgerCreated
  package var body: Body { .ledgerCreated(self) }
  package static let standing = Standing.ledger([.administrator])

  package let origin: Origin
  package let logKey: String
  package let founders: [Founder]
  package let charter: Charter

  package init(origin: Origin, logKey: String, founders: [Founder], charter: Charter) {
    self.origin = origin
    self.logKey = logKey
    self.founders = founders.sorted { $0.actor < $1.actor }
    self.charter = charter
  }

  package static let form = Form<Self>(
    "Sequence 0: the first administrators with their keys and roles, the log's key, the first charter.",
    about: .named(\.origin, "The ledger, by SHA-256 of its origin."),
    Member("origin", \.origin, "The ledger's name."),
    Member("logKey", \.logKey, as: "logKey"),
    Member(
      "founders", \.founders,
      "The first administrators, by actor ascending; all of them and the log key sign."),
    Member("charter", \.charter),
    make: Self.init,
    check: {
      $0.logKey.utf8.count <= 256 && LogKey.publicKey(ofVkey: $0.logKey, origin: $0.origin) != nil
        ? nil : "logKey"
    })

  /// Signed by every founder and the log key, and able to go on.
  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let logKey = LogKey.publicKey(ofVkey: logKey, origin: origin) else {
      throw .founderSignersDiffer
    }
    let keys = founders.map(\.publicKey.id) + [logKey.id]
    guard Set(keys).count == keys.count, keys.sorted() == judging.header.signers else {
      throw .founderSignersDiffer
    }
    if let key = (founders.map(\.publicKey) + [logKey]).first(where: \.isSmallOrder) {
      throw .weakKey(key.id)
    }
    var names: Set<ActorName> = []
    for founder in founders where !names.insert(founder.actor).inserted {
      throw .actorExists(founder.actor, at: 0)
    }
    for kind in Kind.allCases where kind.isAuthority {
      let rule = charter.rule(for: kind)
      let able = founders.filter {
        !Set($0.roles).isDisjoint(with: rule.roles) && (rule.actors == 1 || $0.custody == .own)
      }
      guard able.count >= rule.actors else { throw .quorumLost(kind) }
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    state.authority.founding = CharterRecord(
      ledger: event.id, origin: origin, logKey: logKey, charter: charter)
    var changes: [ProjectionChange] = []
    for founder in founders {
      changes.append(state.authority.register(founder.actor, title: nil, at: event.sequence))
      changes.append(
        state.authority.add(
          founder.publicKey, of: founder.actor, custody: founder.custody, at: event.sequence))
      for role in founder.roles {
        changes.append(state.authority.grant(role, to: founder.actor, at: event.sequence))
      }
    }
    return changes + state.authority.follow(event)
  }

  package var broughtKeys: [BroughtKey] {
    founders.map { BroughtKey(publicKey: $0.publicKey, holder: ($0.actor, $0.custody)) }
      + [LogKey.publicKey(ofVkey: logKey, origin: origin)].compactMap { key in
        key.map { BroughtKey(publicKey: $0, holder: nil) }
      }
  }
}
