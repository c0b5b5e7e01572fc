import LedgerCrypto
import Provenance
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
    return Array(verdict.sentences.dropFirst(2))
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
        "Sequence 7 corrects sequence 5.",
        "Sequence 8 disputes sequence 5 (upheld at 12).",
        "Sequence 9 disputes sequence 5 (partly upheld at 13).",
        "Sequence 10 disputes sequence 5 (open).",
        "laion@1 was withdrawn (permanent) at sequence 11.",
        "laion@1 was offered again at sequence 14.",
        "The model diffusion was withdrawn from hub.example.org (permanent) at sequence 15.",
      ])
    // A bundle of a few entries could leave these out, and says that it shows none of them.
    let compact = try SampleBundle(
      ledger, items: [0, 5], inclusions: true, claims: [.event(5)]
    ).verdict()
    #expect(compact.sentences.count == 1)
    #expect(compact.notShown.contains { $0.contains("nothing later withdraws or corrects this") })
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
        "The key \(key) of wendy was revoked at sequence 7; it signed nothing from sequence 5 on."
      ])
    for _ in 0..<25 { try ledger.admit(.dispute(release), by: "wendy") }
    try ledger.admit(.keyRevoked("wendy", suspectSince: 10, after: ledger.after), by: "alice")
    let listed = (10..<30).map { "\($0)" }.joined(separator: ", ")
    #expect(
      try said(ledger).last
        == "The key \(key) of wendy was revoked at sequence 32; what it signed from sequence 10 on is doubtful: \(listed) and 2 more."
    )
  }

  @Test(arguments: [50, 51, 53]) func `says of a long log how many more there are`(count: Int)
    throws
  {
    var ledger = ledger
    for _ in 0..<count { try ledger.admit(.correction(release), by: "alice") }
    let said = try said(ledger)
    #expect(said.filter { $0.hasPrefix("Sequence") }.count == 50)
    switch count {
    case 50: #expect(said.count == 50)
    case 51:
      #expect(
        said.last
          == "The log has 1 further correction, dispute, withdrawal or revocation from sequence 57 on that is not listed here."
      )
    default:
      #expect(
        said.last
          == "The log has 3 further corrections, disputes, withdrawals and revocations from sequence 57 on that are not listed here."
      )
    }
  }
}
