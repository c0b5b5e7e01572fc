import LedgerCrypto
import Provenance
import SetCommitment
import TestSupport
import Testing

@Suite struct `A complete bundle of a log with second thoughts` {
  var ledger: TestLedger
  let release: EventID

  init() throws {
    ledger = try TestLedger(founders: [.alice, .named("bob")])
    try ledger.enrol("wendy", .watchdog)
    try ledger.admit(.dataset(), by: "alice")
    release = try ledger.admit(OneRow().release("laion@1"), by: "alice")
    try ledger.admit(.model(), by: "alice")
  }

  /// What the verdict says after the entries and the releases.
  func said(_ ledger: TestLedger) throws -> [String] {
    let verdict = try ledger.completeVerdict()
    #expect(verdict.conclusion == .verified)
    return verdict.sentences.dropFirst(2).map { String(ProvenanceTests.said($0)) }
  }

  @Test func `says nothing against a log that says nothing against itself`() throws {
    #expect(try said(ledger) == [])
    var ledger = ledger
    // A key that is replaced is not one under suspicion.
    try ledger.admit(.keyRevoked("wendy", after: ledger.after), by: "alice")
    #expect(try said(ledger) == [])
  }

  @Test func `says what was corrected, disputed and withdrawn, in the log's order`() throws {
    var ledger = ledger
    try ledger.admit(.correction(release), by: "alice")
    let first = try ledger.admit(.dispute(release), by: "wendy")
    let second = try ledger.admit(.dispute(release, .other), by: "wendy")
    try ledger.admit(.dispute(release), by: "wendy")
    try ledger.admit(.withdrawal("laion@1", .permanent), by: "alice")
    try ledger.admit(.resolution(first), by: "alice")
    try ledger.admit(.resolution(second, .partly), by: "alice")
    try ledger.admit(.withdrawal("laion@1", .lifted), by: "alice")
    try ledger.admit(.modelWithdrawal(), by: "alice")
    #expect(
      try said(ledger) == [
        "sequence 7 corrects sequence 5.",
        "sequence 8 disputes sequence 5 (upheld at 12).",
        "sequence 9 disputes sequence 5 (partly upheld at 13).",
        "sequence 10 disputes sequence 5 (open).",
        "laion@1 was withdrawn (permanent) at sequence 11.",
        "laion@1 was offered again at sequence 14.",
        "the model diffusion was withdrawn from hub.example.org (permanent) at sequence 15.",
      ])
    // A bundle of a few entries could leave these out, and says that it shows none of them.
    let compact = try SampleBundle(
      ledger, items: [0, 5], inclusions: true, claims: [.event(5)]
    ).verdict()
    #expect(compact.sentences.count == 1)
    #expect(compact.notShown.contains(.rolesAndWhatFollows))
  }

  @Test func `says who says so about whom, of a withdrawal that is an import`() throws {
    var ledger = ledger
    try ledger.admit(.withdrawal(), by: "alice") {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("bob")
    }
    #expect(
      try said(ledger) == [
        "laion@1 was withdrawn (temporary) at sequence 7, as stated by alice (as named by the ledger) about bob."
      ])
  }

  @Test func `says what a suspect key signed`() throws {
    let key = TestLedger.TestKeys["wendy"].verifyingKey.id.hex.prefix(16)
    var ledger = ledger
    var unused = ledger
    try unused.admit(.keyRevoked("wendy", suspectSince: 5, after: unused.after), by: "alice")
    #expect(
      try said(unused) == [
        "the key \(key) of wendy was revoked at sequence 7; it signed nothing from sequence 5 on."
      ])
    for _ in 0..<25 { try ledger.admit(.dispute(release), by: "wendy") }
    try ledger.admit(.keyRevoked("wendy", suspectSince: 10, after: ledger.after), by: "alice")
    let listed = (10..<30).map { "\($0)" }.joined(separator: ", ")
    #expect(
      try said(ledger).last
        == "the key \(key) of wendy was revoked at sequence 32; what it signed from sequence 10 on is doubtful: \(listed) and 2 more."
    )
  }

  /// What the verdict says of the release, after its figures.
  func marks(_ ledger: TestLedger) throws -> String {
    let sentence = ProvenanceTests.said(try ledger.completeVerdict().sentences[1])
    return String(sentence.trimmingPrefix("laion@1 is recorded with 1 row under 1 key."))
  }

  @Test func `marks the sentence on a release with what was said of it`() throws {
    var ledger = ledger
    #expect(try marks(ledger) == "")
    let first = try ledger.admit(.dispute(release), by: "wendy")
    try ledger.admit(.resolution(first, .rejected), by: "alice")
    try ledger.admit(.dispute(release), by: "wendy")
    try ledger.admit(.response(release), by: "alice")
    try ledger.admit(.correction(release), by: "alice")
    let others =
      " DISPUTED at sequence 9 (open), 7 (rejected at 8). RESPONSE at sequence 10 (declined). CORRECTED at sequence 11."
    #expect(try marks(ledger) == others)
    try ledger.admit(.withdrawal("laion@1", .temporary), by: "alice")
    #expect(try marks(ledger) == " WITHDRAWN (temporary) at sequence 12.\(others)")
    var lifted = ledger
    try lifted.admit(.withdrawal("laion@1", .lifted), by: "alice")
    #expect(try marks(lifted) == others)
    // What is said of another event is none of its own.
    try ledger.admit(.correction(ledger.entries[4].event.id), by: "alice")
    try ledger.admit(.modelWithdrawal(), by: "alice")
    #expect(try marks(ledger) == " WITHDRAWN (temporary) at sequence 12.\(others)")
  }

  @Test func `marks what a claim beside it says as well`() throws {
    var ledger = ledger
    try ledger.admit(.withdrawal("laion@1", .permanent), by: "alice")
    try ledger.admit(.deprecation(), by: "alice")
    try ledger.admit(.modelWithdrawal(), by: "alice")
    let row = try OneRow()
    let verdict = try ledger.completeVerdict(
      .event(5), .event(8), .presence(release: 5, key: row.entry.key, witness: row.witness))
    #expect(verdict.conclusion == .verified)
    let ends = verdict.sentences.suffix(3)
    let release = " WITHDRAWN (permanent) at sequence 7."
    let model = " WITHDRAWN from hub.example.org (permanent) at sequence 9."
    #expect(zip(ends, [release, model, release]).allSatisfy { $0.hasSuffix($1) })
    #expect(
      verdict.sentences.contains {
        $0.hasSuffix("the model diffusion was deprecated at sequence 8.\(model)")
      })
  }

  @Test func `lists of a sentence's own disputes those first that stand`() throws {
    var ledger = ledger
    var rejected: [UInt64] = []
    for _ in 0..<20 {
      rejected.append(ledger.size)
      let dispute = try ledger.admit(.dispute(release), by: "wendy")
      try ledger.admit(.resolution(dispute, .rejected), by: "alice")
    }
    let open = ledger.size
    try ledger.admit(.dispute(release), by: "wendy")
    let listed = rejected.prefix(19).map { "\($0) (rejected at \($0 + 1))" }
    #expect(
      try marks(ledger)
        == " DISPUTED at sequence \(open) (open), \(listed.joined(separator: ", ")) and 1 more.")
  }

  @Test(arguments: [50, 51, 53]) func `says of a long log how many more of a sort there are`(
    count: Int
  ) throws {
    var ledger = ledger
    for _ in 0..<count { try ledger.admit(.correction(release), by: "alice") }
    let said = try said(ledger)
    #expect(said.filter { $0.hasPrefix("sequence") }.count == 50)
    switch count {
    case 50: #expect(said.count == 50)
    case 51:
      #expect(
        said.last
          == "the log has 1 further correction from sequence 57 on that is not listed here.")
    default:
      #expect(
        said.last
          == "the log has 3 further corrections from sequence 57 on that are not listed here.")
    }
  }

  @Test func `leaves corrections out before anything that weighs more`() throws {
    var ledger = ledger
    for _ in 0..<50 { try ledger.admit(.correction(release), by: "alice") }
    try ledger.admit(.dispute(release), by: "wendy")
    try ledger.admit(.response(release), by: "alice")
    try ledger.admit(.withdrawal("laion@1", .permanent), by: "alice")
    let said = try said(ledger)
    #expect(
      said.suffix(4) == [
        "sequence 57 disputes sequence 5 (open).",
        "sequence 58 is a response to sequence 5 (declined).",
        "laion@1 was withdrawn (permanent) at sequence 59.",
        "the log has 3 further corrections from sequence 54 on that are not listed here.",
      ])
    #expect(said.count == 51)
    for _ in 0..<60 { try ledger.admit(.dispute(release), by: "wendy") }
    let later = try self.said(ledger)
    #expect(later.contains("laion@1 was withdrawn (permanent) at sequence 59."))
    #expect(
      later.suffix(3) == [
        "the log has 12 further disputes from sequence 108 on that are not listed here.",
        "the log has 1 further response from sequence 58 on that is not listed here.",
        "the log has 50 further corrections from sequence 7 on that are not listed here.",
      ])
  }
}
