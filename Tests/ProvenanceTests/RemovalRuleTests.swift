import Provenance
import TestSupport
import Testing

@Suite struct `A removal` {
  var findings: Findings
  init() throws { findings = try Findings() }

  func refusal(
    _ release: String = "laion@1", of sources: [(EventID, Tally)]? = nil, keys: UInt64 = 22,
    rows: UInt64 = 24, basis: Basis = .hashMatch, reason: ReasonClass = .illegal,
    decoys: Tally? = nil, marks: Bool? = nil, disclosure: Disclosure = .sealed,
    causes: [EventID] = []
  ) throws -> Refusal? {
    try findings.ledger.refusal(
      .removal(
        release, of: sources ?? findings.sources, keys: keys, rows: rows, basis: basis,
        reason: reason, decoys: decoys, marks: marks, disclosure: disclosure), by: "alice"
    ) { $0.causes = causes.sorted() }
  }

  @Test func `unites matches on its own release, with their counts`() throws {
    #expect(try refusal() == nil)
    #expect(try refusal("laion@2") == .releaseUnknown(.named("laion@2")))
    let absent = EventID(.of("absent"))
    #expect(try refusal(of: [(absent, findings.firstTally)]) == .causeUnknown(absent))
    #expect(
      try refusal(of: [(findings.release, findings.firstTally)])
        == .wrongReference(findings.release, expected: "a match or filter on laion@1"))
    #expect(
      try refusal(of: [(findings.first, findings.secondTally)]) == .sourceDiffers(findings.first))
  }

  @Test func `is not decided again by way of a removal or a union`() throws {
    var findings = findings
    let removal = try findings.remove()
    let union = try findings.ledger.admit(
      .union("laion@1", of: [(findings.first, findings.firstTally)]), by: "carol")
    for id in [removal, union] {
      #expect(
        try findings.ledger.refusal(
          .removal("laion@1", of: [(id, findings.firstTally)], marks: false), by: "alice")
          == .wrongReference(id, expected: "a match or filter on laion@1"))
    }
  }

  @Test func `has at least its largest source, at most their keys, and leaves others a row`() throws
  {
    #expect(try refusal(keys: 20, rows: 22) == nil)
    #expect(try refusal(keys: 25, rows: 27) == nil)
    #expect(try refusal(keys: 19, rows: 22) == .unionImpossible)
    #expect(try refusal(keys: 20, rows: 21) == .unionImpossible)
    #expect(try refusal(keys: 26, rows: 27) == .unionImpossible)
    // A removed key takes all its rows, so that there can be more rows than hits.
    #expect(try refusal(keys: 25, rows: 35) == nil)
    #expect(try refusal(keys: 25, rows: 36) == .unionImpossible)
    // Decoys go, too.
    #expect(try refusal(keys: 25, rows: 27, decoys: Tally(keys: 965, rows: 973)) == nil)
    #expect(
      try refusal(keys: 25, rows: 27, decoys: Tally(keys: 965, rows: 974)) == .unionImpossible)
    #expect(
      try refusal(keys: 25, rows: 27, decoys: Tally(keys: 966, rows: 966)) == .unionImpossible)
    #expect(
      try refusal(keys: 25, rows: 27, decoys: Tally(keys: 964, rows: 973)) == .unionImpossible)
  }

  @Test func `of class illegal has no open set, source or evidence`() throws {
    #expect(try refusal(disclosure: .open) == .disclosureDiffers(sorted[0]))
    var test = self
    let tally = Tally(keys: 3, rows: 3)
    let open = try test.findings.ledger.admit(
      .match("laion@1", list: findings.list, keys: 3, rows: 3, disclosure: .open), by: "carol")
    for reason in ReasonClass.allCases {
      for disclosure in Disclosure.allCases {
        #expect(
          try test.refusal(
            of: [(open, tally)], keys: 3, rows: 3, reason: reason, disclosure: disclosure)
            == (reason == .illegal ? .disclosureDiffers(open) : nil))
      }
    }
    #expect(
      try test.refusal(
        of: [(open, tally), (findings.first, findings.firstTally)], keys: 23, rows: 25,
        reason: .privacy, disclosure: .open) == .disclosureDiffers(findings.first))
    func supported(_ reason: ReasonClass, by evidence: Disclosure) throws -> Refusal? {
      try findings.ledger.refusal(
        .removal("laion@1", of: findings.sources, keys: 22, rows: 24, reason: reason), by: "alice"
      ) {
        $0.evidence = [
          Evidence(
            attachment: .of("a letter", evidence), retrievedAt: $0.occurredAt, relation: .supports)
        ]
      }
    }
    #expect(try supported(.illegal, by: .open) == .illegalOpen(.named("laion@1")))
    #expect(try supported(.illegal, by: .sealed) == nil)
    #expect(try supported(.privacy, by: .open) == nil)
  }

  private var sorted: [EventID] { findings.sources.map(\.0).sorted() }

  @Test func `of class illegal unites what hash lists found, and nothing else`() throws {
    var test = self
    let filter = try test.findings.ledger.admit(.filter("laion@1", .sealed), by: "alice")
    let tally = Tally(keys: 100, rows: 110)
    for sources in [[(filter, tally)], [(filter, tally), (findings.first, findings.firstTally)]] {
      for reason in ReasonClass.allCases {
        #expect(
          try test.refusal(of: sources, keys: 100, rows: 110, reason: reason)
            == (sources.count > 1
              ? .sourcesMixed(.named("laion@1"))
              : reason == .illegal ? .illegalByHand(filter) : nil))
      }
    }
  }

  @Test func `says confirmed only of what verifications confirm in full`() throws {
    var test = self
    func confirmed(_ causes: EventID...) throws -> Refusal? {
      try test.refusal(basis: .confirmed, causes: causes)
    }
    let (first, second) = (findings.first, findings.second)
    let missing = findings.sources.map(\.0).sorted().map { Refusal.confirmationMissing($0) }
    #expect(try confirmed() == missing[0])
    #expect(try confirmed(first) == missing[0])
    let other = try test.findings.ledger.admit(
      .verification(second, count: 5, unit: .keys), by: "vera")
    let ledger = test.findings.ledger
    let whole = try test.findings.ledger.admit(.verification(first), by: "vera")
    #expect(try confirmed(whole, other) == nil)
    #expect(try confirmed(whole) == .confirmationMissing(second))
    #expect(try confirmed(other) == .confirmationMissing(first))
    let taken = try test.findings.ledger.admit(
      .verification(first, count: 21, replacing: whole), by: "vera")
    // What was taken back confirms nothing.
    for causes in [[whole, other], [taken, other]] {
      #expect(
        try test.refusal(basis: .confirmed, causes: causes) == .confirmationMissing(first))
    }
    // Each of the verifications that follow is the first of its match.
    for outcome in Outcome.allCases where outcome != .confirmed {
      test.findings.ledger = ledger
      let weaker = try test.findings.ledger.admit(.verification(first, outcome), by: "vera")
      #expect(try confirmed(weaker, other) == .confirmationMissing(first))
    }
    for exactness in [Exactness.approximate, .atMost] {
      test.findings.ledger = ledger
      let vague = try test.findings.ledger.admit(
        .verification(first, exactness: exactness), by: "vera")
      #expect(try confirmed(vague, other) == .confirmationMissing(first))
    }
    test.findings.ledger = ledger
    let images = try test.findings.ledger.admit(
      .verification(first, unit: .uniqueImages), by: "vera")
    #expect(try confirmed(images, other) == .confirmationMissing(first))
    test.findings.ledger = ledger
    // In two parts, neither of them enough.
    let part = try test.findings.ledger.admit(.verification(first, count: 12), by: "vera")
    let rest = try test.findings.ledger.admit(
      .verification(first, count: 10, exactness: .atLeast), by: "vera")
    #expect(try confirmed(part, other) == .confirmationMissing(first))
    #expect(try confirmed(part, rest, other) == nil)
    // Any other basis needs none.
    for basis in Basis.allCases where basis != .confirmed {
      #expect(try test.refusal(basis: basis) == nil)
    }
  }
}

@Suite struct `The first removal of class illegal` {
  var findings: Findings
  init() throws { findings = try Findings() }

  func refusal(marks: Bool, on ledger: TestLedger? = nil) throws -> Refusal? {
    try (ledger ?? findings.ledger).refusal(
      .removal("laion@1", of: [(findings.first, findings.firstTally)], marks: marks), by: "alice")
  }

  @Test func `commits to the secret of its family, and no later one does`() throws {
    #expect(try refusal(marks: false) == .markMissing(.named("laion")))
    #expect(try refusal(marks: true) == nil)
    var ledger = findings.ledger
    try ledger.admit(
      .removal("laion@1", of: [(findings.first, findings.firstTally)], reason: .privacy),
      by: "alice")
    #expect(ledger.state.catalog.mark(of: .named("laion")) == nil)
    let at = ledger.size
    try ledger.admit(
      .removal("laion@1", of: [(findings.first, findings.firstTally)]), by: "alice")
    let mark = try #require(ledger.state.catalog.mark(of: .named("laion")))
    #expect(mark.sequence == at)
    #expect(mark.commitment == .of("family secret"))
    #expect(try refusal(marks: false, on: ledger) == nil)
    #expect(try refusal(marks: true, on: ledger) == .markedAlready(at: at))
    #expect(Refusal.markedAlready(at: at).clash == at)
  }

  @Test func `marks the plain datasets with the same identity columns, those to come as well`()
    throws
  {
    func keyed(_ name: String) -> DatasetRegistered {
      DatasetRegistered(
        dataset: .named(name), identity: ["URL"], content: nil, tagging: .keyed,
        secretCommitment: .of("secret"), derivedFrom: nil)
    }
    var ledger = findings.ledger
    try ledger.admit(.dataset("twin"), by: "alice")
    try ledger.admit(.dataset("other", identity: ["URL", "TEXT"]), by: "alice")
    // One name in two of Unicode's normal forms is two.
    try ledger.admit(.dataset("composed", identity: ["caf\u{e9}"]), by: "alice")
    try ledger.admit(.dataset("apart", identity: ["cafe\u{301}"]), by: "alice")
    try ledger.admit(.datasetRegistered(keyed("keyed")), by: "alice")
    try ledger.admit(
      .removal("laion@1", of: [(findings.first, findings.firstTally)]), by: "alice")
    try ledger.admit(.dataset("later"), by: "alice")
    let catalog = ledger.state.catalog
    for name in ["laion", "twin", "later"] {
      #expect(catalog.mark(of: .named(name)) != nil, "\(name)")
    }
    for name in ["other", "composed", "apart", "keyed", "unknown"] {
      #expect(catalog.mark(of: .named(name)) == nil, "\(name)")
    }
    #expect(
      catalog.family(of: .named("laion"))
        == ["laion", "twin", "later"].reduce(into: []) {
          $0.insert(.named($1))
        })
    #expect(catalog.family(of: .named("composed")) == [.named("composed")])
    #expect(catalog.family(of: .named("keyed")) == [.named("keyed")])
  }
}
