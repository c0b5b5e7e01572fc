import LedgerCrypto
import Provenance
import TestSupport
import Testing
import TransparencyLog

@Suite struct `A bundle` {
  let complete: SampleBundle
  let compact: SampleBundle

  init() throws {
    complete = try SampleBundle.complete()
    compact = try SampleBundle.compact()
  }

  func conclusion(_ bundle: Bundle, _ sample: SampleBundle) -> Verdict.Conclusion {
    BundleVerifier(anchors: sample.anchors).verify(bundle.bytes).conclusion
  }

  @Test func `of a complete ledger is verified`() {
    let verdict = complete.verdict()
    #expect(verdict.conclusion == .verified)
    #expect(verdict.level == .record)
    #expect(verdict.checks.allSatisfy { $0.outcome == .passed })
    #expect(
      verdict.sentences.first
        == "As of entry 5, recorded at 2026-01-01T00:00:05.000Z by the log's operator: these are all 6 entries of ledger.example.org/test, each signed and admitted by the rules; what is missing was not recorded in this ledger by then."
    )
  }

  @Test func `of one event is verified, its signers' roles not shown`() throws {
    let verdict = compact.verdict()
    #expect(verdict.conclusion == .verified)
    #expect(verdict.sentences.count == 1)
    #expect(
      verdict.sentences[0].hasPrefix(
        "As of entry 4, recorded at 2026-01-01T00:00:04.000Z by the log's operator: sequence 4 is a model-registered event, signed by key"
      ))
    #expect(verdict.sentences[0].hasSuffix("role not shown."))
    #expect(verdict.notShown.contains(.rolesAndWhatFollows))
    var anchors = compact.anchors
    try anchors.pin(TestLedger.TestKeys["alice"].verifyingKey, as: .named("alice"))
    #expect(compact.verdict(anchors: anchors).sentences[0].hasSuffix("alice (pinned key)."))
  }

  @Test func `of the story is verified`() throws {
    var sealed = try Story().ledger
    sealed.now = sealed.now.advanced(bySeconds: 1)
    let open = sealed.entries.flatMap { entry in
      entry.event.statement.attachments.filter { $0.reference.disclosure == .open }
    }
    let bundle = try SampleBundle(
      sealed, items: Array(0..<sealed.size), inclusions: false,
      attachments: open.map {
        .init(
          reference: BlobReference(sha256: $0.reference.sha256, size: $0.reference.size), bytes: nil
        )
      }, claims: [.complete])
    let names = ["manifest of laion@1", "why diffusion is deprecated"]
    func verdict(_ files: [String]) -> Verdict {
      BundleVerifier(anchors: bundle.anchors) { reference in
        files.map(AttachmentReference.bytes).first { Digest(sha256: $0) == reference.sha256 }
      }.verify(bundle.bytes)
    }
    #expect(verdict(names).conclusion == .verified)
    #expect(verdict(names).notShown.contains(.sealed(1)))
    #expect(verdict([names[0]]).conclusion == .undecided)
    #expect(verdict([]).conclusion == .undecided)
    let lying = BundleVerifier(anchors: bundle.anchors) { _ in [1, 2, 3] }.verify(bundle.bytes)
    #expect(lying.conclusion == .failed)
  }

  @Test func `without a policy is unanchored`() {
    for sample in [complete, compact] {
      for genesis in [nil, sample.ledger.genesis] {
        let verdict = sample.verdict(anchors: TrustAnchors(genesis: genesis))
        #expect(verdict.conclusion == .unanchored)
        #expect(!verdict.sentences.isEmpty)
        #expect(verdict.sentences.allSatisfy { $0.hasPrefix("Unanchored: ") })
        #expect(verdict.level == nil)
        #expect(verdict.checks.contains(Check("checkpoint", .skipped(.noPolicy))))
      }
    }
  }

  @Test func `of another ledger than the pinned one, or under another policy, fails`() throws {
    let other = try TestLedger(origin: .named("ledger.example.org/other"))
    let wrongKey = try LogPolicy(logs: [
      .init(
        key: NoteVerifierKey(
          name: complete.ledger.vkey.name, key: TestLedger.TestKeys["eve"].verifyingKey))
    ])
    for sample in [complete, compact] {
      #expect(
        sample.verdict(
          anchors: TrustAnchors(policy: sample.anchors.policy, genesis: other.genesis)
        ).conclusion == .failed)
      #expect(
        sample.verdict(anchors: TrustAnchors(policy: try other.policy())).conclusion == .failed)
      #expect(sample.verdict(anchors: TrustAnchors(policy: wrongKey)).conclusion == .failed)
      #expect(conclusion(sample.bundle.with(genesis: other.genesis), sample) == .failed)
      #expect(conclusion(sample.bundle.with(origin: other.origin), sample) == .failed)
      let unpinned = TrustAnchors(policy: sample.anchors.policy)
      #expect(sample.verdict(anchors: unpinned).conclusion == .verified)
      let foreign = BundleVerifier(anchors: unpinned).verify(
        sample.bundle.with(genesis: other.genesis).bytes)
      #expect(foreign.conclusion == .failed)
      let eve = try sample.ledger.checkpoint(signedBy: TestLedger.TestKeys["eve"])
      #expect(conclusion(sample.bundle.with(checkpoint: eve), sample) == .failed)
    }
  }

  @Test func `without a claim is undecided`() {
    #expect(conclusion(compact.bundle.with(claims: []), compact) == .undecided)
    #expect(conclusion(compact.bundle.with(items: [], claims: []), compact) == .undecided)
    #expect(conclusion(complete.bundle.with(claims: []), complete) == .failed)
  }

  @Test func `that claims what is not in it fails`() {
    for sequence: UInt64 in [1, 3, 5, 6, 9_007_199_254_740_991] {
      #expect(conclusion(compact.bundle.with(claims: [.event(sequence)]), compact) == .failed)
      #expect(
        conclusion(compact.bundle.with(claims: [.event(4), .event(sequence)]), compact) == .failed)
    }
    #expect(conclusion(compact.bundle.with(items: []), compact) == .failed)
    #expect(
      conclusion(complete.bundle.with(items: [], attachments: []), complete) == .failed)
    #expect(
      conclusion(
        compact.bundle.with(claims: [.presence(release: 4, key: .zero, witness: [0])]), compact)
        != .verified)
  }

  @Test func `of an empty log says nothing of any ledger`() throws {
    let empty = TestLedger(empty: complete.ledger.origin)
    let bundle = complete.bundle.with(
      checkpoint: try empty.checkpoint(), items: [], attachments: [])
    #expect(conclusion(bundle, complete) == .failed)
    #expect(
      BundleVerifier(anchors: TrustAnchors(policy: complete.anchors.policy)).verify(bundle.bytes)
        .conclusion == .failed)
  }

  @Test func `with an entry dropped, moved, renumbered or altered fails`() throws {
    for sample in [complete, compact] {
      let items = sample.bundle.items
      for index in items.indices {
        var fewer = items
        fewer.remove(at: index)
        #expect(conclusion(sample.bundle.with(items: fewer), sample) == .failed)
        for sequence in 0..<8 as Range<UInt64> where sequence != items[index].sequence {
          var moved = items
          moved[index] = .init(
            sequence: sequence, bytes: items[index].bytes, inclusion: items[index].inclusion)
          #expect(conclusion(sample.bundle.with(items: moved), sample) == .failed)
        }
        for other in items.indices where other != index {
          var swapped = items
          swapped[index] = .init(
            sequence: items[index].sequence, bytes: items[other].bytes,
            inclusion: items[index].inclusion)
          #expect(conclusion(sample.bundle.with(items: swapped), sample) == .failed)
        }
      }
    }
  }

  @Test func `with another proof of inclusion fails`() throws {
    let items = compact.bundle.items
    for index in items.indices {
      let hashes = try #require(items[index].inclusion)
      var proofs: [[Digest]] = [[], hashes + [.zero], [.zero] + hashes, hashes.reversed()]
      for place in hashes.indices {
        var fewer = hashes
        fewer.remove(at: place)
        var other = hashes
        other[place] = .of("another")
        proofs += [fewer, other]
      }
      for proof in proofs where proof != hashes {
        var changed = items
        changed[index] = .init(
          sequence: items[index].sequence, bytes: items[index].bytes, inclusion: proof)
        #expect(conclusion(compact.bundle.with(items: changed), compact) == .failed)
      }
    }
  }

  @Test func `with a checkpoint of another size fails`() throws {
    var longer = complete.ledger
    try longer.admit(.model("another"), by: "alice")
    for sample in [complete, compact] {
      #expect(
        conclusion(sample.bundle.with(checkpoint: try longer.checkpoint()), sample) == .failed)
    }
    // All that was signed by then, and one entry that was not.
    let more =
      complete.bundle.items + [
        .init(sequence: 6, bytes: longer.entries[6].bytes, inclusion: nil)
      ]
    #expect(conclusion(complete.bundle.with(items: more), complete) == .failed)
    #expect(
      conclusion(complete.bundle.with(checkpoint: try longer.checkpoint(), items: more), complete)
        == .verified)
  }

  @Test func `holds the attachments that its entries name, and no other`() throws {
    let attachment = try #require(complete.bundle.attachments.first)
    #expect(conclusion(complete.bundle.with(attachments: []), complete) == .failed)
    let other = Bundle.Attachment(
      reference: BlobReference(sha256: Digest(sha256: [1]), size: 1), bytes: [1])
    #expect(
      conclusion(complete.bundle.with(attachments: [attachment, other]), complete) == .failed)
    #expect(conclusion(compact.bundle.with(attachments: [other]), compact) == .failed)
    for altered in [
      Bundle.Attachment(reference: attachment.reference, bytes: [1, 2, 3]),
      Bundle.Attachment(reference: attachment.reference, bytes: []),
      Bundle.Attachment(
        reference: BlobReference(
          sha256: attachment.reference.sha256, size: attachment.reference.size + 1),
        bytes: attachment.bytes),
      Bundle.Attachment(
        reference: BlobReference(
          sha256: attachment.reference.sha256, size: attachment.reference.size - 1), bytes: nil),
      Bundle.Attachment(
        reference: BlobReference(sha256: .of("else"), size: attachment.reference.size),
        bytes: attachment.bytes),
    ] {
      #expect(conclusion(complete.bundle.with(attachments: [altered]), complete) == .failed)
    }
    let beside = Bundle.Attachment(reference: attachment.reference, bytes: nil)
    #expect(conclusion(complete.bundle.with(attachments: [beside]), complete) == .undecided)
  }
}
