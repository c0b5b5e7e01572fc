import Provenance
import TestSupport
import Testing

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
      #expect(refusal == .sealedBelowDilution)
    }
  }

  /// Its root tests each guess that the list would leave.
  @Test func `is none beside a release that lost rows, listed or not`() throws {
    for first in [ReasonClass.illegal, .privacy] {
      var (findings, removals) = try Self.removed([first], minimum: 2)
      let union = try findings.ledger.admit(
        .union("laion@1", of: [(removals[0], Self.tally)], keys: 20, rows: 20), by: "alice")
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 970, rows: 980, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: Self.tally, removals: removals, union: union, disclosure: .sealed)),
        by: "alice")
      removals.append(try findings.decide(first == .illegal ? .privacy : .illegal, Self.tally))
      let mixed = Tally(keys: 40, rows: 40)
      let all = try findings.ledger.admit(
        .union("laion@1", of: removals.map { ($0, Self.tally) }, keys: 40, rows: 40), by: "alice")
      let refusal = try findings.ledger.refusal(
        .release(
          "laion@3", keys: 950, rows: 960, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: mixed, removals: removals, union: all, disclosure: .open)),
        by: "alice")
      #expect(refusal == .sealedBelowDilution)
    }
  }

  @Test func `is kept by those who left to hide others`() throws {
    for reason in [ReasonClass.decoy, .privacy] {
      var findings = try Findings()
      let removal = try findings.decide(reason, Self.tally)
      let refusal = try findings.ledger.refusal(
        .reinstatement("laion@1", of: [removal], grounds: [removal], keys: 1, rows: 1),
        by: "alice")
      #expect((refusal == .decoysStay(removal)) == (reason == .decoy))
    }
  }

  /// What came since may have hidden others on the list.
  @Test func `is not seen through by an open list of what came after it`() throws {
    for reason in [ReasonClass.illegal, .rights] {
      var (findings, removals) = try Self.removed([reason, .privacy], minimum: 2)
      let mixed = Tally(keys: 40, rows: 40)
      let union = try findings.ledger.admit(
        .union("laion@1", of: removals.map { ($0, Self.tally) }, keys: 40, rows: 40), by: "alice")
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 950, rows: 960, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: mixed, removals: removals, union: union, disclosure: .open)),
        by: "alice")
      removals = []
      func refusal(_ added: Tally, _ disclosure: Disclosure) throws -> Refusal? {
        try findings.ledger.refusal(
          .release(
            "laion@3", keys: 950 + added.keys, rows: 960 + added.rows, manifest: .sealed,
            derivation: .from("laion@2", added: added, disclosure: disclosure)), by: "alice")
      }
      let few = Tally(keys: 3, rows: 3)
      #expect(try refusal(few, .open) == (reason == .illegal ? .sealedBelowDilution : nil))
      #expect(try refusal(few, .sealed) == nil)
      #expect(try refusal(Tally(keys: 0, rows: 0), .open) == nil)
    }
  }

  /// Otherwise the seal would say which rows it is about.
  @Test func `is none of other rows beside a release that has such rows to lose`() throws {
    for reason in [ReasonClass.illegal, .safety] {
      var findings = try Findings(charter: .initial.with(minimumDilution: 2))
      _ = try findings.decide(reason, Self.tally)
      try findings.ledger.admit(
        .release("laion@7", keys: 990, rows: 1000, manifest: .sealed), by: "alice")
      let match = try findings.ledger.admit(
        .match("laion@7", list: findings.list, keys: 3, rows: 3), by: "carol")
      let three = Tally(keys: 3, rows: 3)
      let found = try findings.ledger.admit(
        .union("laion@7", of: [(match, three)], keys: 3, rows: 3), by: "carol")
      let removal = try findings.ledger.admit(
        .removal("laion@7", union: found, keys: 3, rows: 3, reason: .privacy), by: "alice")
      let all = try findings.ledger.admit(
        .union("laion@7", of: [(removal, three)], keys: 3, rows: 3), by: "alice")
      let refusal = try findings.ledger.refusal(
        .release(
          "laion@8", keys: 987, rows: 997, manifest: .sealed,
          derivation: .from(
            "laion@7", removed: three, removals: [removal], union: all, disclosure: .open)),
        by: "alice")
      #expect(refusal == (reason == .illegal ? .sealedBelowDilution : nil))
    }
  }

  /// A key that had one row then may have got others, and stands out among those of one.
  @Test func `is of keys that have one row still where they were decided on before`() throws {
    for rows in [40, 41] as [UInt64] {
      var findings = try Findings(charter: .initial.with(minimumDilution: 2))
      let illegal = try findings.decide(.illegal, Self.tally)
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 990, rows: 1001, manifest: .sealed,
          derivation: .from(
            "laion@1", changed: ChangedTally(keys: 1, rowsBefore: 1, rowsAfter: 2),
            disclosure: .sealed)), by: "alice")
      let match = try findings.ledger.admit(
        .match("laion@2", list: findings.list, keys: 20, rows: 20, scanned: 1001), by: "carol")
      let found = try findings.ledger.admit(
        .union("laion@2", of: [(match, Self.tally)], keys: 20, rows: 20), by: "carol")
      let other = try findings.ledger.admit(
        .removal("laion@2", union: found, keys: 20, rows: 20, reason: .privacy), by: "alice")
      let removals = [illegal, other]
      let all = try findings.ledger.admit(
        .union("laion@2", of: removals.map { ($0, Self.tally) }, keys: 40, rows: rows),
        by: "alice")
      let refusal = try findings.ledger.refusal(
        .release(
          "laion@3", keys: 950, rows: 1001 - rows, manifest: .sealed,
          derivation: .from(
            "laion@2", removed: Tally(keys: 40, rows: rows), removals: removals, union: all,
            disclosure: .open)), by: "alice")
      #expect(refusal == (rows == 40 ? nil : .sealedBelowDilution))
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
