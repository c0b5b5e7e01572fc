import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport
import Testing

/// A log in which eve, whom nobody made a publisher, signs what alice did not.
@Suite struct `A pinned key` {
  var log: DishonestLog
  let row: OneRow
  /// The sequences of alice's first release and of the one without its row.
  let first: UInt64
  let emptied: UInt64
  /// What eve signed: an event, a release, a parent and a child.
  let model: UInt64
  let release: UInt64
  let child: UInt64
  let lateParent: UInt64

  init() throws {
    log = try DishonestLog()
    row = try OneRow()
    _ = try log.introduce("eve")
    try log.append(.dataset())
    first = try log.append(row.release("laion@1"))
    model = try log.append(.model(), by: "eve")
    release = try log.append(row.release("laion@2", columns: nil), by: "eve")
    child = try log.append(OneRow.emptied("laion@3", from: "laion@1"), by: "eve")
    emptied = try log.append(OneRow.emptied("laion@4", from: "laion@1"))
    lateParent = try log.append(row.release("laion@1"))
  }

  func verdict(
    _ items: [UInt64], _ claims: Claim..., pinning actors: String...,
    attachments: [[UInt8]] = []
  ) throws -> Verdict {
    var anchors = try log.anchors
    for actor in actors {
      try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
    }
    let bundle = try log.bundle([0, 1] + items, attachments: attachments, claims: claims)
    return BundleVerifier(anchors: anchors).verify(bundle.bytes)
  }

  func transition(_ from: UInt64, _ to: UInt64, pinning actors: String...) throws -> Verdict {
    let lists = try TransitionLists(removed: [row.entry.key], changed: [], added: []).bytes
    let claim = Claim.transition(
      from: from, to: to, witness: DishonestLog.reference(row.witness),
      lists: DishonestLog.reference(lists))
    var anchors = try log.anchors
    for actor in actors {
      try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
    }
    let items = [0, 1, from, to].sorted()
    let bundle = try log.bundle(items, attachments: [row.witness, lists], claims: [claim])
    return BundleVerifier(anchors: anchors).verify(bundle.bytes)
  }

  /// Whether the first claim was skipped for its signers, and nothing said.
  func isSkipped(_ verdict: Verdict, _ sequence: UInt64) -> Bool {
    let check = verdict.checks.first { $0.name.hasPrefix("claim 1: ") }
    guard case .skipped(.signersNotPinned(sequence, let signed))? = check?.outcome else {
      return false
    }
    return verdict.conclusion == .undecided && verdict.sentences.isEmpty && verdict.level == nil
      && signed.description.hasPrefix("signed by key")
  }

  @Test func `is not met by another entry of the bundle`() throws {
    let claims: [(UInt64, Claim)] = [
      (model, .event(model)),
      (release, .presence(release: release, key: row.entry.key, witness: row.witness)),
      (child, .absence(release: child, key: row.entry.key, witness: [0])),
    ]
    for (sequence, claim) in claims {
      #expect(try verdict([first, sequence], claim).conclusion == .verified)
      #expect(
        isSkipped(try verdict([first, sequence], claim, pinning: "alice"), sequence))
      #expect(
        try verdict([first, sequence], claim, pinning: "alice", "eve").conclusion == .verified)
    }
    let own = Claim.presence(release: first, key: row.entry.key, witness: row.witness)
    #expect(try verdict([first], own, .event(first), pinning: "alice").conclusion == .verified)
    #expect(isSkipped(try verdict([first], own, pinning: "eve"), first))
  }

  @Test func `is met by both ends of a transition`() throws {
    #expect(try transition(first, emptied, pinning: "alice").conclusion == .verified)
    #expect(try transition(first, child).conclusion == .verified)
    #expect(isSkipped(try transition(first, child, pinning: "alice"), child))
    #expect(isSkipped(try transition(first, child, pinning: "eve"), first))
    #expect(try transition(first, child, pinning: "alice", "eve").conclusion == .verified)
    // Both signed by alice, and the parent published after its child.
    for actors in [[], ["alice"], ["alice", "eve"]] {
      let lists = try TransitionLists(removed: [row.entry.key], changed: [], added: []).bytes
      let claim = Claim.transition(
        from: lateParent, to: emptied, witness: DishonestLog.reference(row.witness),
        lists: DishonestLog.reference(lists))
      var anchors = try log.anchors
      for actor in actors {
        try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
      }
      let bundle = try log.bundle(
        [0, emptied, lateParent], attachments: [row.witness, lists], claims: [claim])
      let verdict = BundleVerifier(anchors: anchors).verify(bundle.bytes)
      #expect(verdict.conclusion == .failed)
      #expect(
        verdict.checks.contains(
          Check(
            "claim 1: transition",
            .failed(
              .parentLater(
                .named("laion@1"), at: lateParent, child: .named("laion@4"), childAt: emptied)))))
    }
  }

  @Test func `is pinned once`() throws {
    var anchors = try log.anchors
    let key = TestLedger.TestKeys["alice"].verifyingKey
    try anchors.pin(key, as: .named("alice"))
    for actor in ["eve", "alice"] {
      #expect(throws: PinnedTwice(first: .named("alice"), second: .named(actor))) {
        try anchors.pin(key, as: .named(actor))
      }
    }
    #expect(anchors.actors == [key.id: .named("alice")])
  }

  @Test func `and all others that signed are listed with the claim`() throws {
    let keys = ["alice", "eve"].map { TestLedger.TestKeys[$0].verifyingKey.id }
    func alice(at sequence: UInt64) -> ClaimSigners.Signer {
      .init(key: keys[0], actor: .named("alice"), isPinned: true, sequences: [sequence])
    }
    func eve(at sequence: UInt64) -> ClaimSigners.Signer {
      .init(key: keys[1], actor: nil, isPinned: false, sequences: [sequence])
    }
    let skipped = try transition(first, child, pinning: "alice")
    let both = [alice(at: first), eve(at: child)].sorted { $0.key < $1.key }
    #expect(skipped.signers == [ClaimSigners(type: "transition", signers: both)])
    let event = try verdict([first, model], .event(model), .event(first), pinning: "alice")
    #expect(
      event.signers == [
        ClaimSigners(type: "event", signers: [eve(at: model)]),
        ClaimSigners(type: "event", signers: [alice(at: first)]),
      ])
    let unpinned = try verdict([first], .event(first))
    #expect(unpinned.signers[0].signers.map(\.actor) == [nil])
    let complete = try SampleBundle.complete()
    #expect(complete.verdict().signers.map(\.type) == ["complete"])
    let all = complete.verdict().signers[0].signers
    #expect(all.count == 3 && all.allSatisfy { $0.sequences == nil && !$0.isPinned })
    #expect(Set(all.compactMap { $0.actor?.text }) == ["alice", "carol"])
  }
}
