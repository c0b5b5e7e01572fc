import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport
import Testing

@Suite struct `A bundle of an operator who invents who is who` {
  var log: DishonestLog
  let genesis: EventID

  init() throws {
    log = try DishonestLog()
    genesis = log.entries[0].event.id
  }

  func outcome(_ name: String, in verdict: Verdict) -> Check.Outcome? {
    verdict.checks.first { $0.name == name }?.outcome
  }

  @Test func `shows nothing without the log's first entry, whatever genesis it names`() throws {
    var log = log
    let key = try log.append(.keyAdded("eve", after: genesis), by: "eve")
    let model = try log.append(.model(), by: "eve")
    let whole = try log.verdict(try log.bundle([0, key, model], claims: [.event(model)]))
    #expect(whole.conclusion == .verified)
    let bundle = try log.bundle([key, model], claims: [.event(model)])
    for pinned in [genesis, nil] {
      let anchors = TrustAnchors(policy: try log.anchors.policy, genesis: pinned)
      let verdict = BundleVerifier(anchors: anchors).verify(bundle.bytes)
      #expect(verdict.conclusion == .undecided)
      #expect(verdict.level == nil)
      #expect(outcome("ledger", in: verdict) == .skipped(.noFirstEntry))
    }
    let other = EventID(.of("another"))
    #expect(try log.verdict(bundle.with(genesis: other)).conclusion == .failed)
    let renamed = try log.bundle([0], claims: [.event(0)]).with(genesis: other)
    let anchors = TrustAnchors(policy: try log.anchors.policy, genesis: other)
    #expect(BundleVerifier(anchors: anchors).verify(renamed.bytes).conclusion == .failed)
  }

  @Test func `takes no key from an entry that the key did not sign`() throws {
    for (signer, isTaken) in [("alice", false), ("eve", true)] {
      var log = log
      let key = try log.append(.keyAdded("eve", after: genesis), by: signer)
      let model = try log.append(.model(), by: "eve")
      let verdict = try log.verdict(try log.bundle([0, key, model], claims: [.event(model)]))
      #expect(verdict.conclusion == (isTaken ? .verified : .failed))
    }
    for (signer, isTaken) in [("alice", false), ("second log", true)] {
      var log = log
      let key = try log.append(.logKey(after: genesis), by: signer)
      let model = try log.append(.model(), by: "second log")
      let verdict = try log.verdict(try log.bundle([0, key, model], claims: [.event(model)]))
      #expect(verdict.conclusion == (isTaken ? .verified : .failed))
    }
  }
}

@Suite struct `A claim about a row` {
  let row: OneRow

  init() throws { row = try OneRow() }

  /// The verdict on alice's release of a dataset that `registrar` registered and whose columns `fixer`
  /// fixed.
  func verdict(
    registrar: String, fixer: String, pinning actors: [String]
  ) throws -> Verdict {
    var log = try DishonestLog()
    let key = try log.append(.keyAdded("eve", after: log.entries[0].event.id), by: "eve")
    let registered = try log.append(.dataset(), by: registrar)
    let fixed = try log.append(row.release("laion@1"), by: fixer)
    let release = try log.append(row.release("laion@2", columns: nil))
    let bundle = try log.bundle(
      [0, key, registered, fixed, release],
      claims: [.presence(release: release, key: row.entry.key, witness: row.witness)])
    var anchors = try log.anchors
    for actor in actors {
      try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
    }
    return BundleVerifier(anchors: anchors, row: held).verify(bundle.bytes)
  }

  var held: HeldRow { HeldRow(json: Array(OneRow.url.utf8), secret: nil) }

  @Test func `is not shown where the release is pinned and its columns are another's`() throws {
    for (registrar, fixer) in [("eve", "eve"), ("alice", "eve"), ("eve", "alice")] {
      let verdict = try verdict(registrar: registrar, fixer: fixer, pinning: ["alice"])
      #expect(verdict.conclusion == .undecided)
      #expect(verdict.sentences.isEmpty)
      #expect(
        verdict.checks.contains {
          guard $0.name == "row", case .skipped(.columnsNotPinned(let grounds)) = $0.outcome else {
            return false
          }
          return grounds.dataset == .named("laion") && grounds.columns == ["URL"]
            && [grounds.registered, grounds.fixed].map(\.sequence) == [2, 3]
        })
    }
  }

  @Test func `names who fixed the columns where their keys are not pinned`() throws {
    let eve = TestLedger.TestKeys["eve"].verifyingKey.id.hex.prefix(16)
    let open = try verdict(registrar: "eve", fixer: "eve", pinning: [])
    #expect(open.conclusion == .verified)
    #expect(
      open.notShown.map(\.description).contains(
        "that rows of laion are found by URL, beyond what is said by sequences 2 and 3, both signed by key \(eve), role not shown"
      ))
    let mixed = try verdict(registrar: "alice", fixer: "eve", pinning: [])
    #expect(
      mixed.notShown.contains {
        $0.description.hasSuffix("and the second signed by key \(eve), role not shown")
      })
    for (registrar, actors) in [("eve", ["alice", "eve"]), ("alice", ["alice"])] {
      let pinned = try verdict(registrar: registrar, fixer: registrar, pinning: actors)
      #expect(pinned.conclusion == .verified)
      #expect(!pinned.notShown.contains { $0.description.contains("found by") })
    }
  }

  @Test func `is held to the pins under complete too, and to the rules alone without any`() throws {
    var ledger = try TestLedger(founders: [.alice, .named("bob", roles: [.publisher])])
    try ledger.admit(.dataset(), by: "bob")
    try ledger.admit(row.release("laion@1"), by: "alice")
    let sample = try SampleBundle(
      ledger, items: [0, 1, 2], inclusions: false,
      claims: [
        .complete, .presence(release: 2, key: row.entry.key, witness: row.witness),
      ])
    for (actors, conclusion) in [
      ([], .verified), (["alice"], .undecided), (["alice", "bob"], .verified),
    ] as [([String], Verdict.Conclusion)] {
      var anchors = sample.anchors
      for actor in actors {
        try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
      }
      let verdict = BundleVerifier(anchors: anchors, row: held).verify(sample.bytes)
      #expect(verdict.conclusion == conclusion)
      #expect(
        verdict.sentences.contains { said($0).hasPrefix("a row with the URL of yours is in") }
          == (conclusion == .verified))
    }
  }
}
