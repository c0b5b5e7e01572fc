internal import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

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
    let missing = { (others: [String]) in
      Refusal.roleMissing(
        kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: 2 - others.count,
        others: others.map { ActorName($0)! })
    }
    try ledger.enrol("bob", .publisher)
    try ledger.enrol("carol", .matcher)
    try ledger.admit(
      .keyAdded("alice", label: "alice 2", after: ledger.after), by: "alice", "alice 2")
    #expect(try ledger.refusal(.dataset(), by: "alice") == missing(["bob"]))
    #expect(try ledger.refusal(.dataset(), by: "alice", "alice 2") == missing(["bob"]))
    #expect(try ledger.refusal(.dataset(), by: "alice", "carol") == missing(["bob"]))
    #expect(try ledger.refusal(.dataset(), by: "carol") == missing(["alice", "bob"]))
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
          kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: 1, others: []))
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
