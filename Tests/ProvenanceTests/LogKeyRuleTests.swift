import LedgerCrypto
import Provenance
import TestSupport
import Testing
import TransparencyLog

@Suite struct `A change of the log key` {
  let ledger: TestLedger
  let keys = TestLedger.TestKeys.self

  init() throws {
    ledger = try TestLedger(
      founders: [.alice, .named("bob")],
      charter: Charter.initial.requiring(2, .administrator, for: .logKeyChanged))
  }

  func refusal(
    _ body: Body, by labels: String..., in ledger: TestLedger? = nil
  ) throws -> Refusal? {
    try (ledger ?? self.ledger).refusal(body, keys: labels.map { keys[$0] })
  }

  func body(_ label: String = "second log", origin: String? = nil) -> Body {
    .logKey(label, origin: origin ?? ledger.origin.text, after: ledger.after)
  }

  @Test func `is signed by the administrators' quorum and the new key`() throws {
    #expect(try refusal(body(), by: "alice", "bob", "second log") == nil)
    let missing = Refusal.roleMissing(
      kind: .logKeyChanged, roles: [.administrator], needed: 2, counted: 1,
      others: [ActorName("bob")!])
    #expect(try refusal(body(), by: "alice", "second log") == missing)
    #expect(
      try refusal(body(), by: "alice", "bob")
        == .keyNotSigning)
    let third = keys["third log"].verifyingKey.id
    #expect(
      try refusal(body(), by: "alice", "bob", "third log") == .unknownKey(third))
    // The old key has no say, and none is needed.
    #expect(
      try refusal(body(), by: "alice", "bob", "second log", "log")
        == .unknownKey(keys.log.verifyingKey.id))
  }

  @Test func `has a valid signature of the new key`() throws {
    var copy = ledger
    let statement = copy.statement(
      body(), keys: ["alice", "bob", "second log"].map { keys[$0] })
    let refusal = try ledger.refusal(of: unsigned(statement))
    guard case .invalidSignature = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test func `is to a key of this origin that was never used`() throws {
    #expect(
      try refusal(body(origin: "ledger.example.org/other"), by: "alice", "bob", "second log")
        == .logKeyOfOther)
    let log = keys.log.verifyingKey.id
    let same = try refusal(body("log"), by: "alice", "bob", "log")
    #expect(same == .logKeyTaken(log, at: 0))
    #expect(same?.clash == 0)
    #expect(
      try refusal(body("alice"), by: "alice", "bob")
        == .keyTaken(keys["alice"].verifyingKey.id, by: .named("alice")))
    var ledger = ledger
    let at = ledger.size
    try ledger.admit(body(), keys: ["alice", "bob", "second log"].map { keys[$0] })
    // Neither goes back, nor becomes an actor's.
    for (label, since) in [("log", 0), ("second log", at)] {
      let id = keys[label].verifyingKey.id
      #expect(
        try ledger.refusal(
          .logKey(label, origin: ledger.origin.text, after: ledger.after),
          keys: ["alice", "bob", label].map { keys[$0] }) == .logKeyTaken(id, at: since))
      #expect(
        try ledger.refusal(
          .keyAdded("alice", label: label, after: ledger.after),
          keys: ["alice", label].map { keys[$0] }) == .logKeyTaken(id, at: since))
    }
  }

  @Test func `follows the last one, is soon used and is no import`() throws {
    var ledger = ledger
    let first = ledger.after
    let at = ledger.size
    try ledger.admit(body(), keys: ["alice", "bob", "second log"].map { keys[$0] })
    let signers = ["alice", "bob", "third log"].map { keys[$0] }
    #expect(
      try ledger.refusal(
        .logKey("third log", origin: ledger.origin.text, after: first), keys: signers)
        == .staleAuthority(later: at))
    let body = Body.logKey("third log", origin: ledger.origin.text, after: ledger.after)
    #expect(try ledger.refusal(body, keys: signers) == nil)
    #expect(
      try ledger.refusal(body, keys: signers) { $0.notAfter = nil } == .notAfterMissing)
    try ledger.admit(.actorRegistered("carol", after: ledger.after), by: "alice")
    #expect(
      try ledger.refusal(
        .logKey("third log", origin: ledger.origin.text, after: ledger.after), keys: signers,
        edit: Surroundings.imports("carol")) == .importForbidden(.logKeyChanged))
  }

  @Test func `counts from the first checkpoint that includes it`() throws {
    var ledger = ledger
    try ledger.admit(.dataset(), by: "alice")
    let at = ledger.size
    try ledger.admit(body(), keys: ["alice", "bob", "second log"].map { keys[$0] })
    try ledger.admit(.model(), by: "alice")
    let origin = ledger.origin.text
    let old = TestLedger.vkey(of: "log", origin: origin).description
    let new = TestLedger.vkey(of: "second log", origin: origin).description
    for size in 1...at { #expect(ledger.state.logKey(at: size) == old) }
    for size in [at + 1, at + 2, .max] { #expect(ledger.state.logKey(at: size) == new) }
    #expect(ledger.state.authority.founding?.logKey == new)
    #expect(LedgerState().logKey(at: 1) == nil)
  }
}
