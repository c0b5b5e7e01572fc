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
