import LedgerCrypto
import Provenance
import Rows
import SetCommitment
import TestSupport
import TransparencyLog

/// A bundle in which one thing is wrong, and what that is called.
struct FoundFlaw {
  let flaw: Flaw
  let verdict: Verdict

  init(_ flaw: Flaw, _ verdict: Verdict) {
    self.flaw = flaw
    self.verdict = verdict
  }

  /// At least one for each case of ``Flaw``.
  static func all() throws -> [FoundFlaw] {
    try ofLog() + ofEntries() + ofAttachments() + ofRows() + ofTransitions() + ofFiles()
  }

  private static func ofLog() throws -> [FoundFlaw] {
    let (complete, compact) = try (SampleBundle.complete(), SampleBundle.compact())
    let other = try TestLedger(origin: .named("ledger.example.org/other"))
    let name = complete.ledger.vkey.name
    func pinned(_ label: String, as actor: String, _ sample: SampleBundle) throws -> Verdict {
      var anchors = sample.anchors
      try anchors.pin(TestLedger.TestKeys[label].verifyingKey, as: .named(actor))
      return sample.verdict(anchors: anchors)
    }
    func verdict(_ bundle: Bundle, policy: LogPolicy? = complete.anchors.policy) -> Verdict {
      BundleVerifier(anchors: TrustAnchors(policy: policy)).verify(bundle.bytes)
    }
    // The policy says that eve keeps the log, and the log that its founders do.
    let eve = NoteVerifierKey(name: name, key: TestLedger.TestKeys["eve"].verifyingKey)
    let forged = try complete.ledger.checkpoint(signedBy: TestLedger.TestKeys["eve"])
    return [
      FoundFlaw(.unreadable(.empty), BundleVerifier(anchors: TrustAnchors()).verify([])),
      FoundFlaw(.claimTwice, verdict(compact.bundle.with(claims: [.event(4), .event(4)]))),
      FoundFlaw(.notACheckpoint, verdict(compact.bundle.with(checkpoint: [65]), policy: nil)),
      FoundFlaw(.checkpointOfOtherLog, verdict(compact.bundle.with(origin: other.origin))),
      FoundFlaw(
        .checkpoint(.unknownLog(name)), verdict(compact.bundle, policy: try other.policy())),
      FoundFlaw(
        .otherLogKey,
        verdict(
          complete.bundle.with(checkpoint: forged), policy: try LogPolicy(logs: [.init(key: eve)]))
      ),
      FoundFlaw(.otherLedger(0), verdict(compact.bundle.with(genesis: other.genesis))),
      FoundFlaw(
        .ledgerNotPinned, compact.verdict(anchors: TrustAnchors(genesis: other.genesis))),
      FoundFlaw(.pinOfOther(.named("alice")), try pinned("alice", as: "bob", compact)),
      FoundFlaw(.pinUnknown(.named("eve")), try pinned("eve", as: "eve", complete)),
    ]
  }

  private static func ofEntries() throws -> [FoundFlaw] {
    let (complete, compact) = try (SampleBundle.complete(), SampleBundle.compact())
    let items = complete.bundle.items
    func verdict(_ bundle: Bundle) -> Verdict {
      BundleVerifier(anchors: complete.anchors).verify(bundle.bytes)
    }
    var moved = compact.bundle.items
    let hashes = [Digest](repeating: .zero, count: moved[1].inclusion?.count ?? 0)
    moved[1] = .init(sequence: 4, bytes: moved[1].bytes, inclusion: hashes)
    // An operator who logs an event twice, and what nobody's key signed.
    var log = try DishonestLog()
    let again = try log.append(log.entries[0].event)
    let model = try log.append(.model(), by: "eve")
    return [
      FoundFlaw(.noEntries, verdict(complete.bundle.with(items: [], attachments: []))),
      FoundFlaw(.entryMissing(0), verdict(complete.bundle.with(items: Array(items.dropFirst())))),
      FoundFlaw(
        .entriesDiffer(count: 5, covered: 6),
        verdict(complete.bundle.with(items: Array(items.dropLast())))),
      FoundFlaw(.notIncluded(4, .hashMismatch), verdict(compact.bundle.with(items: moved))),
      FoundFlaw(
        .rule(ReplayFailure(again, .repeated)),
        try log.verdict(try log.bundle([0, again], claims: [.event(again)]))),
      FoundFlaw(
        .signature(model, key: TestLedger.TestKeys["eve"].verifyingKey.id),
        try log.verdict(try log.bundle([0, model], claims: [.event(model)]))),
      try ofNoEntry(after: complete.ledger),
    ]
  }

  /// A log whose last leaf is no entry.
  private static func ofNoEntry(after ledger: TestLedger) throws -> FoundFlaw {
    let bytes = Array("no entry".utf8)
    var flaw = Flaw.noEntries
    do { _ = try Entry(bytes: bytes) } catch { flaw = .notAnEntry(ledger.size, error) }
    var tree = ledger.tree
    tree.append(bytes)
    let checkpoint = try Checkpoint(origin: ledger.vkey.name, head: tree.head)
      .signed(by: NoteSigner(name: ledger.vkey.name, key: TestLedger.TestKeys.log)).bytes
    let items = try [(0, ledger.entries[0].bytes), (ledger.size, bytes)].map {
      Bundle.Item(sequence: $0, bytes: $1, inclusion: try tree.inclusion(of: $0))
    }
    let bundle = Bundle(
      origin: ledger.origin, genesis: ledger.genesis, checkpoint: checkpoint, items: items,
      attachments: [], claims: [.event(ledger.size)])
    return FoundFlaw(
      flaw, BundleVerifier(anchors: TrustAnchors(policy: try ledger.policy())).verify(bundle.bytes))
  }

  private static func ofAttachments() throws -> [FoundFlaw] {
    let (complete, compact) = try (SampleBundle.complete(), SampleBundle.compact())
    let attachment = complete.bundle.attachments[0]
    let beside = Bundle.Attachment(reference: attachment.reference, bytes: nil)
    func verdict(_ bundle: Bundle) -> Verdict {
      BundleVerifier(anchors: complete.anchors, besides: { _ in [1, 2, 3] }).verify(bundle.bytes)
    }
    let set = EntrySet(["a", "b"].map { Digest.of($0) })
    let open = `An event that states the root of an open set`()
    return [
      FoundFlaw(
        .attachmentNotNamed(attachment.reference.sha256),
        verdict(compact.bundle.with(attachments: [attachment]))),
      FoundFlaw(
        .attachmentAltered(attachment.reference.sha256),
        verdict(complete.bundle.with(attachments: [beside]))),
      FoundFlaw(
        .attachmentMissing(1, field: "title"), verdict(complete.bundle.with(attachments: []))),
      FoundFlaw(
        .membersDiffer(12),
        try open.verdict(root: .of("another root"), count: 2, file: set.file)),
    ]
  }
}
