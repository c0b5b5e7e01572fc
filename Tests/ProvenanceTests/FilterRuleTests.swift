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

  /// A filter on `laion@1` of 100 keys and 110 rows, and the first match.
  func united(
    _ disclosure: Disclosure = .open
  ) throws -> (test: Self, filter: EventID, sources: [(EventID, Tally)]) {
    var test = self
    let filter = try test.findings.ledger.admit(.filter("laion@1", disclosure), by: "alice")
    return (
      test, filter, [(filter, Tally(keys: 100, rows: 110)), (findings.first, findings.firstTally)]
    )
  }

  @Test func `is united with matches, and says what a published one explains`() throws {
    let (test, filter, sources) = try united()
    func refusal(_ explained: UInt64?, keys: UInt64 = 110, rows: UInt64 = 120) throws -> Refusal? {
      try test.refusal(
        .union("laion@1", of: sources, keys: keys, rows: rows, explained: explained))
    }
    #expect(try refusal(110) == nil)
    #expect(try refusal(120) == nil)
    #expect(try refusal(109) == .unionImpossible)
    #expect(try refusal(nil) == .unionImpossible)
    #expect(try refusal(110, keys: 99) == .unionImpossible)
    #expect(try refusal(110, keys: 121) == .unionImpossible)
    func alone(_ explained: UInt64) throws -> Refusal? {
      try test.refusal(
        .union(
          "laion@1", of: [(filter, Tally(keys: 100, rows: 110))], keys: 100, rows: 110,
          explained: explained))
    }
    #expect(try alone(110) == nil)
    #expect(
      try test.refusal(
        .union("laion@1", of: [(filter, Tally(keys: 100, rows: 111))], keys: 100, rows: 111))
        == .sourceDiffers(filter))
    // What is not published explains nothing to others.
    let (sealed, _, others) = try united(.sealed)
    #expect(
      try sealed.refusal(.union("laion@1", of: others, keys: 110, rows: 120)) == nil)
    #expect(
      try sealed.refusal(.union("laion@1", of: others, keys: 110, rows: 120, explained: 110))
        == .unionImpossible)
    #expect(
      try findings.ledger.refusal(
        .union("laion@1", of: findings.sources, keys: 22, rows: 24, explained: 0), by: "carol")
        == .unionImpossible)
  }

  /// What refuses the open list of twenty rows and of a hundred keys with 110, of which five are shared.
  private static func openList(
    of illegal: EventID, beside other: EventID, _ findings: inout Findings
  ) throws -> Refusal? {
    let sources = [(illegal, Tally(keys: 20, rows: 20)), (other, Tally(keys: 100, rows: 110))]
    let all = try findings.ledger.admit(
      .union("laion@1", of: sources, keys: 115, rows: 125), by: "alice")
    return try findings.ledger.refusal(
      .release(
        "laion@2", keys: 875, rows: 875, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Tally(keys: 115, rows: 125), removals: [illegal, other], union: all,
          disclosure: .open)), by: "alice")
  }

  @Test func `that is published dilutes nothing`() throws {
    for (disclosure, expected) in [(Disclosure.open, Refusal.sealedBelowDilution), (.sealed, nil)] {
      var findings = try Findings(charter: .initial.with(minimumDilution: 5))
      let illegal = try findings.decide(.illegal, Tally(keys: 20, rows: 20))
      let filter = try findings.ledger.admit(.filter("laion@1", disclosure), by: "alice")
      let explained: UInt64? = disclosure == .open ? 110 : nil
      let tally = Tally(keys: 100, rows: 110)
      let union = try findings.ledger.admit(
        .union("laion@1", of: [(filter, tally)], keys: 100, rows: 110, explained: explained),
        by: "alice")
      func removal(_ explained: UInt64?) -> Body {
        .removal(
          "laion@1", union: union, keys: 100, rows: 110, basis: .classifier, reason: .safety,
          explained: explained)
      }
      #expect(
        try findings.ledger.refusal(removal(explained == nil ? 0 : nil), by: "alice")
          == .sourceDiffers(union))
      let other = try findings.ledger.admit(removal(explained), by: "alice")
      #expect(try Self.openList(of: illegal, beside: other, &findings) == expected)
    }
  }

  /// Whoever has the members leaves them out, and the rest of the list is of that class.
  @Test func `or a match whose set is open dilutes nothing`() throws {
    for (disclosure, expected) in [(Disclosure.open, Refusal.sealedBelowDilution), (.sealed, nil)] {
      var findings = try Findings(charter: .initial.with(minimumDilution: 5))
      let illegal = try findings.decide(.illegal, Tally(keys: 20, rows: 20))
      let tally = Tally(keys: 100, rows: 110)
      let match = try findings.ledger.admit(
        .match("laion@1", list: findings.list, keys: 100, rows: 110, disclosure: disclosure),
        by: "carol")
      let explained: UInt64? = disclosure == .open ? 110 : nil
      let union = try findings.ledger.admit(
        .union(
          "laion@1", of: [(match, tally)], keys: 100, rows: 110, explained: explained,
          disclosure: disclosure), by: "alice")
      let other = try findings.ledger.admit(
        .removal(
          "laion@1", union: union, keys: 100, rows: 110, reason: .safety, explained: explained),
        by: "alice")
      #expect(try Self.openList(of: illegal, beside: other, &findings) == expected)
    }
  }

  @Test func `is verified up to what it chose`() throws {
    let (test, filter, _) = try united()
    func refusal(_ count: UInt64, _ unit: CountUnit) throws -> Refusal? {
      try test.findings.ledger.refusal(
        .verification(filter, .falsePositive, count: count, unit: unit), by: "vera")
    }
    #expect(try refusal(110, .rows) == nil)
    #expect(try refusal(111, .rows) == .moreThanFound(filter, found: 110))
    #expect(try refusal(101, .keys) == .moreThanFound(filter, found: 100))
  }
}
