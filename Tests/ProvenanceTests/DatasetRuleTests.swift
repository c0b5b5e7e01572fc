internal import CanonicalJSON
import Provenance
import Rows
import TestSupport
import Testing

@Suite struct `A dataset` {
  @Test func `is registered once`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.dataset(), by: "alice")
    let refusal = try ledger.refusal(.dataset(identity: ["KEY"]), by: "alice")
    #expect(refusal == .datasetExists(.named("laion"), at: 1))
    #expect(refusal?.clash == 1)
    #expect(try ledger.refusal(.dataset("laion/aesthetic"), by: "alice") == nil)
  }

  @Test func `is derived from a release that is there`() throws {
    let ledger = try Findings().ledger
    #expect(try ledger.refusal(.dataset("art", derivedFrom: "laion@1"), by: "alice") == nil)
    let refusal = try ledger.refusal(.dataset("art", derivedFrom: "laion@9"), by: "alice")
    #expect(refusal == .releaseUnknown(.named("laion@9")))
  }
}

@Suite struct `A release` {
  @Test func `is published once, of a dataset that is there`() throws {
    let ledger = try Findings().ledger
    let refusal = try ledger.refusal(.release("laion@1", rows: 999), by: "alice")
    #expect(refusal == .releaseExists(.named("laion@1"), at: 8))
    #expect(refusal?.clash == 8)
    #expect(
      try ledger.refusal(.release("coyo@1", columns: .laion), by: "alice")
        == .datasetUnknown(.named("coyo")))
    #expect(try ledger.refusal(.release("laion@2"), by: "alice") == nil)
  }

  @Test func `fixes the columns if it is the first, and only then`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.dataset(content: ["TEXT", "URL"]), by: "alice")
    func fixed(_ identity: [String], _ content: [String]) -> ColumnsFixed {
      ColumnsFixed(
        identity: identity.map { Column($0, .string) }, content: content.map { Column($0, .string) }
      )
    }
    func refusal(_ columns: ColumnsFixed?) throws -> Refusal? {
      try ledger.refusal(.release("laion@1", columns: columns), by: "alice")
    }
    let laion = Name.named("laion")
    #expect(try refusal(nil) == .columnsMissing(laion))
    #expect(try refusal(fixed(["KEY"], ["TEXT", "URL"])) == .columnsDiffer(laion))
    #expect(try refusal(fixed(["URL", "TEXT"], ["TEXT", "URL"])) == .columnsDiffer(laion))
    #expect(try refusal(fixed(["URL"], ["URL"])) == .columnsDiffer(laion))
    #expect(try refusal(fixed(["URL"], ["TEXT", "URL", "md5"])) == .columnsDiffer(laion))
    #expect(try refusal(fixed(["URL"], ["TEXT", "URL"])) == nil)
    try ledger.admit(
      .release("laion@1", columns: fixed(["URL"], ["TEXT", "URL"])), by: "alice")
    #expect(
      try ledger.refusal(
        .release("laion@2", columns: fixed(["URL"], ["TEXT", "URL"])), by: "alice")
        == .columnsFixedAlready(laion))
  }

  @Test func `names columns by their bytes`() throws {
    var ledger = try TestLedger()
    try ledger.admit(.dataset(identity: ["caf\u{e9}"]), by: "alice")
    let other = Column("cafe\u{301}", .string)
    #expect(
      try ledger.refusal(
        .release("laion@1", columns: ColumnsFixed(identity: [other], content: [other])),
        by: "alice") == .columnsDiffer(.named("laion")))
  }
}

@Suite struct `A release with a parent` {
  let ledger: TestLedger
  init() throws { ledger = try Findings().ledger }

  func refusal(keys: UInt64, rows: UInt64, _ derivation: Derivation) throws -> Refusal? {
    try ledger.refusal(
      .release("laion@2", keys: keys, rows: rows, derivation: derivation), by: "alice")
  }

  @Test func `has a parent that is there`() throws {
    #expect(
      try refusal(keys: 990, rows: 1000, .from("laion@7")) == .releaseUnknown(.named("laion@7")))
    #expect(
      try refusal(keys: 990, rows: 1000, .from("laion@2")) == .releaseUnknown(.named("laion@2")))
  }

  @Test func `adds up in rows and in keys`() throws {
    let derivation = Derivation.from(
      "laion@1", removed: Tally(keys: 90, rows: 95), added: Tally(keys: 7, rows: 9),
      changed: ChangedTally(keys: 2, rowsBefore: 3, rowsAfter: 5))
    let release = VersionedName.named("laion@2")
    #expect(try refusal(keys: 907, rows: 916, derivation) == nil)
    #expect(try refusal(keys: 907, rows: 917, derivation) == .rowsDoNotAddUp(release, gap: 1))
    #expect(try refusal(keys: 907, rows: 915, derivation) == .rowsDoNotAddUp(release, gap: -1))
    #expect(try refusal(keys: 908, rows: 916, derivation) == .keysDoNotAddUp(release))
    #expect(try refusal(keys: 906, rows: 916, derivation) == .keysDoNotAddUp(release))
  }

  @Test func `removes and changes only what the parent had`() throws {
    let refused = Refusal.transitionImpossible(.named("laion@2"))
    // More removed than there was, made up for by what was added.
    #expect(
      try refusal(
        keys: 990, rows: 1000,
        .from("laion@1", removed: Tally(keys: 10, rows: 1001), added: Tally(keys: 10, rows: 1001)))
        == refused)
    #expect(
      try refusal(
        keys: 990, rows: 1000,
        .from("laion@1", removed: Tally(keys: 991, rows: 991), added: Tally(keys: 991, rows: 991)))
        == refused)
    #expect(
      try refusal(
        keys: 990, rows: 1000,
        .from("laion@1", changed: ChangedTally(keys: 991, rowsBefore: 1000, rowsAfter: 1000)))
        == refused)
    // The 980 keys that stay have 979 rows.
    #expect(throws: SigningFailure.unreadable(.field(.outOfRange("statement.predicate.tally")))) {
      try refusal(keys: 980, rows: 979, .from("laion@1", removed: Tally(keys: 10, rows: 21)))
    }
    // All keys are gone, and rows are left.
    #expect(
      try refusal(
        keys: 1, rows: 11,
        .from(
          "laion@1", removed: Tally(keys: 990, rows: 990), added: Tally(keys: 1, rows: 1)))
        == refused)
    #expect(
      try refusal(
        keys: 0, rows: 0, .from("laion@1", removed: Tally(keys: 990, rows: 1000))) == nil)
  }

  @Test func `may have counts up to 2^53 − 1 without a trap`() throws {
    let most: UInt64 = 9_007_199_254_740_991
    var ledger = try TestLedger(charter: .initial.with(allowsUnreconciled: true))
    try ledger.admit(.dataset(), by: "alice")
    try ledger.admit(.release("laion@1", keys: most, rows: most, columns: .laion), by: "alice")
    let huge = Tally(keys: most, rows: most)
    for rows in [0, 1, most] {
      for gap in [Int64(most), -Int64(most), 1] {
        let derivation = Derivation.from(
          "laion@1", removed: huge, added: huge,
          changed: ChangedTally(keys: most, rowsBefore: most, rowsAfter: most),
          unreconciled: Unreconciled(gap: gap, explanation: .of("why")))
        #expect(
          try ledger.refusal(
            .release("laion@2", keys: rows, rows: rows, derivation: derivation), by: "alice") != nil
        )
      }
    }
    #expect(
      try ledger.refusal(
        .release(
          "laion@2", keys: most, rows: most,
          derivation: .from("laion@1", removed: huge, added: huge)), by: "alice") == nil)
  }

  @Test func `states a gap only with the charter's leave, and the right one`() throws {
    let gap = Unreconciled(gap: -3, explanation: .of("why"))
    let derivation = Derivation.from(
      "laion@1", removed: Tally(keys: 10, rows: 10), unreconciled: gap)
    func body(_ rows: UInt64, _ derivation: Derivation) -> Body {
      .release("laion@2", keys: 980, rows: rows, derivation: derivation)
    }
    #expect(try ledger.refusal(body(987, derivation), by: "alice") == .unreconciledForbidden)
    let open = try Findings(charter: .initial.with(allowsUnreconciled: true)).ledger
    #expect(try open.refusal(body(987, derivation), by: "alice") == nil)
    #expect(try open.refusal(body(990, derivation), by: "alice") == .unreconciledWithoutGap)
    #expect(try open.refusal(body(986, derivation), by: "alice") == .unreconciledWithoutGap)
    #expect(
      try open.refusal(
        body(987, .from("laion@1", removed: Tally(keys: 10, rows: 10))), by: "alice")
        == .rowsDoNotAddUp(.named("laion@2"), gap: -3))
  }
}
