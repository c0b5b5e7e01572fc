import LedgerCrypto
import Provenance
import Rows
import SetCommitment
import TestSupport
import Testing
import TransparencyLog

/// A bundle for which something is missing, and what that is called.
struct FoundLack {
  let lack: Lack
  let verdict: Verdict

  init(_ lack: Lack, _ verdict: Verdict) {
    self.lack = lack
    self.verdict = verdict
  }

  /// At least one for each case of ``Lack``.
  static func all() throws -> [FoundLack] { try ofLog() + ofPins() + ofRows() + ofFiles() }

  private static func ofLog() throws -> [FoundLack] {
    let (complete, compact) = try (SampleBundle.complete(), SampleBundle.compact())
    func verdict(_ bundle: Bundle) -> Verdict {
      BundleVerifier(anchors: complete.anchors).verify(bundle.bytes)
    }
    let witness = try NoteCosigner(
      name: #require(KeyName("witness.example.org")), key: TestLedger.TestKeys["eve"]
    ).verifierKey
    let policy = "log \(complete.ledger.vkey)\nwitness w \(witness)\nquorum w\n"
    let unknown = try `A bundle with an entry of an unknown kind`()
    let later = unknown.verdict(
      unknown.sample.bundle.with(
        checkpoint: unknown.checkpoint, items: unknown.sample.bundle.items + [unknown.item]))
    let attachment = complete.bundle.attachments[0].reference
    return [
      FoundLack(.noPolicy, compact.verdict(anchors: TrustAnchors())),
      FoundLack(
        .witnessesUnchecked(try #require(PolicyWord("w"))),
        compact.verdict(
          anchors: TrustAnchors(policy: try LogPolicy(parsing: Array(policy.utf8))))),
      FoundLack(.noCheckpoint, verdict(compact.bundle.with(checkpoint: [65]))),
      FoundLack(.noCheckpoint, verdict(complete.bundle.with(checkpoint: [65]))),
      FoundLack(.failedBefore, verdict(complete.bundle.with(checkpoint: [65]))),
      FoundLack(.unknownKind(6), later),
      FoundLack(.notReplayed, later),
      FoundLack(
        .noFirstEntry,
        verdict(compact.bundle.with(items: Array(compact.bundle.items.dropFirst())))),
      FoundLack(
        .attachmentElsewhere(attachment.sha256),
        verdict(complete.bundle.with(attachments: [.init(reference: attachment, bytes: nil)]))),
      FoundLack(.noClaim, verdict(compact.bundle.with(claims: []))),
    ]
  }
  private static func ofPins() throws -> [FoundLack] {
    let compact = try SampleBundle.compact()
    let alice = TestLedger.TestKeys["alice"].verifyingKey
    var anchors = compact.anchors
    try anchors.pin(TestLedger.TestKeys["eve"].verifyingKey, as: .named("eve"))
    let verdict = compact.verdict(anchors: anchors)
    return [
      FoundLack(.pinUnused(.named("eve")), verdict),
      FoundLack(.signersNotPinned(4, Attribution([.key(alice.id)])), verdict),
    ]
  }

  /// What a claim can lack in the log of an operator who admits anything.
  private static func ofRows() throws -> [FoundLack] {
    let row = try OneRow()
    let held = HeldRow(json: Array(OneRow.url.utf8), secret: nil)
    let other = HeldRow(json: Array("{\"TEXT\":\"a cat\"}".utf8), secret: nil)
    let keyed = Body.datasetRegistered(
      DatasetRegistered(
        dataset: .named("laion"), identity: ["URL"], content: nil, tagging: .keyed,
        secretCommitment: .of("a secret"), derivedFrom: nil))
    func verdict(
      _ before: Body..., by signer: String = "alice", pinning actor: String? = nil, row: OneRow,
      held: HeldRow
    ) throws -> Verdict {
      var log = try DishonestLog()
      _ = try log.introduce("eve")
      for body in before { try log.append(body, by: signer) }
      let last = try log.append(row.release("laion@1"))
      var anchors = try log.anchors
      if let actor {
        try anchors.pin(TestLedger.TestKeys[actor].verifyingKey, as: .named(actor))
      }
      let claim = Claim.presence(release: last, key: row.entry.key, witness: row.witness)
      return BundleVerifier(anchors: anchors, row: held)
        .verify(try log.bundle(Array(0...last), claims: [claim]).bytes)
    }
    let eve = TestLedger.TestKeys["eve"].verifyingKey
    let grounds = KeyGrounds(
      dataset: .named("laion"), columns: ["URL"], registered: .init(2, Attribution([.key(eve.id)])),
      fixed: .init(3, Attribution([.pinned(.named("alice"))])))
    let compact = try SampleBundle.compact()
    return [
      FoundLack(
        .noClaimAboutRow,
        BundleVerifier(anchors: compact.anchors, row: held).verify(compact.bytes)),
      FoundLack(.noSecret, try verdict(keyed, row: row, held: held)),
      FoundLack(.noColumns(.named("laion")), try verdict(row: row, held: held)),
      FoundLack(.noKey(.missing("URL")), try verdict(.dataset(), row: row, held: other)),
      FoundLack(
        .columnsNotPinned(grounds),
        try verdict(.dataset(), by: "eve", pinning: "alice", row: row, held: held)),
      FoundLack(.transitionElsewhere, try ofTransition(row)),
    ]
  }

  /// A transition whose files are not beside the bundle.
  private static func ofTransition(_ row: OneRow) throws -> Verdict {
    var log = try DishonestLog()
    let first = try log.append(row.release("laion@1"))
    let second = try log.append(OneRow.emptied("laion@2", from: "laion@1"))
    let lists = try TransitionLists(removed: [row.entry.key], changed: [], added: []).bytes
    let references = [row.witness, lists].map(DishonestLog.reference)
    let claim = Claim.transition(
      from: first, to: second, witness: references[0], lists: references[1])
    let bundle = try log.bundle([0, first, second], claims: [claim])
    return try log.verdict(
      bundle.with(attachments: references.map { .init(reference: $0, bytes: nil) }))
  }
}
