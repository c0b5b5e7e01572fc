package import LedgerCrypto

extension LedgerState {
  /// The longest time that a statement may lie ahead of its admission, in seconds.
  package static let clockTolerance: Int64 = 300

  /// The longest time between two entries that nobody has to confirm, in seconds: a day.
  package static let longestJump: Int64 = 86_400

  /// The longest use of an authority event, in seconds: 30 days.
  package static let authorityValidity: Int64 = 30 * 86_400

  /// Checks every rule for `event` as the next entry, but for its signatures.
  ///
  /// - Parameters:
  ///   - event: the event to be admitted.
  ///   - recordedAt: the moment of admission.
  ///   - references: the admitted events among the statement's references.
  /// - Throws: the first ``Refusal``; nothing is then recorded.
  package func check(
    _ event: SignedEvent, recordedAt: Timestamp, references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let statement = event.statement
    let header = statement.header
    if let last = lastRecordedAt, recordedAt < last { throw .timeRunsBack(last) }
    try checkBinding(statement)
    try statement.checkMoments(size: size, recordedAt: recordedAt)
    for cause in header.causes where references[cause] == nil { throw .causeUnknown(cause) }
    try checkSigners(of: event)
    try checkAttestation(statement)
    try checkNames(statement, references)
    try checkSealed(statement.body.content.listing)
    try statement.body.content.check(
      self, Judging(header: header, recordedAt: recordedAt, references: references))
  }

  /// The public key of a signer of `event`: an actor's, or one that the event itself brings.
  package func publicKey(_ id: Digest, signing event: SignedEvent) -> VerifyingKey? {
    if let record = authority.keys[id] { return record.publicKey }
    return event.statement.body.broughtKey(id)?.publicKey
  }

  /// Checks the signatures of `event`; the costly part of admission.
  package func checkSignatures(of event: SignedEvent) throws(Refusal) {
    if let id = event.firstInvalidSigner(keys: { publicKey($0, signing: event) }) {
      throw .invalidSignature(id)
    }
  }

  private func checkBinding(_ statement: Statement) throws(Refusal) {
    switch (statement.header.binding, ledger, statement.body) {
    case (.origin(let origin), nil, .ledgerCreated(let body)):
      guard origin == body.origin else { throw .otherLedger }
    case (_, nil, _): throw .notFirst
    case (_, .some, .ledgerCreated): throw .alreadyCreated
    case (.ledger(let id), .some(let ledger), _):
      guard id == ledger else { throw .otherLedger }
    case (.origin, .some, _): throw .otherLedger
    }
  }

  /// An import is about an actor who does not sign it.
  private func checkAttestation(_ statement: Statement) throws(Refusal) {
    guard let actor = statement.header.attributedTo else { return }
    try statement.checkImportable()
    guard authority.actors[actor] != nil else { throw .actorUnknown(actor) }
    if statement.header.signers.contains(where: { authority.keys[$0]?.actor == actor }) {
      throw .importOfOwn(actor)
    }
  }

  /// Checks that every signer's key counts, and that enough actors in a fitting role signed.
  private func checkSigners(of event: SignedEvent) throws(Refusal) {
    guard let charter = authority.founding?.charter else { return }
    let statement = event.statement
    let kind = statement.body.kind
    var signing: [KeyRecord] = []
    for id in statement.header.signers {
      if let record = authority.keys[id] {
        if let revoked = record.revoked { throw .revokedKey(id, by: revoked) }
        signing.append(record)
      } else if statement.body.broughtKey(id) == nil {
        throw .unknownKey(id)
      }
    }
    let rule = charter.rule(for: statement.body.content.ruledKind)
    // A key that someone else holds can act for its actor, but never make two out of one.
    let counted = Set(
      signing.filter { rule.actors == 1 || $0.custody == .own }.map(\.actor)
        .filter { authority.holds($0, anyOf: rule.roles) })
    guard counted.count >= rule.actors else {
      let able = authority.keys.values.filter { $0.revoked == nil && $0.custody == .own }
      let others = Set(able.map(\.actor)).subtracting(counted).filter {
        authority.holds($0, anyOf: rule.roles)
      }
      throw .roleMissing(
        kind: kind, roles: rule.roles, needed: rule.actors, counted: counted.count,
        others: rule.actors > 1 ? others.sorted() : [])
    }
  }
}
