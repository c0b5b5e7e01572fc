import CanonicalJSON
import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport
import Testing
import TransparencyLog

/// An entry of a kind that this version does not know, signed and logged as it should be.
private struct Stranger {
  let bytes: [UInt8]

  init(in ledger: TestLedger) throws {
    var ledger = ledger
    let key = TestLedger.TestKeys["alice"]
    let statement = ledger.statement(.model("another"), keys: [key])
    bytes = try UnknownEntry.bytes(like: statement, signedBy: key, recordedAt: ledger.now)
    #expect(throws: EventError.unknownKind(UnknownEntry.predicateType)) {
      try Entry(bytes: bytes)
    }
  }
}

@Suite struct `A bundle with an entry of an unknown kind` {
  let sample: SampleBundle
  let checkpoint: [UInt8]
  let item: Bundle.Item
  let proof: [Digest]

  init() throws {
    sample = try SampleBundle.complete()
    let stranger = try Stranger(in: sample.ledger)
    var tree = sample.ledger.tree
    tree.append(stranger.bytes)
    let name = try #require(KeyName(sample.ledger.origin.text))
    checkpoint = try Checkpoint(origin: name, head: tree.head)
      .signed(by: NoteSigner(name: name, key: TestLedger.TestKeys.log)).bytes
    proof = try tree.inclusion(of: sample.ledger.size)
    item = Bundle.Item(sequence: sample.ledger.size, bytes: stranger.bytes, inclusion: nil)
  }

  func verdict(_ bundle: Bundle, policy: Bool = true) -> Verdict {
    BundleVerifier(anchors: policy ? sample.anchors : TrustAnchors()).verify(bundle.bytes)
  }

  func outcome(_ name: String, in verdict: Verdict) -> Check.Outcome? {
    verdict.checks.first { $0.name == name }?.outcome
  }

  @Test func `is undecided under complete, for a newer version may know its rules`() throws {
    let verdict = verdict(
      sample.bundle.with(checkpoint: checkpoint, items: sample.bundle.items + [item]))
    #expect(verdict.conclusion == .undecided)
    #expect(verdict.level == nil)
    #expect(verdict.sentences.isEmpty)
    #expect(outcome("entries", in: verdict) == .passed)
    for name in ["rules", "attachments", "claim 1: complete"] {
      guard case .skipped = outcome(name, in: verdict) else {
        Issue.record("\(name) was not skipped")
        continue
      }
    }
  }

  @Test func `fails under complete when the entry is not the one that was logged`() throws {
    var later = sample.ledger
    later.now = later.now.advanced(bySeconds: 1)
    let other = try Stranger(in: later)
    let altered = Bundle.Item(sequence: item.sequence, bytes: other.bytes, inclusion: nil)
    let bundle = sample.bundle.with(
      checkpoint: checkpoint, items: sample.bundle.items + [altered])
    #expect(verdict(bundle).conclusion == .failed)
  }

  @Test func `fails where the entry alone is to be shown`() throws {
    let shown = Bundle.Item(sequence: item.sequence, bytes: item.bytes, inclusion: proof)
    let bundle = Bundle(
      origin: sample.ledger.origin, genesis: sample.ledger.genesis, checkpoint: checkpoint,
      items: [shown], attachments: [], claims: [.event(item.sequence)])
    #expect(verdict(bundle).conclusion == .failed)
    #expect(verdict(bundle, policy: false).conclusion == .failed)
  }
}

@Suite struct `An event that states the root of an open set` {
  let keys = ["a", "b", "c"].map { Digest.of($0) }

  /// A bundle of a ledger in which a match states `root` over the open members `file`.
  func verdict(root: Digest, count: UInt64, file: [UInt8]) throws -> Verdict {
    var findings = try Findings()
    let bytes = [UInt8](repeating: 9, count: 32) + file
    let digest = Digest(sha256: bytes)
    let members = AttachmentReference(
      sha256: digest, size: UInt64(bytes.count), mediaType: "application/vnd.winnow.set",
      disclosure: .open)
    try findings.ledger.admit(
      .matchCompleted(
        MatchCompleted(
          release: .named("laion@1"), list: findings.list, column: "md5", scannedRows: 1000,
          rowsWithoutHash: 0, matched: Tally(keys: count, rows: count),
          hashesAsOf: .at("2025-12-02T00:00:00Z"),
          set: SetReference(root: root, keys: count, disclosure: .open, members: members))),
      by: "carol")
    var attachments: [Bundle.Attachment] = [
      .init(reference: BlobReference(sha256: digest, size: UInt64(bytes.count)), bytes: bytes)
    ]
    let manifest = AttachmentReference.bytes("manifest of laion@1")
    attachments.append(
      .init(
        reference: BlobReference(
          sha256: Digest(sha256: manifest), size: UInt64(manifest.count)), bytes: manifest))
    return try SampleBundle(
      findings.ledger, items: Array(0..<findings.ledger.size), inclusions: false,
      attachments: attachments, claims: [.complete]
    ).verdict()
  }

  @Test func `is held to its members`() throws {
    let set = EntrySet(keys)
    let verdict = try verdict(root: set.root.root, count: 3, file: set.file)
    #expect(verdict.conclusion == .verified)
    #expect(verdict.checks.contains(Check("sets", .passed)))
  }

  @Test func `fails with another root, another member or a file that is none`() throws {
    let set = EntrySet(keys)
    let other = EntrySet(["a", "b", "d"].map { Digest.of($0) })
    let fewer = EntrySet(["a", "b"].map { Digest.of($0) })
    let sealed = set.sealed(under: HMAC256(key: [1]))
    for (root, count, file) in [
      (Digest.of("another root"), 3, set.file), (other.root.root, 3, set.file),
      (set.root.root, 3, other.file), (set.root.root, 3, fewer.file),
      (fewer.root.root, 3, fewer.file), (sealed.root.root, 3, set.file),
      (set.root.root, 3, []), (set.root.root, 3, Array(set.file.dropLast())),
    ] as [(Digest, UInt64, [UInt8])] {
      let verdict = try verdict(root: root, count: count, file: file)
      #expect(verdict.conclusion == .failed)
      #expect(verdict.sentences.isEmpty)
      #expect(
        verdict.checks.contains {
          guard $0.name == "sets", case .failed(.membersDiffer) = $0.outcome else {
            return false
          }
          return true
        })
    }
  }
}

@Suite struct `A release whose stated root was altered` {
  @Test func `is not shown to hold or to lack a row`() throws {
    let row = try OneRow()
    for root in [Digest.of("another root"), .zero, row.entry.value] {
      var log = try DishonestLog()
      try log.append(.dataset())
      let release = try log.append(
        .releasePublished(
          ReleasePublished(
            release: .named("laion@1"), root: root, tally: Tally(keys: 1, rows: 1),
            columns: OneRow.columns, shards: 1, manifest: .of("manifest", .sealed),
            derivation: nil)))
      for claim in [
        Claim.presence(release: release, key: row.entry.key, witness: row.witness),
        .absence(release: release, key: .of("another"), witness: row.witness),
      ] {
        let verdict = try log.verdict(try log.bundle([0, 1, release], claims: [claim]))
        #expect(verdict.conclusion == .failed)
        #expect(verdict.sentences.isEmpty)
      }
    }
  }
}
