import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `The entries of a compact bundle` {
  var log: DishonestLog

  init() throws { log = try DishonestLog() }

  /// The reason for which the entries at `items` cannot be of a ledger, where there is one.
  func refusal(
    _ log: DishonestLog, _ items: [UInt64], claim: UInt64? = nil
  ) throws -> String? {
    let verdict = try log.verdict(
      try log.bundle(items, claims: [.event(claim ?? items[items.count - 1])]))
    let check = verdict.checks.first { $0.name == "rules within the bundle" }
    switch check?.outcome {
    case .failed(let flaw)?:
      #expect(verdict.conclusion == .failed)
      #expect(verdict.sentences.isEmpty)
      return flaw.description
    case .passed?:
      #expect(verdict.conclusion == .verified)
      return nil
    default:
      Issue.record("the rules were not looked at: \(verdict.checks)")
      return nil
    }
  }

  func reason(_ sequence: UInt64, _ refusal: Refusal) -> String {
    ReplayFailure(sequence, .refused(refusal)).description
  }

  /// The refusal of an event by alice whose header is edited.
  func refusal(of body: Body = .model(), _ edit: (inout Header) -> Void) throws -> String? {
    var log = log
    let at = try log.append(body, edit: edit)
    return try refusal(log, [0, at])
  }

  @Test func `speak of no future, and came in time`() throws {
    let now = log.now.wholeSecond
    #expect(try refusal { _ in } == nil)
    #expect(try refusal { $0.occurredAt = now.advanced(bySeconds: 300) } == nil)
    let late = now.advanced(bySeconds: 301)
    #expect(try refusal { $0.occurredAt = late } == reason(1, .fromTheFuture(late)))
    #expect(
      try refusal {
        $0.precision = .interval
        $0.occurredUntil = late
      } == reason(1, .fromTheFuture(late)))
    #expect(try refusal { $0.notAfter = now } == nil)
    let passed = now.advanced(bySeconds: -1)
    #expect(try refusal { $0.notAfter = passed } == reason(1, .expired(passed)))
    // Eight years before and after what the entry says of itself.
    let old = Timestamp.at("2018-01-01T00:00:00Z")
    #expect(try refusal { $0.notAfter = old } == reason(1, .expired(old)))
    var log = log
    log.now = .at("2019-01-01T00:00:00Z")
    let at = try log.append(.model()) { $0.occurredAt = now }
    #expect(try refusal(log, [0, at]) != nil)
  }

  @Test func `were recorded in the order of their sequences`() throws {
    var log = log
    let first = try log.append(.model())
    log.now = log.now.advanced(bySeconds: -1)
    let second = try log.append(.model("another"))
    #expect(try refusal(log, [0, second]) == nil)
    log.now = log.now.advanced(bySeconds: 9)
    let third = try log.append(.model("third"))
    #expect(try refusal(log, [0, first, third]) == nil)
    #expect(
      try refusal(log, [0, first, second, third])
        == reason(second, .timeRunsBack(log.entries[Int(first)].recordedAt)))
  }

  @Test func `are of the size that their signers saw`() throws {
    for (expects, isRight) in [(0, false), (1, true), (2, false)] as [(UInt64, Bool)] {
      #expect(
        try refusal { $0.expects = expects }
          == (isRight ? nil : reason(1, .unexpectedSize(expected: expects, actual: 1))))
    }
  }

  @Test func `give no authority for longer than a month, or in another's name`() throws {
    let grant = Body.roleGranted(.matcher, "alice", after: log.entries[0].event.id)
    let month = log.now.wholeSecond.advanced(bySeconds: LedgerState.authorityValidity)
    #expect(try refusal(of: grant) { $0.notAfter = month } == nil)
    #expect(
      try refusal(of: grant) { $0.notAfter = month.advanced(bySeconds: 1) }
        == reason(1, .notAfterTooLate))
    #expect(try refusal(of: grant) { $0.notAfter = nil } == reason(1, .notAfterMissing))
    #expect(
      try refusal(of: grant) {
        $0.attestation = .thirdPartyImport
        $0.attributedTo = .named("bob")
      } == reason(1, .importForbidden(.roleGranted)))
  }

  @Test func `have each event once, and each release`() throws {
    var log = log
    let first = try log.append(.model())
    let again = try log.append(log.entries[Int(first)].event)
    #expect(
      try refusal(log, [0, first, again]) == ReplayFailure(again, .repeated).description)
    #expect(try refusal(log, [0, again]) == nil)
    let row = try OneRow()
    let release = try log.append(row.release("laion@1"))
    let other = try log.append(row.release("laion@1"))
    #expect(
      try refusal(log, [0, release, other])
        == reason(other, .releaseExists(.named("laion@1"), at: release)))
  }

  @Test func `are signed by keys that are there by then, and not revoked`() throws {
    var log = log
    let key = TestLedger.TestKeys["eve"].verifyingKey.id
    let early = try log.append(.model(), by: "eve")
    let introduced = try log.introduce("eve")
    let good = try log.append(.model("another"), by: "eve")
    let revoked = try log.append(.keyRevoked("eve", after: log.entries[0].event.id))
    let late = try log.append(.model("third"), by: "eve")
    #expect(
      try refusal(log, [0, early, introduced], claim: early) == reason(early, .unknownKey(key)))
    #expect(try refusal(log, [0, introduced, good, revoked], claim: good) == nil)
    #expect(
      try refusal(log, [0, introduced, revoked, late])
        == reason(late, .revokedKey(key, by: revoked)))
  }

  @Test func `begin with a founding by the rules`() throws {
    var ledger = TestLedger(empty: .named("ledger.example.org/test"))
    let alice = TestLedger.TestKeys["alice"]
    // The log's key has not signed, and nobody could govern.
    for (founders, keys) in [
      ([Founder.alice], [alice]),
      ([Founder.named("alice", roles: [.publisher])], [alice, TestLedger.TestKeys.log]),
    ] {
      let event = try ledger.event(ledger.creation(founders: founders), keys: keys)
      let log = try DishonestLog(founding: event)
      let verdict = try log.verdict(try log.bundle([0], claims: [.event(0)]))
      #expect(verdict.conclusion == .failed)
      let check = verdict.checks.first { $0.name == "rules within the bundle" }
      guard case .failed? = check?.outcome else {
        Issue.record("the founding was taken: \(verdict.checks)")
        continue
      }
    }
  }

  @Test func `do not found the ledger again`() throws {
    var log = log
    let ledger = try TestLedger()
    let origin = ledger.origin
    let event = try SignedEvent(
      signing: Statement(
        header: Header(
          binding: .origin(origin),
          signers: [TestLedger.TestKeys["alice"], TestLedger.TestKeys.log].map(
            \.verifyingKey.id), nonce: [UInt8](repeating: 7, count: 16),
          occurredAt: log.now.wholeSecond),
        body: ledger.creation(founders: [.alice])),
      with: [TestLedger.TestKeys["alice"], TestLedger.TestKeys.log])
    let at = try log.append(event)
    #expect(try refusal(log, [0, at]) == reason(at, .alreadyCreated))
  }
}
