package import LedgerCrypto
package import Provenance
package import TransparencyLog

/// Makes valid statements of a ledger and signs them: fixed keys, nonces that count, a fixed clock.
///
/// It keeps no log: whoever uses it admits what it makes, in that order.
package struct EventMaker: Sendable {
  package let origin: Origin
  /// The moment that statements name; move it to move time.
  package var clock = Timestamp(seconds: "2026-01-31T12:00:00Z")!
  /// The event of sequence 0.
  package let genesis: SignedEvent
  private var nonce: UInt64 = 0

  /// The roles of the one founder, `publisher`.
  package static let founderRoles = Role.allCases.filter { $0 != .auditor }

  package init(origin: String = "ledger.example.org/test", charter: Charter = .initial) throws {
    self.origin = Origin(origin)!
    let logKey = Self.logSigner(origin).verifierKey
    let publisher = Self.key("publisher")
    let body = Body.ledgerCreated(
      LedgerCreated(
        origin: self.origin, logKey: logKey.description,
        founders: [
          Founder(
            actor: ActorName("publisher")!, publicKey: publisher.verifyingKey, custody: .own,
            roles: Self.founderRoles)
        ], charter: charter))
    let keys = [publisher, Self.key("log of \(origin)")]
    let header = Header(
      binding: .origin(self.origin), signers: keys.map(\.verifyingKey.id),
      nonce: Self.nonce(0), occurredAt: clock)
    genesis = try SignedEvent(signing: Statement(header: header, body: body), with: keys)
  }

  /// The key of that name: the same name gives the same key.
  package static func key(_ name: String) -> SigningKey {
    SigningKey(seed: Digest(sha256: "winnow test key \(name)").bytes)!
  }

  /// What signs the log's checkpoints.
  package static func logSigner(_ origin: String) -> NoteSigner {
    NoteSigner(name: KeyName(origin)!, key: key("log of \(origin)"))
  }

  private static func nonce(_ number: UInt64) -> [UInt8] {
    Array(Digest(sha256: "nonce \(number)").bytes.prefix(16))
  }

  /// Signs a checkpoint of this log.
  package func checkpoint(_ head: TreeHead) throws -> [UInt8] {
    let signer = Self.logSigner(origin.text)
    let checkpoint = try Checkpoint(origin: signer.verifierKey.name, head: head)
    return try checkpoint.signed(by: signer).bytes
  }

  /// A statement with a nonce of its own; authority kinds get a `notAfter`.
  package mutating func statement(
    _ body: Body, by keys: [String] = ["publisher"], causes: [EventID] = [],
    expects: UInt64? = nil, evidence: [Evidence] = []
  ) -> Statement {
    nonce += 1
    var header = Header(
      binding: .ledger(genesis.id), signers: keys.map { Self.key($0).verifyingKey.id },
      nonce: Self.nonce(nonce), occurredAt: clock)
    header.causes = causes.sorted()
    header.expects = expects
    header.evidence = evidence
    if body.kind.isAuthority { header.notAfter = clock.advanced(bySeconds: 86_400) }
    return Statement(header: header, body: body)
  }

  /// A signed event of `body`, as of ``statement(_:by:causes:expects:evidence:)``.
  package mutating func event(
    _ body: Body, by keys: [String] = ["publisher"], causes: [EventID] = [],
    expects: UInt64? = nil, evidence: [Evidence] = []
  ) throws -> SignedEvent {
    try Self.sign(
      statement(body, by: keys, causes: causes, expects: expects, evidence: evidence), by: keys)
  }

  /// Signs a statement with exactly these keys.
  package static func sign(_ statement: Statement, by keys: [String]) throws -> SignedEvent {
    try SignedEvent(signing: statement, with: keys.map { key($0) })
  }
}
