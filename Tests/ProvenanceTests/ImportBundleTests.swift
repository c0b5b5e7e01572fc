import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport
import Testing

@Suite struct `A bundle about what another is said to have done` {
  var ledger: TestLedger
  let row: OneRow
  let key = TestLedger.TestKeys["alice"].verifyingKey.id.hex.prefix(16)

  init() throws {
    ledger = try TestLedger(founders: [.alice, .named("bob")])
    row = try OneRow()
  }

  static func ofBob(_ header: inout Header) {
    header.attestation = .thirdPartyImport
    header.attributedTo = .named("bob")
  }

  func compact(_ items: [UInt64], _ claim: Claim, row: HeldRow? = nil) throws -> Verdict {
    let sample = try SampleBundle(ledger, items: items, inclusions: true, claims: [claim])
    return BundleVerifier(anchors: sample.anchors, row: row).verify(sample.bytes)
  }

  @Test func `says who says so about whom, of an event`() throws {
    var tests = self
    try tests.ledger.admit(.dataset(), by: "alice", edit: Self.ofBob)
    try tests.ledger.admit(.dataset("coyo"), by: "alice")
    var pinned = try SampleBundle(
      tests.ledger, items: [0, 1], inclusions: true, claims: [.event(1)]
    ).anchors
    let verdict = try tests.compact([0, 1], .event(1))
    #expect(verdict.conclusion == .verified)
    #expect(verdict.sentences.count == 1)
    #expect(
      verdict.sentences[0].hasSuffix(", as stated by key \(key), role not shown, about bob."))
    #expect(!verdict.sentences[0].contains("signed by"))
    try pinned.pin(TestLedger.TestKeys["alice"].verifyingKey, as: .named("alice"))
    let sample = try SampleBundle(
      tests.ledger, items: [0, 1], inclusions: true, claims: [.event(1)])
    #expect(
      sample.verdict(anchors: pinned).sentences[0].hasSuffix(
        ", as stated by alice (pinned key) about bob."))
    let own = try tests.compact([0, 2], .event(2)).sentences[0]
    #expect(own.hasSuffix(", signed by key \(key), role not shown."))
  }

  @Test func `calls figures without a root a statement, not the event`() throws {
    var tests = self
    try tests.ledger.admit(.dataset("theirs"), by: "alice", edit: Self.ofBob)
    try tests.ledger.admit(.releaseStated("theirs@1"), by: "alice", edit: Self.ofBob)
    try tests.ledger.admit(.removalStated("theirs@1"), by: "alice", edit: Self.ofBob)
    for (sequence, kind) in [(2, "a release-published"), (3, "a removal-decided")]
      as [(UInt64, String)]
    {
      let sentence = try tests.compact([0, sequence], .event(sequence)).sentences[0]
      #expect(
        said(sentence).hasPrefix("sequence \(sequence) is a statement of \(kind) event, as stated"))
    }
    let sentence = try tests.compact([0, 1], .event(1)).sentences[0]
    #expect(said(sentence).hasPrefix("sequence 1 is a dataset-registered event"))
  }

  @Test func `says so of a row and of its columns`() throws {
    var tests = self
    try tests.ledger.admit(.dataset(), by: "alice", edit: Self.ofBob)
    try tests.ledger.admit(row.release("laion@1"), by: "alice", edit: Self.ofBob)
    let verdict = try tests.compact(
      [0, 1, 2], .presence(release: 2, key: row.entry.key, witness: row.witness),
      row: HeldRow(json: Array(OneRow.url.utf8), secret: nil))
    #expect(verdict.conclusion == .verified)
    let source = "as stated by key \(key), role not shown, about bob"
    #expect(
      verdict.sentences.map(said) == [
        "a row with the URL of yours is in laion@1, published at sequence 2 with 1 row, \(source). Rows of laion are found by URL as of sequences 1 and 2, both \(source)."
      ])
  }

  @Test func `says so of releases and deprecations under complete`() throws {
    for isImport in [true, false] {
      var ledger = ledger
      let edit: (inout Header) -> Void = { if isImport { Self.ofBob(&$0) } }
      try ledger.admit(.dataset(), by: "alice", edit: edit)
      try ledger.admit(row.release("laion@1"), by: "alice", edit: edit)
      try ledger.admit(.model(), by: "alice", edit: edit)
      try ledger.admit(.deprecation(), by: "alice", edit: edit)
      let sentences = try ledger.completeVerdict().sentences.dropFirst().map(said)
      let source = isImport ? ", as stated by alice (as named by the ledger) about bob" : ""
      #expect(
        sentences == [
          "laion@1 is recorded with 1 row under 1 key\(source).",
          "the model diffusion was deprecated at sequence 4\(source).",
        ])
    }
  }
}

extension TestLedger {
  /// The verdict on a bundle of all entries, open attachments lying beside it.
  func completeVerdict(_ claims: Claim...) throws -> Verdict {
    let open = entries.flatMap { entry in
      entry.event.statement.attachments.filter { $0.reference.disclosure == .open }
    }
    let references = Set(
      open.map { BlobReference(sha256: $0.reference.sha256, size: $0.reference.size) })
    let sample = try SampleBundle(
      self, items: Array(0..<size), inclusions: false,
      attachments: references.map { .init(reference: $0, bytes: nil) },
      claims: [.complete] + claims)
    let texts = [
      "why diffusion is deprecated", "3114, not 3226", "no such thing", "reasons",
      "why laion@1 is withdrawn", "planned deprecation", "response",
    ]
    return BundleVerifier(anchors: sample.anchors) { reference in
      texts.map(AttachmentReference.bytes).first { Digest(sha256: $0) == reference.sha256 }
    }.verify(sample.bytes)
  }
}
