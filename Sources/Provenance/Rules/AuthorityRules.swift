internal import LedgerCrypto

extension Authority {
  /// A key that was never an actor's or the log's, and that signs the event that brings it.
  func checkNew(_ key: VerifyingKey, signers: [Digest]) throws(Refusal) {
    if key.isSmallOrder { throw .weakKey(key.id) }
    if let record = keys[key.id] { throw .keyTaken(key.id, by: record.actor) }
    let logKey = founding?.logKeys.first { LogKey.publicKey(ofVkey: $0.vkey) == key }
    if let logKey { throw .logKeyTaken(key.id, at: logKey.since) }
    guard signers.contains(key.id) else { throw .keyNotSigning }
  }

  /// Whether enough actors can still sign each authority kind.
  func checkGovernable() throws(Refusal) {
    guard let charter = founding?.charter else { return }
    for kind in Kind.allCases where kind.isAuthority {
      let rule = charter.rule(for: kind)
      let able = Set(
        keys.values.filter {
          $0.revoked == nil && (rule.actors == 1 || $0.custody == .own)
        }.map(\.actor).filter { holds($0, anyOf: rule.roles) })
      guard able.count >= rule.actors else { throw .quorumLost(kind) }
    }
  }
}
