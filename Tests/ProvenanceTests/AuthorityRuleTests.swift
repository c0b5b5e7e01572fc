internal import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

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
          kind: .roleGranted, roles: [.administrator], needed: 1, counted: 0, others: []))
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
        == .roleMissing(kind: .keyAdded, roles: [.administrator], needed: 1, counted: 0, others: [])
    )
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
      rules: Charter.initial.rules, allowsUnreconciled: true)
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
