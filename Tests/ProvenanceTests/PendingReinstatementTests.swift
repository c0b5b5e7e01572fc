import Provenance
import TestSupport
import Testing

@Suite struct `A reinstatement before the clean` {
  var test: Removed
  let reinstatement: EventID

  init() throws {
    test = try Removed(isApplied: false)
    let ground = try test.resolve(test.first)
    reinstatement = try test.findings.ledger.admit(
      .reinstatement("laion@1", of: [test.first], grounds: [ground], keys: 4, rows: 4),
      by: "alice")
  }

  func body(
    _ removed: Tally, added: Tally = Tally(keys: 0, rows: 0), removals: [EventID]? = nil
  ) -> Body {
    .release(
      "laion@2", keys: 990 - removed.keys + added.keys, rows: 1000 - removed.rows + added.rows,
      manifest: .sealed,
      derivation: .from(
        "laion@1", removed: removed, added: added, removals: removals ?? [test.first, test.second],
        reinstatements: [reinstatement]))
  }

  @Test func `lets stay what it takes back, and no more`() throws {
    #expect(try test.refusal(body(Tally(keys: 21, rows: 23))) == nil)
    for (keys, rows) in [(20, 23), (21, 22), (20, 22)] as [(UInt64, UInt64)] {
      #expect(
        try test.refusal(body(Tally(keys: keys, rows: rows))) == .sumsDiffer(.named("laion@2")))
    }
    #expect(
      try test.refusal(body(Tally(keys: 21, rows: 23), removals: [test.second]))
        == .decisionLeftOut(test.first, .named("laion@1")))
  }

  @Test func `adds nothing without taking it as well`() throws {
    #expect(
      try test.refusal(body(Tally(keys: 21, rows: 23), added: Tally(keys: 4, rows: 4)))
        == .sumsDiffer(.named("laion@2")))
    #expect(
      try test.refusal(body(Tally(keys: 25, rows: 27), added: Tally(keys: 5, rows: 5)))
        == .reinstatementDiffers(.named("laion@2")))
  }

  @Test func `is never applied before the removals that it names`() throws {
    var findings = try Findings()
    try findings.ledger.enrol("wendy", .watchdog)
    let one = Tally(keys: 1, rows: 1)
    var removals: [EventID] = []
    for _ in 0..<257 { removals.append(try findings.decide(.privacy, one)) }
    let dispute = try findings.ledger.admit(.dispute(removals[256]), by: "wendy")
    let ground = try findings.ledger.admit(.resolution(dispute), by: "alice")
    let back = try findings.ledger.admit(
      .reinstatement("laion@1", of: [removals[256]], grounds: [ground], keys: 1, rows: 1),
      by: "alice")
    let catalog = findings.ledger.state.catalog
    #expect(catalog.next(for: .named("laion@1")).map(\.event) == Array(removals.prefix(256)))
    try findings.ledger.admit(
      .release(
        "laion@2", keys: 734, rows: 744, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Tally(keys: 256, rows: 256), removals: Array(removals.prefix(256)))),
      by: "alice")
    #expect(
      findings.ledger.state.catalog.next(for: .named("laion@2")).map(\.event)
        == [removals[256], back])
  }
}

@Suite struct `A residue` {
  @Test func `is of a removal that was applied`() throws {
    let applied = try Removed(isApplied: true)
    try #require(
      applied.refusal(.residue("laion@2", removal: applied.first)) == nil)
    #expect(try applied.refusal(.residue("laion@2")) == nil)
    #expect(
      try applied.refusal(.residue("laion@1", removal: applied.first))
        == .notApplied(applied.first, .named("laion@1")))
    #expect(
      try applied.refusal(.residue("laion@2", removal: applied.findings.first))
        == .wrongReference(applied.findings.first, expected: "a removal"))
    #expect(
      try applied.refusal(.residue("laion@7")) == .releaseUnknown(.named("laion@7")))
  }
}
