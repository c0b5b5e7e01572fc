import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A union` {
  let findings: Findings
  init() throws { findings = try Findings() }

  func refusal(
    _ release: String = "laion@1", of sources: [(EventID, Tally)]? = nil, keys: UInt64 = 22,
    rows: UInt64 = 24, disclosure: Disclosure = .sealed
  ) throws -> Refusal? {
    try findings.ledger.refusal(
      .union(
        release, of: sources ?? findings.sources, keys: keys, rows: rows, disclosure: disclosure),
      by: "carol")
  }

  @Test func `is of matches on its own release, with their own counts`() throws {
    #expect(try refusal() == nil)
    #expect(try refusal("laion@2") == .releaseUnknown(.named("laion@2")))
    let absent = EventID(.of("absent"))
    #expect(
      try refusal(of: [(absent, findings.firstTally)]) == .causeUnknown(absent))
    #expect(
      try refusal(of: [(findings.list, findings.firstTally)])
        == .wrongReference(findings.list, expected: "a match or filter on laion@1"))
    for tally in [
      Tally(keys: 19, rows: 22), Tally(keys: 21, rows: 22), Tally(keys: 20, rows: 21),
      Tally(keys: 20, rows: 23),
    ] {
      #expect(
        try refusal(of: [(findings.first, tally), (findings.second, findings.secondTally)])
          == .sourceDiffers(findings.first))
    }
    var ledger = findings.ledger
    try ledger.admit(.release("laion@2"), by: "alice")
    #expect(
      try ledger.refusal(.union("laion@2", of: findings.sources, keys: 22, rows: 24), by: "carol")
        == .wrongReference(
          findings.sources.map(\.0).sorted()[0], expected: "a match or filter on laion@2"))
  }

  @Test func `has at least its largest source and at most their sum, of the rows that were found`()
    throws
  {
    #expect(try refusal(keys: 20, rows: 22) == nil)
    #expect(try refusal(keys: 25, rows: 27) == nil)
    #expect(try refusal(keys: 19, rows: 22) == .unionImpossible)
    #expect(try refusal(keys: 20, rows: 21) == .unionImpossible)
    #expect(try refusal(keys: 26, rows: 27) == .unionImpossible)
    #expect(try refusal(keys: 25, rows: 28) == .unionImpossible)
  }

  @Test func `is of no removal`() throws {
    var findings = findings
    let removal = try findings.remove()
    #expect(
      try findings.ledger.refusal(
        .union("laion@1", of: [(removal, findings.firstTally)]), by: "carol")
        == .wrongReference(removal, expected: "a match or filter on laion@1"))
  }

  @Test func `opens no sealed source`() throws {
    #expect(
      try refusal(disclosure: .open) == .disclosureDiffers(findings.sources.map(\.0).sorted()[0]))
    var ledger = findings.ledger
    let open = try ledger.admit(
      .match("laion@1", list: findings.list, keys: 3, rows: 3, disclosure: .open), by: "carol")
    let tally = Tally(keys: 3, rows: 3)
    func united(_ sources: [(EventID, Tally)], _ disclosure: Disclosure) throws -> Refusal? {
      try ledger.refusal(
        .union("laion@1", of: sources, keys: 5, rows: 5, disclosure: disclosure), by: "carol")
    }
    let both = [(open, tally), (findings.second, findings.secondTally)]
    #expect(try united(both, .open) == .disclosureDiffers(findings.second))
    #expect(try united(both, .sealed) == nil)
    #expect(
      try ledger.refusal(
        .union("laion@1", of: [(open, tally)], keys: 3, rows: 3, disclosure: .open), by: "carol")
        == nil)
  }

  @Test func `of 256 sources of the largest counts does not trap`() throws {
    let most: UInt64 = 9_007_199_254_740_991
    var ledger = try TestLedger()
    try ledger.enrol("carol", .matcher)
    try ledger.admit(.dataset(), by: "alice")
    try ledger.admit(.release("laion@1", keys: most, rows: most, columns: .laion), by: "alice")
    let list = try ledger.admit(.hashList(), by: "carol")
    let huge = Tally(keys: most, rows: most)
    var sources: [(EventID, Tally)] = []
    for _ in 0..<256 {
      sources.append(
        (
          try ledger.admit(
            .match("laion@1", list: list, keys: most, rows: most, scanned: most, without: 0),
            by: "carol"), huge
        ))
    }
    #expect(
      try ledger.refusal(.union("laion@1", of: sources, keys: most, rows: most), by: "carol") == nil
    )
    #expect(
      try ledger.refusal(.union("laion@1", of: sources, keys: 1, rows: most), by: "carol")
        == .unionImpossible)
    let decoys = Tally(keys: most, rows: most)
    #expect(
      try ledger.refusal(
        .removal("laion@1", of: sources, keys: most, rows: most), by: "alice") == nil)
    #expect(
      try ledger.refusal(
        .removal("laion@1", of: sources, keys: most, rows: most, decoys: decoys), by: "alice")
        == .unionImpossible)
  }
}
