import Provenance
import TestSupport
import Testing

@Suite struct `A cleaned release` {
  var findings: Findings
  let removal: EventID
  let union: EventID

  init() throws {
    findings = try Findings()
    removal = try findings.remove()
    union = try findings.ledger.admit(
      .union("laion@1", of: [(removal, findings.firstTally)]), by: "alice")
  }

  func body(
    _ release: String = "laion@2", parent: String = "laion@1", keys: UInt64 = 970,
    rows: UInt64 = 978, removed: Tally = Tally(keys: 20, rows: 22),
    added: Tally = Tally(keys: 0, rows: 0),
    changed: ChangedTally = ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
    removals: [EventID]? = nil, reinstatements: [EventID] = [], union: EventID? = nil,
    absentKeys: UInt64 = 0, manifest: Disclosure = .sealed, disclosure: Disclosure = .sealed
  ) -> Body {
    .release(
      release, keys: keys, rows: rows, manifest: manifest,
      derivation: .from(
        parent, removed: removed, added: added, changed: changed,
        removals: removals ?? [removal], reinstatements: reinstatements,
        union: union ?? self.union, absentKeys: absentKeys, disclosure: disclosure))
  }

  func refusal(_ body: Body) throws -> Refusal? { try findings.ledger.refusal(body, by: "alice") }

  @Test func `applies what is pending, once`() throws {
    #expect(try refusal(body()) == nil)
    var ledger = findings.ledger
    try ledger.admit(body(), by: "alice")
    #expect(ledger.state.catalog.pendingRemovals(for: .named("laion@2")) == [])
    #expect(ledger.state.catalog.pendingRemovals(for: .named("laion@1")) == [removal])
    let again = try ledger.admit(
      .union("laion@2", of: [(removal, findings.firstTally)], rows: 0), by: "alice")
    #expect(
      try ledger.refusal(
        body(
          "laion@3", parent: "laion@2", removed: Tally(keys: 0, rows: 0), union: again,
          absentKeys: 20), by: "alice") == .notPending(removal, .named("laion@2")))
    // The parent itself may be cleaned again, under another version.
    #expect(try ledger.refusal(body("laion@3"), by: "alice") == nil)
  }

  @Test func `names nothing but removals of its own line`() throws {
    #expect(
      try refusal(body(removals: [findings.first]))
        == .notPending(findings.first, .named("laion@1")))
    #expect(
      try refusal(body(reinstatements: [findings.first]))
        == .notPending(findings.first, .named("laion@1")))
    var ledger = findings.ledger
    try ledger.admit(.release("laion@1b"), by: "alice")
    let match = try ledger.admit(.match("laion@1b", list: findings.list), by: "carol")
    let other = try ledger.admit(
      .union("laion@1b", of: [(match, findings.firstTally)]), by: "carol")
    let elsewhere = try ledger.admit(.removal("laion@1b", union: other), by: "alice")
    #expect(
      try ledger.refusal(body(removals: [elsewhere]), by: "alice")
        == .notPending(elsewhere, .named("laion@1")))
    #expect(
      try ledger.refusal(
        .union("laion@1", of: [(elsewhere, findings.firstTally)]), by: "alice")
        == .wrongReference(elsewhere, expected: "a match, filter or removal on laion@1"))
  }

  @Test func `leaves no pending removal out`() throws {
    var test = self
    let second = try test.findings.remove(.privacy)
    #expect(try test.refusal(body()) == .removalLeftOut(second, .named("laion@1")))
    let both = try test.findings.ledger.admit(
      .union(
        "laion@1", of: [(removal, findings.firstTally), (second, findings.firstTally)]),
      by: "alice")
    #expect(try test.refusal(body(removals: [removal, second], union: both)) == nil)
    #expect(
      try test.refusal(body(removals: [removal, second]))
        == .unionDiffers(union))
    #expect(
      try test.refusal(body(union: both)) == .removalLeftOut(second, .named("laion@1")))
  }

  @Test func `takes over the removals of its ancestors`() throws {
    var ledger = findings.ledger
    try ledger.admit(.release("laion@1.1", derivation: .from("laion@1")), by: "alice")
    let later = try ledger.admit(
      .union("laion@1.1", of: [(removal, findings.firstTally)]), by: "alice")
    #expect(try ledger.refusal(body(parent: "laion@1.1", union: later), by: "alice") == nil)
    #expect(try ledger.refusal(body(parent: "laion@1.1"), by: "alice") == .unionDiffers(union))
    // What was decided on an ancestor may be gone from here.
    #expect(
      try ledger.refusal(
        body(
          parent: "laion@1.1", keys: 971, removed: Tally(keys: 19, rows: 22), union: later,
          absentKeys: 1), by: "alice") == nil)
  }

  @Test func `removes exactly its union, less what was absent`() throws {
    #expect(
      try refusal(body(keys: 971, rows: 979, removed: Tally(keys: 19, rows: 21)))
        == .unionDiffers(union))
    #expect(
      try refusal(body(keys: 969, rows: 977, removed: Tally(keys: 21, rows: 23)))
        == .unionDiffers(union))
    #expect(
      try refusal(body(keys: 971, removed: Tally(keys: 19, rows: 22))) == .unionDiffers(union))
    #expect(try refusal(body(absentKeys: 1)) == .unionDiffers(union))
    #expect(
      try refusal(body(union: findings.first)) == .unionDiffers(findings.first))
    let absent = EventID(.of("absent"))
    #expect(try refusal(body(union: absent)) == .unionDiffers(absent))
    let matches = try { () throws -> EventID in
      var ledger = findings.ledger
      return try ledger.admit(
        .union("laion@1", of: [(findings.first, findings.firstTally)]), by: "carol")
    }()
    #expect(try refusal(body(union: matches)) == .unionDiffers(matches))
  }

  @Test func `adds and changes nothing`() throws {
    #expect(
      try refusal(body(keys: 971, rows: 979, added: Tally(keys: 1, rows: 1)))
        == .additionsWithoutReinstatement)
    #expect(
      try refusal(body(rows: 979, changed: ChangedTally(keys: 1, rowsBefore: 1, rowsAfter: 2)))
        == .additionsWithoutReinstatement)
  }

  @Test func `adds up like any other`() throws {
    #expect(try refusal(body(rows: 979)) == .rowsDoNotAddUp(.named("laion@2"), gap: 1))
    #expect(try refusal(body(keys: 969)) == .keysDoNotAddUp(.named("laion@2")))
  }
}

@Suite struct `The dilution of a cleaned release` {
  static let tally = Tally(keys: 20, rows: 20)

  /// Findings of which each is removed, and the ids of the removals.
  static func removed(
    _ reasons: [ReasonClass], minimum: UInt64, tally: Tally = tally
  ) throws -> (findings: Findings, removals: [EventID]) {
    var findings = try Findings(charter: .initial.with(minimumDilution: minimum))
    let removals = try reasons.map { try findings.decide($0, tally) }
    return (findings, removals)
  }

  /// A cleaned release of removals of these classes, each of 20 keys with a row, united to `rows`.
  func refusal(
    _ reasons: [ReasonClass], keys: UInt64, rows: UInt64, minimum: UInt64,
    manifest: Disclosure = .sealed, disclosure: Disclosure = .open, tally: Tally = tally
  ) throws -> Refusal? {
    var (findings, removals) = try Self.removed(reasons, minimum: minimum, tally: tally)
    let union = try findings.ledger.admit(
      .union("laion@1", of: removals.map { ($0, tally) }, keys: keys, rows: rows), by: "alice")
    return try findings.ledger.refusal(
      .release(
        "laion@2", keys: 990 - keys, rows: 1000 - rows, manifest: manifest,
        derivation: .from(
          "laion@1", removed: Tally(keys: keys, rows: rows), removals: removals,
          union: union, disclosure: disclosure)), by: "alice")
  }

  @Test func `of class illegal below the charter's minimum is never open`() throws {
    let mixed: [ReasonClass] = [.illegal, .privacy]
    #expect(try refusal(mixed, keys: 40, rows: 40, minimum: 2) == nil)
    #expect(try refusal(mixed, keys: 39, rows: 39, minimum: 2) == .sealedBelowDilution)
    #expect(try refusal(mixed, keys: 40, rows: 40, minimum: 3) == .sealedBelowDilution)
    #expect(try refusal(mixed, keys: 40, rows: 40, minimum: 3, disclosure: .sealed) == nil)
    #expect(
      try refusal(mixed, keys: 40, rows: 40, minimum: 9_007_199_254_740_991)
        == .sealedBelowDilution)
  }

  @Test func `is counted in keys, of which one with several rows stands out`() throws {
    let mixed: [ReasonClass] = [.illegal, .privacy]
    let several = Tally(keys: 20, rows: 22)
    #expect(
      try refusal(mixed, keys: 40, rows: 44, minimum: 2, tally: several) == .sealedBelowDilution)
    #expect(try refusal(mixed, keys: 40, rows: 44, minimum: 1, tally: several) == nil)
    // Of 60 keys with 70 rows, ten may have several: fifty hide twenty twice, not three times.
    let more: [ReasonClass] = [.illegal, .privacy, .safety]
    var test = try Self.removed([.illegal], minimum: 2)
    let other = try test.findings.decide(.privacy, Tally(keys: 40, rows: 50))
    let sources = [(test.removals[0], Self.tally), (other, Tally(keys: 40, rows: 50))]
    let union = try test.findings.ledger.admit(
      .union("laion@1", of: sources, keys: 60, rows: 70), by: "alice")
    func release(_ disclosure: Disclosure) -> Body {
      .release(
        "laion@2", keys: 930, rows: 930, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Tally(keys: 60, rows: 70), removals: [test.removals[0], other],
          union: union, disclosure: disclosure))
    }
    #expect(try test.findings.ledger.refusal(release(.open), by: "alice") == nil)
    #expect(try refusal(more, keys: 60, rows: 60, minimum: 3) == nil)
  }

  @Test func `does not apply without rows of that class`() throws {
    for manifest in Disclosure.allCases {
      #expect(
        try refusal(
          [.privacy, .decoy], keys: 40, rows: 40, minimum: 1_000_000, manifest: manifest) == nil)
    }
  }

  @Test func `of that class alone is open only where the charter asks for none`() throws {
    #expect(try refusal([.illegal], keys: 20, rows: 20, minimum: 2) == .sealedBelowDilution)
    #expect(try refusal([.illegal], keys: 20, rows: 20, minimum: 1, manifest: .open) == nil)
  }

  /// Beside an older one it says which shards lost rows of that class, and how many.
  @Test func `never opens the manifest of that release, nor of a later one`() throws {
    for disclosure in Disclosure.allCases {
      #expect(
        try refusal(
          [.illegal, .privacy], keys: 40, rows: 40, minimum: 2, manifest: .open,
          disclosure: disclosure) == .sealedBelowDilution)
    }
    var (findings, removals) = try Self.removed([.illegal], minimum: 2)
    let union = try findings.ledger.admit(
      .union("laion@1", of: [(removals[0], Self.tally)], keys: 20, rows: 20), by: "alice")
    try findings.ledger.admit(
      .release(
        "laion@2", keys: 970, rows: 980, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Self.tally, removals: removals, union: union, disclosure: .sealed)),
      by: "alice")
    func later(_ manifest: Disclosure, _ derivation: Derivation?) throws -> Refusal? {
      try findings.ledger.refusal(
        .release("laion@3", keys: 970, rows: 980, manifest: manifest, derivation: derivation),
        by: "alice")
    }
    let child = Derivation.from("laion@2", removed: Tally(keys: 0, rows: 0), disclosure: .open)
    for derivation in [nil, child] {
      #expect(try later(.open, derivation) == .sealedBelowDilution)
      #expect(try later(.sealed, derivation) == nil)
    }
  }

  /// Two lists from one parent differ by what was decided in between.
  @Test func `is not had from another open list of the same parent`() throws {
    for first in Disclosure.allCases {
      var (findings, removals) = try Self.removed([.privacy, .privacy], minimum: 2)
      let (a, b) = (removals[0], removals[1])
      let mixed = Tally(keys: 40, rows: 40)
      let union = try findings.ledger.admit(
        .union("laion@1", of: [(a, Self.tally), (b, Self.tally)], keys: 40, rows: 40), by: "alice")
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 950, rows: 960, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: mixed, removals: [a, b], union: union, disclosure: first)),
        by: "alice")
      let c = try findings.decide(.illegal, Tally(keys: 5, rows: 5))
      let all = try findings.ledger.admit(
        .union(
          "laion@1", of: [(a, Self.tally), (b, Self.tally), (c, Tally(keys: 5, rows: 5))], keys: 45,
          rows: 45), by: "alice")
      let refusal = try findings.ledger.refusal(
        .release(
          "laion@3", keys: 945, rows: 955, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: Tally(keys: 45, rows: 45), removals: [a, b, c], union: all,
            disclosure: .open)), by: "alice")
      #expect(refusal == (first == .open ? .sealedBelowDilution : nil))
    }
  }

  @Test func `leaves no key absent that was decided on where it is`() throws {
    var (findings, removals) = try Self.removed([.privacy], minimum: 2)
    let union = try findings.ledger.admit(
      .union("laion@1", of: [(removals[0], Self.tally)], keys: 20, rows: 20), by: "alice")
    let refusal = try findings.ledger.refusal(
      .release(
        "laion@2", keys: 972, rows: 980, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Tally(keys: 18, rows: 20), removals: removals, union: union,
          absentKeys: 2)), by: "alice")
    #expect(refusal == .unionDiffers(union))
  }

  @Test func `is not got round by a release that names no removal`() throws {
    var findings = try Findings()
    _ = try findings.remove()
    func refusal(
      _ disclosure: Disclosure, removed: Tally, manifest: Disclosure = .sealed
    ) throws -> Refusal? {
      try findings.ledger.refusal(
        .release(
          "laion@2", keys: 990 - removed.keys, rows: 1000 - removed.rows, manifest: manifest,
          derivation: .from("laion@1", removed: removed, disclosure: disclosure)), by: "alice")
    }
    #expect(try refusal(.open, removed: Tally(keys: 20, rows: 22)) == .sealedBelowDilution)
    #expect(try refusal(.sealed, removed: Tally(keys: 20, rows: 22)) == nil)
    #expect(
      try refusal(.sealed, removed: Tally(keys: 20, rows: 22), manifest: .open)
        == .sealedBelowDilution)
    #expect(try refusal(.open, removed: Tally(keys: 0, rows: 0), manifest: .open) == nil)
  }
}
