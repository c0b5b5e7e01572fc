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
