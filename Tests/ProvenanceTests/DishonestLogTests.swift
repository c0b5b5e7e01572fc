import CanonicalJSON
import LedgerCrypto
import Provenance
import Rows
import SetCommitment
import TestSupport
import Testing
import TransparencyLog

/// A log whose operator admits anything and signs for it, and bundles of some of its entries.
struct DishonestLog {
  private var ledger: TestLedger
  private(set) var entries: [Entry]

  init() throws {
    ledger = try TestLedger()
    entries = ledger.entries
  }

  /// A log that begins with `founding`, whatever it is.
  init(founding: SignedEvent) throws {
    self = try DishonestLog()
    entries = [try Entry(event: founding, recordedAt: ledger.now)]
  }

  /// When the next entry is recorded.
  var now: Timestamp {
    get { ledger.now }
    set { ledger.now = newValue }
  }

  /// Appends what `actor` signs, by no rule; the actor's key comes with the founders or not at all.
  @discardableResult
  mutating func append(
    _ body: Body, by actor: String = "alice", edit: (inout Header) -> Void = { _ in }
  ) throws -> UInt64 {
    try append(ledger.event(body, keys: [TestLedger.TestKeys[actor]], edit: edit))
  }

  @discardableResult
  mutating func append(_ event: SignedEvent) throws -> UInt64 {
    entries.append(try Entry(event: event, recordedAt: ledger.now))
    return UInt64(entries.count - 1)
  }

  /// An entry that makes `actor`'s key its own.
  mutating func introduce(_ actor: String) throws -> UInt64 {
    try append(.keyAdded(actor, after: entries[0].event.id), by: actor)
  }

  var anchors: TrustAnchors {
    get throws { TrustAnchors(policy: try ledger.policy(), genesis: entries[0].event.id) }
  }

  func bundle(
    _ items: [UInt64], attachments: [[UInt8]] = [], claims: [Claim]
  ) throws -> Bundle {
    var tree = MemoryTree()
    for entry in entries { tree.append(entry.bytes) }
    let name = KeyName(ledger.origin.text)!
    let checkpoint = try Checkpoint(origin: name, head: tree.head)
      .signed(by: NoteSigner(name: name, key: TestLedger.TestKeys.log))
    return Bundle(
      origin: ledger.origin, genesis: entries[0].event.id, checkpoint: checkpoint.bytes,
      items: try items.map {
        Bundle.Item(
          sequence: $0, bytes: entries[Int($0)].bytes, inclusion: try tree.inclusion(of: $0))
      },
      attachments: attachments.map { .init(reference: Self.reference($0), bytes: $0) },
      claims: claims)
  }

  static func reference(_ bytes: [UInt8]) -> BlobReference {
    BlobReference(sha256: Digest(sha256: bytes), size: UInt64(bytes.count))
  }

  func verdict(_ bundle: Bundle, row: String? = nil) throws -> Verdict {
    BundleVerifier(
      anchors: try anchors, row: row.map { HeldRow(json: Array($0.utf8), secret: nil) }
    ).verify(bundle.bytes)
  }
}

/// What a sentence says after as of when, which every one begins with.
func said(_ sentence: String) -> Substring {
  let parts = sentence.split(separator: " by the log's operator: ", maxSplits: 1)
  guard parts.count == 2, parts[0].hasPrefix("As of entry "), parts[0].contains(", recorded at ")
  else {
    Issue.record("the sentence does not say as of when: \(sentence)")
    return ""
  }
  return parts[1]
}

/// A release of one row, whose URL is `url`, and its witness.
struct OneRow {
  static let url = "{\"TEXT\":\"a cat\",\"URL\":\"https://a.example/1.jpg\"}"
  static let columns = ColumnsFixed(
    identity: [Column("URL", .string)],
    content: [Column("TEXT", .string), Column("URL", .string)])
  let entry: SetEntry

  init() throws {
    entry = SetEntry(
      key: try RowKey.key(of: Array(Self.url.utf8), identity: Self.columns.identity, secret: nil),
      rows: 1, value: .of("a cat"))
  }

  var root: Digest { SetHash.root(.release, count: 1, top: SetHash.leaf(entry)) }
  var witness: [UInt8] { [1] + entry.key.bytes + [0, 0, 0, 0, 0, 0, 0, 1] + entry.value.bytes }

  func release(
    _ name: String, columns: ColumnsFixed? = Self.columns, derivation: Derivation? = nil
  ) -> Body {
    .releasePublished(
      ReleasePublished(
        release: .named(name), root: root, tally: Tally(keys: 1, rows: 1), columns: columns,
        shards: 1, manifest: .of("manifest of \(name)", .sealed), derivation: derivation))
  }

  static func emptied(_ name: String, from parent: String) -> Body {
    .releasePublished(
      ReleasePublished(
        release: .named(name), root: SetHash.root(.release, count: 0, top: SetHash.empty),
        tally: Tally(keys: 0, rows: 0), columns: nil, shards: 1,
        manifest: .of("manifest of \(name)", .sealed),
        derivation: .from(parent, removed: Tally(keys: 1, rows: 1), disclosure: .open)))
  }
}

@Suite struct `A bundle of a dishonest log` {
  var log: DishonestLog
  let row: OneRow

  init() throws {
    log = try DishonestLog()
    row = try OneRow()
    try log.append(.dataset())
    try log.append(row.release("laion@1"))
  }

  func presence(_ sequence: UInt64) -> Claim {
    .presence(release: sequence, key: row.entry.key, witness: row.witness)
  }

  @Test func `says nothing about a row that no claim is about`() throws {
    let event = try log.bundle([0, 1, 2], claims: [.event(2)])
    #expect(try log.verdict(event).conclusion == .verified)
    let verdict = try log.verdict(event, row: OneRow.url)
    #expect(verdict.conclusion == .undecided)
    #expect(verdict.level == nil)
  }

  @Test func `speaks of the columns that make a key, and not of the others`() throws {
    let bundle = try log.bundle([0, 1, 2], claims: [presence(2)])
    for held in [
      OneRow.url, "{\"TEXT\":\"never published\",\"URL\":\"https://a.example/1.jpg\"}",
    ] {
      let verdict = try log.verdict(bundle, row: held)
      #expect(verdict.conclusion == .verified)
      #expect(said(verdict.sentences[0]).hasPrefix("a row with the URL of yours is in laion@1"))
      #expect(
        verdict.sentences[0].contains("are found by URL as of sequences 1 and 2, both signed by"))
    }
    #expect(
      try log.verdict(bundle, row: "{\"URL\":\"https://a.example/2.jpg\"}").conclusion == .failed)
    // A row without the columns says nothing of the bundle.
    for held in ["{\"TEXT\":\"a cat\"}", "{\"URL\":7}", "[]", ""] {
      #expect(try log.verdict(bundle, row: held).conclusion == .undecided, "\(held)")
    }
    let blind = try log.bundle([0, 2], claims: [presence(2)])
    #expect(try log.verdict(blind, row: OneRow.url).conclusion == .undecided)
  }

  @Test func `fails when its entries give a row several keys`() throws {
    var log = log
    let rogue = ColumnsFixed(
      identity: [Column("TEXT", .string)], content: [Column("TEXT", .string)])
    let columns = try log.append(row.release("laion@0", columns: rogue))
    let registration = try log.append(.dataset("laion", identity: ["TEXT"]))
    let last = try log.append(row.release("laion@2", columns: nil))
    let claim = presence(last)
    for items in [
      [0, 1, 2, columns, last], [0, 1, 2, registration, last], [0, 1, columns, last],
      [0, 2, registration, last],
    ] {
      let bundle = try log.bundle(items, claims: [claim])
      #expect(try log.verdict(bundle).conclusion == .verified)
      #expect(try log.verdict(bundle, row: OneRow.url).conclusion == .failed)
    }
    // What comes later does not say how an earlier release was made.
    let earlier = try log.bundle([0, 1, 2, columns, registration], claims: [presence(2)])
    #expect(try log.verdict(earlier, row: OneRow.url).conclusion == .verified)
  }

  @Test func `says in every sentence about a release that its rows do not add up`() throws {
    var log = log
    let gap = try log.append(
      row.release(
        "laion@2", columns: nil,
        derivation: .from(
          "laion@1", unreconciled: Unreconciled(gap: -7, explanation: .of("why")))))
    for claim in [presence(gap), .event(gap)] {
      let verdict = try log.verdict(try log.bundle([0, 1, 2, gap], claims: [claim]))
      #expect(verdict.conclusion == .verified)
      #expect(verdict.sentences.allSatisfy { $0.contains("UNRECONCILED: -7 rows") })
    }
  }

  @Test func `names who signed each end of a transition`() throws {
    var log = log
    try log.append(
      .keyAdded("eve", after: log.entries[0].event.id), by: "eve")
    let other = try log.append(row.release("laion@1"), by: "eve")
    let after = try log.append(OneRow.emptied("laion@2", from: "laion@1"))
    let lists = try TransitionLists(removed: [row.entry.key], changed: [], added: []).bytes
    let claim = Claim.transition(
      from: other, to: after, witness: DishonestLog.reference(row.witness),
      lists: DishonestLog.reference(lists))
    let verdict = try log.verdict(
      try log.bundle([0, 1, 3, other, after], attachments: [row.witness, lists], claims: [claim]))
    #expect(verdict.conclusion == .verified)
    for actor in ["alice", "eve"] {
      let id = TestLedger.TestKeys[actor].verifyingKey.id.hex.prefix(16)
      #expect(verdict.sentences[0].contains("signed by key \(id), role not shown"))
    }
    #expect(said(verdict.sentences[0]).hasPrefix("laion@1 (sequence \(other), signed"))
  }

  @Test func `fails with a claim made twice`() throws {
    for claim in [presence(2), .event(2)] {
      let bundle = try log.bundle([0, 1, 2], claims: [claim, claim])
      #expect(try log.verdict(bundle).conclusion == .failed)
    }
  }

  @Test func `is not read further once a claim has failed`() throws {
    let false_ = Claim.absence(release: 2, key: row.entry.key, witness: row.witness)
    let verdict = try log.verdict(
      try log.bundle([0, 1, 2], claims: [false_, presence(2), .event(2)]))
    #expect(verdict.conclusion == .failed)
    #expect(verdict.sentences.isEmpty)
  }
}
