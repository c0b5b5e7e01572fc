import Provenance
import TestSupport
import Testing

@Suite struct `A removal` {
  var findings: Findings
  let union: EventID

  init() throws {
    findings = try Findings()
    union = try findings.ledger.admit(
      .union("laion@1", of: findings.sources, keys: 22, rows: 24), by: "carol")
  }

  func refusal(
    _ release: String = "laion@1", union: EventID? = nil, keys: UInt64 = 22, rows: UInt64 = 24,
    basis: Basis = .hashMatch, reason: ReasonClass = .illegal, causes: [EventID] = []
  ) throws -> Refusal? {
    try findings.ledger.refusal(
      .removal(
        release, union: union ?? self.union, keys: keys, rows: rows, basis: basis, reason: reason),
      by: "alice"
    ) { $0.causes = causes.sorted() }
  }

  @Test func `is of a union on its own release, with its counts`() throws {
    #expect(try refusal() == nil)
    #expect(try refusal("laion@2") == .releaseUnknown(.named("laion@2")))
    #expect(
      try refusal(union: findings.first)
        == .wrongReference(findings.first, expected: "a union computed on laion@1"))
    #expect(try refusal(keys: 21) == .sourceDiffers(union))
    #expect(try refusal(rows: 23) == .sourceDiffers(union))
  }

  @Test func `is not decided twice by way of a union of removals`() throws {
    var findings = findings
    let removal = try findings.remove()
    let again = try findings.ledger.admit(
      .union("laion@1", of: [(removal, findings.firstTally)]), by: "carol")
    #expect(
      try findings.ledger.refusal(.removal("laion@1", union: again), by: "alice")
        == .wrongReference(again, expected: "a union of matches on laion@1"))
  }

  @Test func `of class illegal has no open set`() throws {
    var ledger = findings.ledger
    let match = try ledger.admit(
      .match("laion@1", list: findings.list, keys: 3, rows: 3, disclosure: .open), by: "carol")
    let open = try ledger.admit(
      .union(
        "laion@1", of: [(match, Tally(keys: 3, rows: 3))], keys: 3, rows: 3, explained: 3,
        disclosure: .open), by: "carol")
    for reason in ReasonClass.allCases {
      #expect(
        try ledger.refusal(
          .removal("laion@1", union: open, keys: 3, rows: 3, reason: reason, explained: 3),
          by: "alice") == (reason == .illegal ? .disclosureDiffers(open) : nil))
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

  @Test func `of class illegal rests on nothing that is published`() throws {
    var findings = try Findings()
    let tally = Tally(keys: 100, rows: 110)
    for (disclosure, explained) in [(Disclosure.open, 110 as UInt64?), (.sealed, nil)] {
      let filter = try findings.ledger.admit(.filter("laion@1", disclosure), by: "alice")
      let union = try findings.ledger.admit(
        .union("laion@1", of: [(filter, tally)], keys: 100, rows: 110, explained: explained),
        by: "alice")
      func refusal(_ reason: ReasonClass, evidence: Disclosure? = nil) throws -> Refusal? {
        var header: (inout Header) -> Void = { _ in }
        if let evidence {
          header = { header in
            header.evidence = [
              Evidence(
                attachment: AttachmentReference(
                  sha256: .of("a letter"), size: 40, mediaType: "text/plain", disclosure: evidence),
                retrievedAt: header.occurredAt, relation: .supports)
            ]
          }
        }
        return try findings.ledger.refusal(
          .removal(
            "laion@1", union: union, keys: 100, rows: 110, basis: .classifier, reason: reason,
            explained: explained), by: "alice", edit: header)
      }
      let refused = Refusal.disclosureDiffers(union)
      #expect(try refusal(.illegal) == (disclosure == .open ? refused : nil))
      #expect(try refusal(.privacy) == nil)
      #expect(try refusal(.illegal, evidence: .open) == refused)
      #expect(try refusal(.illegal, evidence: .sealed) == (disclosure == .open ? refused : nil))
      #expect(try refusal(.privacy, evidence: .open) == nil)
    }
  }
}
