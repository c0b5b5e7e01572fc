import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `Any event` {
  @Test func `of another ledger is refused`() throws {
    let ledger = try TestLedger()
    let other = try TestLedger(origin: .named("ledger.example.org/other"))
    #expect(
      try ledger.refusal(.dataset(), by: "alice") { $0.binding = .ledger(other.genesis) }
        == .otherLedger)
    #expect(
      try ledger.refusal(.dataset(), by: "alice") { $0.binding = .ledger(EventID(.zero)) }
        == .otherLedger)
    #expect(
      throws: SigningFailure.unreadable(.field(.outOfRange("statement.predicate.ledger"))),
      "an origin names no ledger but in sequence 0"
    ) {
      var copy = ledger
      try copy.admit(.dataset(), by: "alice") { $0.binding = .origin(ledger.origin) }
    }
  }

  @Test func `expects the size that its signers saw`() throws {
    let ledger = try TestLedger()
    #expect(try ledger.refusal(.dataset(), by: "alice") { $0.expects = 1 } == nil)
    for size: UInt64 in [0, 2, 1 << 52] {
      #expect(
        try ledger.refusal(.dataset(), by: "alice") { $0.expects = size }
          == .unexpectedSize(expected: size, actual: 1))
    }
  }

  @Test func `happened at most five minutes ahead`() throws {
    let ledger = try TestLedger()
    let now = ledger.now.wholeSecond
    func refusal(_ seconds: Int64) throws -> Refusal? {
      try ledger.refusal(.dataset(), by: "alice") {
        $0.occurredAt = now.advanced(bySeconds: seconds)
      }
    }
    #expect(try refusal(300) == nil)
    #expect(try refusal(301) == .fromTheFuture(now.advanced(bySeconds: 301)))
    #expect(try refusal(-1_000_000_000) == nil)
  }

  @Test func `speaks of no future as past`() throws {
    let findings = try Findings()
    let ledger = findings.ledger
    let late = "2030-01-01T00:00:00Z"
    let refused = Refusal.fromTheFuture(.at(late))
    #expect(try ledger.refusal(.hashList("hotline@2", asOf: late), by: "carol") == refused)
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, hashesAsOf: late), by: "carol") == refused)
    #expect(
      try ledger.refusal(.verification(findings.first, asOf: late), by: "vera") == refused)
    #expect(
      try ledger.refusal(.model(), by: "alice") {
        $0.precision = .interval
        $0.occurredUntil = .at(late)
      } == refused)
    #expect(
      try ledger.refusal(.model(), by: "alice") {
        $0.evidence = [
          Evidence(attachment: .of("page"), retrievedAt: .at(late), relation: .supports)
        ]
      } == refused)
  }

  @Test func `is used before its end`() throws {
    let ledger = try TestLedger()
    let now = ledger.now.wholeSecond
    #expect(try ledger.refusal(.dataset(), by: "alice") { $0.notAfter = now } == nil)
    #expect(
      try ledger.refusal(.dataset(), by: "alice") { $0.notAfter = now.advanced(bySeconds: -1) }
        == .expired(now.advanced(bySeconds: -1)))
  }

  @Test func `has causes that are there`() throws {
    var ledger = try TestLedger()
    let dataset = try ledger.admit(.dataset(), by: "alice")
    let absent = EventID(.of("absent"))
    #expect(try ledger.refusal(.model(), by: "alice") { $0.causes = [dataset] } == nil)
    #expect(
      try ledger.refusal(.model(), by: "alice") { $0.causes = [dataset, absent].sorted() }
        == .causeUnknown(absent))
  }

  @Test func `is attributed to an actor of the ledger who does not sign`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol")
    func refusal(_ actor: String) throws -> Refusal? {
      try ledger.refusal(.dataset(), by: "alice") {
        $0.attestation = .thirdPartyImport
        $0.attributedTo = .named(actor)
      }
    }
    #expect(try refusal("carol") == nil)
    #expect(try refusal("stranger") == .actorUnknown(.named("stranger")))
    #expect(try refusal("alice") == .importOfOwn(.named("alice")))
  }

  @Test func `needs the role of its kind`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol", .watchdog)
    for kind in Kind.allCases where !kind.isAuthority && kind != .ledgerCreated {
      let roles = Charter.initial.rule(for: kind).roles
      guard !roles.contains(.watchdog), let body = Story.body(kind) else { continue }
      #expect(
        try ledger.refusal(body, by: "carol")
          == .roleMissing(kind: kind, roles: roles, needed: 1, counted: 0, others: []))
    }
  }

  @Test func `has valid signatures of all its signers`() throws {
    let ledger = try TestLedger()
    var copy = ledger
    let statement = copy.statement(.dataset(), keys: [TestLedger.TestKeys["alice"]])
    #expect(
      try ledger.refusal(of: unsigned(statement))
        == .invalidSignature(TestLedger.TestKeys["alice"].verifyingKey.id))
    // A signature over another statement.
    let other = try copy.event(.model(), keys: [TestLedger.TestKeys["alice"]])
    let moved = try SignedEvent(
      envelope: JSONElement([
        "payload": .string(Base64.encode(statement.payload)),
        "payloadType": .string(Statement.payloadType),
        "signatures": .array(
          other.signatures.map {
            ["keyid": .string($0.keyID.hex), "sig": .string(Base64.encode($0.bytes))]
          }),
      ]))
    #expect(
      try ledger.refusal(of: moved)
        == .invalidSignature(TestLedger.TestKeys["alice"].verifyingKey.id))
  }

  @Test func `is signed by exactly its signers`() throws {
    var ledger = try TestLedger()
    let keys = ["alice", "bob"].map { TestLedger.TestKeys[$0] }
    let statement = ledger.statement(.dataset(), keys: keys)
    #expect(throws: SigningFailure.signersDiffer) {
      try SignedEvent(signing: statement, with: [keys[0]])
    }
    #expect(throws: SigningFailure.signersDiffer) {
      try SignedEvent(signing: statement, with: keys + [TestLedger.TestKeys["carol"]])
    }
    #expect(throws: Never.self) {
      try SignedEvent(signing: statement, with: keys.reversed())
    }
  }
}

@Suite struct `A replay` {
  @Test func `refuses an event that is there already`() throws {
    var ledger = try TestLedger()
    let event = try ledger.event(.dataset(), keys: [TestLedger.TestKeys["alice"]])
    try ledger.admit(event)
    #expect(throws: ReplayFailure(2, .repeated)) { try ledger.admit(event) }
  }

  @Test func `refuses time that runs back, not time that stands`() throws {
    var ledger = try TestLedger()
    let created = ledger.now.advanced(bySeconds: -1)
    ledger.now = created
    try ledger.admit(.dataset(), by: "alice")
    ledger.now = Timestamp(milliseconds: created.milliseconds - 1)
    #expect(throws: ReplayFailure(2, .refused(.timeRunsBack(created)))) {
      try ledger.admit(.model(), by: "alice")
    }
  }

  @Test func `leaves the state as it was after a refusal`() throws {
    var ledger = try TestLedger()
    #expect(throws: ReplayFailure.self) { try ledger.admit(.training(), by: "alice") }
    #expect(ledger.size == 1)
    #expect(ledger.state.models.models.isEmpty)
    try ledger.admit(.dataset(), by: "alice")
  }

  @Test func `names the rule and the sequence in one sentence`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.dataset(), by: "alice")
    do {
      try ledger.admit(.dataset(), by: "alice")
      Issue.record("a dataset was registered twice")
    } catch let failure as ReplayFailure {
      #expect(
        failure.description
          == "Sequence 2 breaks a rule: The dataset laion was registered at sequence 1."
      )
    }
  }
}

@Suite struct `Signing` {
  @Test func `refuses what could not be read back from the log`() throws {
    let ledger = try TestLedger()
    let manifest = AttachmentReference(
      sha256: .zero, size: 8, mediaType: "application/json", disclosure: .sealed)
    let release = ReleasePublished(
      release: .named("laion@1"), root: .zero, tally: Tally(keys: 1, rows: 1), columns: nil,
      shards: 1, manifest: manifest, derivation: nil)
    #expect(
      throws: SigningFailure.unreadable(.field(.outOfRange("statement.predicate.manifest.size")))
    ) {
      try ledger.refusal(.releasePublished(release), by: "alice")
    }
  }
}
