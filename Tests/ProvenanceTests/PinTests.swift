import CanonicalJSON
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
    guard case .skipped(let why)? = check?.outcome else { return false }
    return verdict.conclusion == .undecided && verdict.sentences.isEmpty && verdict.level == nil
      && why.hasPrefix("Sequence \(sequence), on which the claim rests, is signed by key")
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
              "laion@1 was published at sequence \(lateParent), after laion@4, which comes of it, at \(emptied)."
            ))))
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
    let keys = ["alice", "eve"].map { TestLedger.TestKeys[$0].verifyingKey.id.hex }
    func listed(_ verdict: Verdict) -> [String: JSON]? {
      guard case .object(let object) = verdict.json else { return nil }
      return object["claims"].map { ["claims": $0] }
    }
    func signer(_ key: String, _ actor: String?, _ sequences: [UInt64]) -> JSON {
      var object = JSONObject()
      object["key"] = .string(key)
      if let actor { object["actor"] = .string(actor) }
      object["pinned"] = .bool(actor != nil)
      object["sequences"] = .array(sequences.map { .integer(Int64($0)) })
      return .object(object)
    }
    let skipped = try transition(first, child, pinning: "alice")
    let signers = [
      (keys[0], signer(keys[0], "alice", [first])), (keys[1], signer(keys[1], nil, [child])),
    ].sorted { $0.0 < $1.0 }.map(\.1)
    #expect(
      listed(skipped) == [
        "claims": [["type": "transition", "signers": .array(signers)]]
      ])
    let event = try verdict([first, model], .event(model), .event(first))
    #expect(
      listed(event) == [
        "claims": [
          ["type": "event", "signers": [signer(keys[1], nil, [model])]],
          ["type": "event", "signers": [signer(keys[0], nil, [first])]],
        ]
      ])
    let complete = try SampleBundle.complete()
    #expect(complete.verdict().signers.map(\.type) == ["complete"])
    let all = complete.verdict().signers[0].signers
    #expect(all.count == 3 && all.allSatisfy { $0.sequences == nil && !$0.isPinned })
    #expect(Set(all.compactMap { $0.actor?.text }) == ["alice", "carol"])
  }
}
