internal import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `Sequence 0` {
  let empty = TestLedger(empty: .named("ledger.example.org/test"))
  let log = TestLedger.TestKeys.log

  func keys(_ names: String...) -> [SigningKey] { names.map { TestLedger.TestKeys[$0] } }

  @Test func `is signed by every founder and the log key`() throws {
    let founders: [Founder] = [.named("bob"), .alice]
    let body = empty.creation(founders: founders)
    #expect(try empty.refusal(body, keys: keys("alice", "bob", "log")) == nil)
    #expect(try empty.refusal(body, keys: keys("alice", "log")) == .founderSignersDiffer)
    #expect(try empty.refusal(body, keys: keys("alice", "bob")) == .founderSignersDiffer)
    #expect(
      try empty.refusal(body, keys: keys("alice", "bob", "log", "eve")) == .founderSignersDiffer)
    #expect(try empty.refusal(body, keys: keys("alice", "eve", "log")) == .founderSignersDiffer)
  }

  @Test func `is the only first event and the only one of its kind`() throws {
    #expect(
      try empty.refusal(.dataset(), by: "alice") { $0.binding = .ledger(EventID(.zero)) }
        == .notFirst)
    let ledger = try TestLedger()
    let second = ledger.creation(founders: [.alice])
    #expect(throws: SigningFailure.unreadable(nil)) {
      try ledger.refusal(second, keys: keys("alice", "log"))
    }
    #expect(
      try ledger.refusal(second, keys: keys("alice", "log")) {
        $0.binding = .origin(ledger.origin)
      } == .alreadyCreated)
  }

  @Test func `names its own origin`() throws {
    #expect(
      try empty.refusal(empty.creation(founders: [.alice]), keys: keys("alice", "log")) {
        $0.binding = .origin(.named("ledger.example.org/other"))
      } == .otherLedger)
  }

  @Test func `leaves a ledger that can be governed`() throws {
    let watchdog = Founder.named("alice", roles: [.watchdog])
    #expect(
      try empty.refusal(empty.creation(founders: [watchdog]), keys: keys("alice", "log"))
        == .quorumLost(.actorRegistered))
    let two = Charter.initial.requiring(2, .administrator, for: .keyAdded)
    #expect(
      try empty.refusal(
        empty.creation(founders: [.alice], charter: two), keys: keys("alice", "log"))
        == .quorumLost(.keyAdded))
    #expect(
      try empty.refusal(
        empty.creation(founders: [.alice, .named("bob")], charter: two),
        keys: keys("alice", "bob", "log")) == nil)
    #expect(
      try empty.refusal(
        empty.creation(
          founders: [.alice, .named("bob", custody: .administrator)], charter: two),
        keys: keys("alice", "bob", "log")) == .quorumLost(.keyAdded))
  }

  @Test func `gives no key to two, and none of small order`() throws {
    let twin = Founder(
      actor: .named("bob"), publicKey: TestLedger.TestKeys["alice"].verifyingKey, custody: .own,
      roles: [.administrator])
    #expect(
      try empty.refusal(empty.creation(founders: [.alice, twin]), keys: keys("alice", "log"))
        == .founderSignersDiffer)
    let shared = Founder(
      actor: .named("bob"), publicKey: log.verifyingKey, custody: .own, roles: [.administrator])
    #expect(
      try empty.refusal(empty.creation(founders: [.alice, shared]), keys: keys("alice", "log"))
        == .founderSignersDiffer)
    let weak = Founder(
      actor: .named("bob"), publicKey: VerifyingKey(bytes: .zero), custody: .own,
      roles: [.administrator])
    var ledger = empty
    let statement = ledger.statement(
      empty.creation(founders: [.alice, weak]), keys: keys("alice", "log")
    ) {
      $0.signers = ($0.signers + [weak.publicKey.id]).sorted()
    }
    let refused = #expect(throws: Refusal.self) {
      try LedgerState().check(
        unsigned(statement), recordedAt: ledger.now, references: [:])
    }
    #expect(refused == .weakKey(weak.publicKey.id))
  }
}

@Suite struct `Registering and granting` {
  @Test func `an actor is registered once`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.actorRegistered("carol", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.actorRegistered("carol", after: ledger.after), by: "alice")
        == .actorExists(.named("carol"), at: 1))
    #expect(
      try ledger.refusal(.actorRegistered("alice", after: ledger.after), by: "alice")
        == .actorExists(.named("alice"), at: 0))
  }

  @Test func `a role is held once, by an actor that exists`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol", .matcher)
    #expect(
      try ledger.refusal(.roleGranted(.matcher, "carol", after: ledger.after), by: "alice")
        == .roleHeld(.named("carol"), .matcher, at: 3))
    #expect(
      try ledger.refusal(.roleGranted(.matcher, "dave", after: ledger.after), by: "alice")
        == .actorUnknown(.named("dave")))
    #expect(
      try ledger.refusal(.roleRevoked(.verifier, "carol", after: ledger.after), by: "alice")
        == .roleNotHeld(.named("carol"), .verifier))
    try ledger.admit(.roleRevoked(.matcher, "carol", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.roleRevoked(.matcher, "carol", after: ledger.after), by: "alice")
        == .roleNotHeld(.named("carol"), .matcher))
    #expect(
      try ledger.refusal(.roleGranted(.matcher, "carol", after: ledger.after), by: "alice") == nil)
  }

  @Test func `only an administrator grants`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol", .publisher)
    #expect(
      try ledger.refusal(.roleGranted(.administrator, "carol", after: ledger.after), by: "carol")
        == .roleMissing(
          kind: .roleGranted, roles: [.administrator], needed: 1, counted: 0))
    #expect(
      try ledger.refusal(.roleGranted(.administrator, "carol", after: ledger.after), by: "alice")
        == nil)
  }

  @Test func `a key belongs to one actor for ever`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol")
    try ledger.admit(.actorRegistered("dave", after: ledger.after), by: "alice")
    let id = TestLedger.TestKeys["carol"].verifyingKey.id
    #expect(
      try ledger.refusal(
        .keyAdded("dave", label: "carol", after: ledger.after), by: "alice", "carol")
        == .keyTaken(id, by: .named("carol")))
    try ledger.admit(.keyRevoked("carol", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.keyAdded("dave", label: "carol", after: ledger.after), by: "alice")
        == .keyTaken(id, by: .named("carol")))
    #expect(
      try ledger.refusal(.keyAdded("carol", after: ledger.after), by: "alice")
        == .keyTaken(id, by: .named("carol")))
  }

  @Test func `a key signs its own addition, is not the log's, and is not of small order`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.actorRegistered("carol", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.keyAdded("carol", after: ledger.after), by: "alice") == .keyNotSigning)
    #expect(
      try ledger.refusal(.keyAdded("carol", after: ledger.after), by: "carol")
        == .roleMissing(kind: .keyAdded, roles: [.administrator], needed: 1, counted: 0))
    #expect(
      try ledger.refusal(
        .keyAdded("nobody", label: "carol", after: ledger.after), by: "alice", "carol")
        == .actorUnknown(.named("nobody")))
    #expect(
      try ledger.refusal(.keyAdded("carol", label: "log", after: ledger.after), by: "alice", "log")
        == .logKeyTaken(TestLedger.TestKeys.log.verifyingKey.id, at: 0))
    let weak = VerifyingKey(bytes: Digest(0x0100_0000_0000_0000, 0, 0, 0))
    let body = KeyAdded(
      actor: .named("carol"), publicKey: weak, custody: .own, after: ledger.after)
    #expect(try ledger.refusal(.keyAdded(body), by: "alice") == .weakKey(weak.id))
  }

  @Test func `only an authority event is followed`() throws {
    var ledger = try TestLedger()
    let dataset = try ledger.admit(.dataset(), by: "alice")
    #expect(
      try ledger.refusal(.actorRegistered("carol", after: dataset), by: "alice")
        == .wrongReference(dataset, expected: "an authority event"))
    let absent = EventID(.of("nowhere"))
    #expect(
      try ledger.refusal(.actorRegistered("carol", after: absent), by: "alice")
        == .wrongReference(absent, expected: "an authority event"))
    #expect(
      try ledger.refusal(.actorRegistered("carol", after: ledger.genesis), by: "alice") == nil)
  }
}

@Suite struct `An authority event` {
  @Test func `is used within 30 days, and not after its own end`() throws {
    let ledger = try TestLedger()
    let body = Body.actorRegistered("carol", after: ledger.after)
    #expect(try ledger.refusal(body, by: "alice") { $0.notAfter = nil } == .notAfterMissing)
    let month: Int64 = 30 * 86_400
    #expect(
      try ledger.refusal(body, by: "alice") {
        $0.notAfter = $0.occurredAt.advanced(bySeconds: month)
      } == nil)
    #expect(
      try ledger.refusal(body, by: "alice") {
        $0.notAfter = $0.occurredAt.advanced(bySeconds: month + 1)
      } == .notAfterTooLate)
    var later = ledger
    later.now = ledger.now.advanced(bySeconds: month)
    let event = try {
      var copy = ledger; return try copy.event(body, keys: [TestLedger.TestKeys["alice"]])
    }()
    #expect(try ledger.refusal(of: event) == nil)
    #expect(
      try later.refusal(of: event) == .expired(ledger.now.wholeSecond.advanced(bySeconds: 86_400)))
  }

  @Test func `does not bring a revoked role back`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol")
    let grant = try ledger.event(
      .roleGranted(.publisher, "carol", after: ledger.after), keys: [TestLedger.TestKeys["alice"]])
    #expect(try ledger.refusal(of: grant) == nil)
    try ledger.admit(.roleGranted(.publisher, "carol", after: ledger.after), by: "alice")
    try ledger.admit(.roleRevoked(.publisher, "carol", after: ledger.after), by: "alice")
    #expect(try ledger.refusal(of: grant) == .staleAuthority(later: 4))
  }

  @Test func `does not give an actor whose key was revoked a new key or role`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol", .publisher)
    let alice = TestLedger.TestKeys["alice"]
    let key = try ledger.event(
      .keyAdded("carol", label: "carol 2", after: ledger.after),
      keys: [alice, TestLedger.TestKeys["carol 2"]])
    let grant = try ledger.event(
      .roleGranted(.steward, "carol", after: ledger.after), keys: [alice])
    #expect(try ledger.refusal(of: key) == nil)
    try ledger.admit(.keyRevoked("carol", after: ledger.after), by: "alice")
    #expect(try ledger.refusal(of: key) == .staleAuthority(later: 4))
    #expect(try ledger.refusal(of: grant) == .staleAuthority(later: 4))
  }

  @Test func `that takes away stays good until what it takes is touched`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol", .publisher)
    let alice = TestLedger.TestKeys["alice"]
    let revocation = try ledger.event(.keyRevoked("carol", after: ledger.after), keys: [alice])
    let loss = try ledger.event(
      .roleRevoked(.publisher, "carol", after: ledger.after), keys: [alice])
    try ledger.admit(.roleGranted(.steward, "carol", after: ledger.after), by: "alice")
    #expect(try ledger.refusal(of: revocation) == nil)
    #expect(try ledger.refusal(of: loss) == nil)
    try ledger.admit(.roleRevoked(.publisher, "carol", after: ledger.after), by: "alice")
    try ledger.admit(.roleGranted(.publisher, "carol", after: ledger.after), by: "alice")
    #expect(try ledger.refusal(of: loss) == .staleAuthority(later: 6))
  }

  @Test func `that sets a charter does not undo a later one`() throws {
    var ledger = try TestLedger()
    let old = try ledger.event(
      .charterSet(.init(charter: .initial, after: ledger.after)),
      keys: [TestLedger.TestKeys["alice"]])
    #expect(try ledger.refusal(of: old) == nil)
    let strict = Charter(
      rules: Charter.initial.rules, minimumDilution: 20_000, allowsUnreconciled: false)
    try ledger.admit(.charterSet(.init(charter: strict, after: ledger.after)), by: "alice")
    #expect(try ledger.refusal(of: old) == .staleAuthority(later: 1))
  }

  @Test func `is never imported`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol")
    #expect(
      try ledger.refusal(.actorRegistered("dave", after: ledger.after), by: "alice") {
        $0.attestation = .thirdPartyImport
        $0.attributedTo = .named("carol")
      } == .importForbidden(.actorRegistered))
  }
}

@Suite struct `A key` {
  @Test func `counts between its addition and its revocation by sequence, both ways`() throws {
    var ledger = try TestLedger()
    let id = TestLedger.TestKeys["carol"].verifyingKey.id
    // Before: even a statement that is dated later.
    #expect(try ledger.refusal(.dataset(), by: "carol") == .unknownKey(id))
    try ledger.enrol("carol", .publisher)
    let early = try ledger.event(.dataset(), keys: [TestLedger.TestKeys["carol"]])
    #expect(try ledger.refusal(of: early) == nil)
    try ledger.admit(.keyRevoked("carol", after: ledger.after), by: "alice")
    // After: a statement that was signed, and is dated, before.
    #expect(try ledger.refusal(of: early) == .revokedKey(id, by: 4))
    #expect(try ledger.refusal(of: early)?.clash == 4)
    // Beside a good one too.
    #expect(try ledger.refusal(.dataset(), by: "alice", "carol") == .revokedKey(id, by: 4))
  }

  @Test func `is revoked once, from a sequence on that is there`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("carol")
    let id = TestLedger.TestKeys["carol"].verifyingKey.id
    #expect(
      try ledger.refusal(.keyRevoked("dave", after: ledger.after), by: "alice")
        == .keyUnknown(TestLedger.TestKeys["dave"].verifyingKey.id))
    #expect(
      try ledger.refusal(.keyRevoked("carol", suspectSince: 4, after: ledger.after), by: "alice")
        == .suspectLater(4))
    #expect(
      try ledger.refusal(.keyRevoked("log", after: ledger.after), by: "alice")
        == .keyUnknown(TestLedger.TestKeys.log.verifyingKey.id))
    try ledger.admit(.keyRevoked("carol", suspectSince: 3, after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.keyRevoked("carol", after: ledger.after), by: "alice")
        == .keyAlreadyRevoked(id, at: 3))
    #expect(ledger.state.authority.keys[id]?.suspectSince == 3)
  }

  @Test func `of the log signs no event`() throws {
    let ledger = try TestLedger()
    let id = TestLedger.TestKeys.log.verifyingKey.id
    #expect(try ledger.refusal(.dataset(), by: "log") == .unknownKey(id))
    #expect(try ledger.refusal(.dataset(), by: "alice", "log") == .unknownKey(id))
  }
}

@Suite struct `A quorum` {
  @Test func `is of distinct actors, each in a role`() throws {
    let charter = Charter.initial.requiring(2, .publisher, for: .datasetRegistered)
    var ledger = try TestLedger(charter: charter)
    let missing = { (counted: Int) in
      Refusal.roleMissing(
        kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: counted)
    }
    try ledger.enrol("bob", .publisher)
    try ledger.enrol("carol", .matcher)
    try ledger.admit(
      .keyAdded("alice", label: "alice 2", after: ledger.after), by: "alice", "alice 2")
    #expect(try ledger.refusal(.dataset(), by: "alice") == missing(1))
    #expect(try ledger.refusal(.dataset(), by: "alice", "alice 2") == missing(1))
    #expect(try ledger.refusal(.dataset(), by: "alice", "carol") == missing(1))
    #expect(try ledger.refusal(.dataset(), by: "alice", "bob") == nil)
    #expect(try ledger.refusal(.dataset(), by: "alice", "bob", "carol") == nil)
  }

  @Test func `of several does not count custodial keys, of one it does`() throws {
    let charter = Charter.initial.requiring(2, .publisher, for: .datasetRegistered)
    var ledger = try TestLedger(charter: charter)
    try ledger.enrol("bob", .publisher, custody: .administrator)
    #expect(
      try ledger.refusal(.dataset(), by: "alice", "bob")
        == .roleMissing(
          kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: 1))
    try ledger.admit(.charterSet(.init(charter: .initial, after: ledger.after)), by: "alice")
    #expect(try ledger.refusal(.dataset(), by: "bob") == nil)
  }

  @Test func `cannot be lost by revoking the last administrators`() throws {
    var ledger = try TestLedger()
    try ledger.enrol("bob", .administrator, custody: .administrator)
    #expect(
      try ledger.refusal(.roleRevoked(.administrator, "bob", after: ledger.after), by: "alice")
        == nil)
    try ledger.admit(.roleRevoked(.administrator, "bob", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(.roleRevoked(.administrator, "alice", after: ledger.after), by: "alice")
        == .quorumLost(.actorRegistered))
    #expect(
      try ledger.refusal(.keyRevoked("alice", after: ledger.after), by: "alice")
        == .quorumLost(.actorRegistered))
    try ledger.admit(
      .keyAdded("alice", label: "alice 2", after: ledger.after), by: "alice", "alice 2")
    #expect(try ledger.refusal(.keyRevoked("alice", after: ledger.after), by: "alice") == nil)
  }

  @Test func `cannot be asked for by a charter that nobody could meet`() throws {
    var ledger = try TestLedger()
    func set(_ charter: Charter) -> Body {
      .charterSet(.init(charter: charter, after: ledger.after))
    }
    let two = Charter.initial.requiring(2, .administrator, for: .roleGranted)
    #expect(try ledger.refusal(set(two), by: "alice") == .quorumLost(.roleGranted))
    let watchdogs = Charter.initial.requiring(1, .watchdog, for: .charterSet)
    #expect(try ledger.refusal(set(watchdogs), by: "alice") == .quorumLost(.charterSet))
    try ledger.enrol("bob", .administrator, custody: .administrator)
    #expect(try ledger.refusal(set(two), by: "alice") == .quorumLost(.roleGranted))
    try ledger.enrol("carol", .administrator)
    #expect(try ledger.refusal(set(two), by: "alice") == nil)
    // No authority hangs on the other kinds: a charter may close them.
    let closed = Charter.initial.requiring(5, .watchdog, for: .datasetRegistered)
    #expect(try ledger.refusal(set(closed), by: "alice") == nil)
  }
}
