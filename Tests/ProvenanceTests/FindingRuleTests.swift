import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A hash list` {
  @Test func `is received once a version, from an issuer that is registered`() throws {
    let ledger = try Findings().ledger
    let refusal = try ledger.refusal(.hashList(), by: "carol")
    #expect(refusal == .listExists(.named("hotline@1"), at: 9))
    #expect(refusal?.clash == 9)
    #expect(try ledger.refusal(.hashList("hotline@2"), by: "carol") == nil)
    #expect(
      try ledger.refusal(.hashList("hotline@2", issuer: "unknown"), by: "carol")
        == .actorUnknown(.named("unknown")))
  }
}

@Suite struct `A match` {
  let findings: Findings
  init() throws { findings = try Findings() }

  @Test func `is of a release with a list, both there`() throws {
    let ledger = findings.ledger
    #expect(
      try ledger.refusal(.match("laion@2", list: findings.list), by: "carol")
        == .releaseUnknown(.named("laion@2")))
    #expect(
      try ledger.refusal(.match("laion@1", list: findings.release), by: "carol")
        == .listUnknown(findings.release))
    let absent = EventID(.of("absent"))
    #expect(
      try ledger.refusal(.match("laion@1", list: absent), by: "carol") == .listUnknown(absent))
  }

  @Test func `reads the whole release and finds no more than its keys`() throws {
    let ledger = findings.ledger
    for scanned: UInt64 in [999, 1001] {
      #expect(
        try ledger.refusal(.match("laion@1", list: findings.list, scanned: scanned), by: "carol")
          == .scannedDiffers(expected: 1000, actual: scanned))
    }
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 990, rows: 1000, without: 0), by: "carol")
        == nil)
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 991, rows: 1000, without: 0), by: "carol")
        == .matchImpossible(.named("laion@1"), keys: 990))
  }
}

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

@Suite struct `A verification` {
  let findings: Findings
  init() throws { findings = try Findings() }

  @Test func `is of a match, and of no more than it found`() throws {
    let ledger = findings.ledger
    #expect(try ledger.refusal(.verification(findings.first), by: "vera") == nil)
    let absent = EventID(.of("absent"))
    #expect(try ledger.refusal(.verification(absent), by: "vera") == .causeUnknown(absent))
    #expect(
      try ledger.refusal(.verification(findings.list), by: "vera")
        == .wrongReference(
          findings.list,
          expected: "a match, filter, removal or suspicion about a release, which can be verified"))
    for unit in CountUnit.allCases {
      let found: UInt64 = unit == .keys ? 20 : 22
      #expect(
        try ledger.refusal(.verification(findings.first, count: found, unit: unit), by: "vera")
          == nil)
      #expect(
        try ledger.refusal(.verification(findings.first, count: found + 1, unit: unit), by: "vera")
          == .moreThanFound(findings.first, found: found))
    }
  }

  /// Whether the last event is an external verification.
  func isExternal(_ ledger: TestLedger) throws -> Bool {
    let change = try #require(ledger.changes.last?.first { $0.table == .verification })
    return change.document["external"] == true
  }

  @Test func `of one thing by one actor adds up to no more than was found`() throws {
    var ledger = findings.ledger
    func refusal(
      _ count: UInt64, _ unit: CountUnit = .rows, _ outcome: Outcome = .confirmed,
      replacing: EventID? = nil, by actor: String = "vera"
    ) throws -> Refusal? {
      try ledger.refusal(
        .verification(findings.first, outcome, count: count, unit: unit, replacing: replacing),
        by: actor)
    }
    try ledger.enrol("ward", .verifier)
    let sequence = ledger.size
    let some = try ledger.admit(.verification(findings.first, count: 20), by: "vera")
    let together = Refusal.moreThanFoundTogether(
      findings.first, by: .named("vera"), at: sequence)
    for outcome in Outcome.allCases {
      #expect(try refusal(2, .rows, outcome) == nil)
      #expect(try refusal(3, .rows, outcome) == together)
    }
    #expect(together.clash == sequence)
    // Each key has a row of its own, and what a match counts otherwise it counts in rows.
    for unit in CountUnit.allCases {
      #expect(try refusal(2, unit) == nil)
      #expect(try refusal(3, unit) == together)
    }
    // Others have looked at the same rows, and the same actor at those of another match.
    #expect(try refusal(22, by: "ward") == nil)
    #expect(
      try ledger.refusal(.verification(findings.second, count: 5), by: "vera") == nil)
    try ledger.admit(.verification(findings.first, .inconclusive, count: 2), by: "vera")
    #expect(try refusal(0) == nil)
    #expect(
      try refusal(1)
        == .moreThanFoundTogether(findings.first, by: .named("vera"), at: sequence + 1))
    #expect(try refusal(20, replacing: some) == nil)
    #expect(
      try refusal(21, replacing: some)
        == .moreThanFoundTogether(findings.first, by: .named("vera"), at: sequence + 1))
    // Keys are counted against keys as well.
    #expect(try refusal(21, .keys, replacing: some) == .moreThanFound(findings.first, found: 20))
  }

  @Test func `that is imported is in the words of the one it is attributed to`() throws {
    var ledger = findings.ledger
    try ledger.enrol("ward", .verifier)
    let sequence = ledger.size
    let edit: (inout Header) -> Void = {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("alice")
    }
    try ledger.admit(.verification(findings.first), by: "vera", edit: edit)
    #expect(try ledger.refusal(.verification(findings.first), by: "vera") == nil)
    #expect(
      try ledger.refusal(.verification(findings.first, count: 1), by: "ward", edit: edit)
        == .moreThanFoundTogether(findings.first, by: .named("alice"), at: sequence))
  }

  @Test func `replaces one of the same thing by the same actor, once`() throws {
    var ledger = findings.ledger
    try ledger.enrol("ward", .verifier)
    let mine = try ledger.admit(.verification(findings.first), by: "vera")
    let other = try ledger.admit(.verification(findings.first), by: "ward")
    let elsewhere = try ledger.admit(.verification(findings.second, count: 1), by: "vera")
    func refusal(_ replaced: EventID, by actors: [String] = ["vera"]) throws -> Refusal? {
      try ledger.refusal(
        .verification(findings.first, count: 1, replacing: replaced),
        keys: actors.map { TestLedger.TestKeys[$0] })
    }
    let absent = EventID(.of("absent"))
    for (replaced, actors) in [
      (other, ["vera"]), (elsewhere, ["vera"]), (findings.first, ["vera"]), (absent, ["vera"]),
      (mine, ["ward"]), (mine, ["vera", "ward"]),
    ] {
      #expect(
        try refusal(replaced, by: actors)
          == .wrongReference(
            replaced,
            expected: "a verification of the same by the same actor that no other replaced"))
    }
    #expect(try refusal(mine) == nil)
    try ledger.admit(.verification(findings.first, count: 1, replacing: mine), by: "vera")
    #expect(try refusal(mine) != nil)
    let change = try #require(ledger.changes.last?.first { $0.table == .verification })
    #expect(change.document["replaced"] == .integer(Int64(ledger.size - 1)))
  }

  @Test func `is external by an actor other than the matcher, with a key of its own`() throws {
    var ledger = findings.ledger
    try ledger.admit(.verification(findings.first, count: 1), by: "vera")
    #expect(try isExternal(ledger))
    try ledger.admit(.roleGranted(.verifier, "carol", after: ledger.after), by: "alice")
    try ledger.admit(.verification(findings.first, count: 1), by: "carol")
    #expect(try !isExternal(ledger))
    try ledger.admit(.verification(findings.first, count: 1), by: "vera", "carol")
    #expect(try !isExternal(ledger))
    try ledger.enrol("ward", .verifier, custody: .administrator)
    try ledger.admit(.verification(findings.first), by: "ward")
    #expect(try !isExternal(ledger))
  }

  @Test func `that is imported, or of the one a match is attributed to, is internal`() throws {
    var ledger = findings.ledger
    try ledger.admit(.verification(findings.first), by: "vera") {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("alice")
    }
    #expect(try !isExternal(ledger))
    let imported = try ledger.admit(.match("laion@1", list: findings.list), by: "carol") {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("vera")
    }
    try ledger.admit(.verification(imported), by: "vera")
    #expect(try !isExternal(ledger))
  }
}
