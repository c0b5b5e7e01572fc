import Provenance
import TestSupport
import Testing

@Suite struct `A filter` {
  var findings: Findings
  init() throws { findings = try Findings() }

  func refusal(_ body: Body) throws -> Refusal? { try findings.ledger.refusal(body, by: "alice") }

  @Test func `reads the whole release and chooses no more than it has`() throws {
    #expect(try refusal(.filter("laion@1")) == nil)
    #expect(
      try refusal(.filter("laion@1", scanned: 999)) == .scannedDiffers(expected: 1000, actual: 999))
    #expect(
      try refusal(.filter("laion@1", keys: 991, rows: 1000))
        == .matchImpossible(.named("laion@1"), keys: 990))
    #expect(try refusal(.filter("laion@2")) == .releaseUnknown(.named("laion@2")))
  }

  @Test func `is united with filters, sealed or published, and never with matches`() throws {
    for disclosure in Disclosure.allCases {
      var findings = findings
      let filter = try findings.ledger.admit(.filter("laion@1", disclosure), by: "alice")
      let other = try findings.ledger.admit(
        .filter("laion@1", keys: 20, rows: 22, disclosure), by: "alice")
      let tally = Tally(keys: 100, rows: 110)
      func refusal(keys: UInt64, rows: UInt64 = 120, _ tally: Tally) throws -> Refusal? {
        try findings.ledger.refusal(
          .removal(
            "laion@1", of: [(filter, tally), (other, Tally(keys: 20, rows: 22))], keys: keys,
            rows: rows, reason: .safety), by: "alice")
      }
      let mixed = [(filter, tally), (findings.first, findings.firstTally)]
      for body in [
        Body.removal("laion@1", of: mixed, keys: 110, rows: 120, reason: .privacy),
        .union("laion@1", of: mixed, keys: 110, rows: 120),
      ] {
        #expect(
          try findings.ledger.refusal(body, by: "alice") == .sourcesMixed(.named("laion@1")))
      }
      #expect(try refusal(keys: 110, tally) == nil)
      #expect(try refusal(keys: 99, tally) == .unionImpossible)
      #expect(try refusal(keys: 121, rows: 125, tally) == .unionImpossible)
      #expect(try refusal(keys: 110, Tally(keys: 100, rows: 111)) == .sourceDiffers(filter))
    }
  }

  @Test func `is verified up to what it chose`() throws {
    var test = self
    let filter = try test.findings.ledger.admit(.filter("laion@1"), by: "alice")
    func refusal(_ count: UInt64, _ unit: CountUnit) throws -> Refusal? {
      try test.findings.ledger.refusal(
        .verification(filter, .falsePositive, count: count, unit: unit), by: "vera")
    }
    #expect(try refusal(110, .rows) == nil)
    #expect(try refusal(111, .rows) == .moreThanFound(filter, found: 110))
    #expect(try refusal(101, .keys) == .moreThanFound(filter, found: 100))
  }
}
