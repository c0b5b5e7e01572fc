import Provenance
import TestSupport
import Testing

@Suite struct `A release after a reinstatement` {
  var test: Removed
  let reinstatement: EventID
  let union: EventID

  init() throws {
    test = try Removed(isApplied: true)
    let ground = try test.resolve(test.first)
    reinstatement = try test.findings.ledger.admit(
      .reinstatement("laion@2", of: [test.first], grounds: [ground], keys: 2, rows: 5),
      by: "alice")
    union = try test.findings.ledger.admit(
      .union("laion@2", of: [], keys: 0, rows: 0, minus: [reinstatement]), by: "alice")
  }

  func body(
    keys: UInt64 = 968, rows: UInt64 = 979, added: Tally = Tally(keys: 2, rows: 5),
    held: UInt64 = 0, reinstatements: [EventID]? = nil, union: EventID? = nil,
    disclosure: Disclosure = .sealed
  ) -> Body {
    .release(
      "laion@3", keys: keys, rows: rows, manifest: disclosure,
      derivation: .from(
        "laion@2", added: added, reinstatements: reinstatements ?? [reinstatement],
        union: union ?? self.union, heldKeys: held, disclosure: disclosure))
  }

  @Test func `adds exactly what was reinstated, with all its rows`() throws {
    #expect(try test.refusal(body()) == nil)
    let differs = Refusal.reinstatementDiffers(.named("laion@3"))
    #expect(try test.refusal(body(rows: 978, added: Tally(keys: 2, rows: 4))) == differs)
    #expect(try test.refusal(body(rows: 980, added: Tally(keys: 2, rows: 6))) == differs)
    #expect(
      try test.refusal(body(keys: 967, rows: 978, added: Tally(keys: 1, rows: 4))) == differs)
    #expect(
      try test.refusal(body(keys: 969, rows: 979, added: Tally(keys: 3, rows: 5))) == differs)
    #expect(try test.refusal(body(held: 1)) == differs)
    #expect(try test.refusal(body(held: 9_007_199_254_740_991)) == differs)
    // A key of it that another removal still holds.
    #expect(
      try test.refusal(body(keys: 967, rows: 976, added: Tally(keys: 1, rows: 2), held: 1)) == nil)
    #expect(
      try test.refusal(body(keys: 966, rows: 974, added: Tally(keys: 0, rows: 0), held: 2)) == nil)
    #expect(
      try test.refusal(body(keys: 966, rows: 974, added: Tally(keys: 0, rows: 0), held: 1))
        == differs)
  }

  @Test func `applies a reinstatement once, and leaves none out`() throws {
    var ledger = test.findings.ledger
    #expect(
      ledger.state.catalog.pendingReinstatements(for: .named("laion@2")).map(\.event)
        == [reinstatement])
    try ledger.admit(body(), by: "alice")
    #expect(ledger.state.catalog.pendingReinstatements(for: .named("laion@3")).isEmpty)
    let again = try ledger.admit(
      .union("laion@3", of: [], keys: 0, rows: 0, minus: [reinstatement]), by: "alice")
    #expect(
      try ledger.refusal(
        .release(
          "laion@4", keys: 970, rows: 984, manifest: .sealed,
          derivation: .from(
            "laion@3", added: Tally(keys: 2, rows: 5), reinstatements: [reinstatement],
            union: again)), by: "alice") == .notPending(reinstatement, .named("laion@3")))
    // Decided while the clean was running.
    var late = test
    let ground = try late.resolve(late.second)
    let second = try late.findings.ledger.admit(
      .reinstatement("laion@2", of: [late.second], grounds: [ground], keys: 1, rows: 1),
      by: "alice")
    #expect(try late.refusal(body()) == .reinstatementLeftOut(second, .named("laion@2")))
  }

  @Test func `names the union of what it applies`() throws {
    #expect(
      try test.refusal(body(union: test.union)) == .unionDiffers(test.union))
    #expect(
      try test.refusal(body(reinstatements: [test.first]))
        == .notPending(test.first, .named("laion@2")))
    for id in [test.first, EventID(.of("absent"))] {
      #expect(
        try test.refusal(.union("laion@2", of: [], keys: 0, rows: 0, minus: [id]))
          == .wrongReference(id, expected: "a reinstatement of this dataset"))
    }
    #expect(
      try test.refusal(.union("laion@2", of: [], keys: 1, rows: 1, minus: [reinstatement]))
        == .unionImpossible)
    try #require(
      test.findings.ledger.refusal(
        .removal("laion@2", union: union, keys: 0, rows: 0), by: "alice")
        == .wrongReference(union, expected: "a union of matches on laion@2"))
  }

  @Test func `of rows that were said to be illegal stays sealed`() throws {
    #expect(try test.refusal(body(disclosure: .open)) == .sealedBelowDilution)
  }

  @Test func `is removed again only by another decision, which a running clean then lacks`() throws
  {
    var test = test
    let match = try test.findings.ledger.admit(
      .match("laion@2", list: test.findings.list, keys: 3, rows: 3, scanned: 974), by: "carol")
    let found = try test.findings.ledger.admit(
      .union("laion@2", of: [(match, Tally(keys: 3, rows: 3))], keys: 3, rows: 3), by: "carol")
    let third = try test.findings.ledger.admit(
      .removal("laion@2", union: found, keys: 3, rows: 3, reason: .privacy), by: "alice")
    #expect(try test.refusal(body()) == .removalLeftOut(third, .named("laion@2")))
    let both = try test.findings.ledger.admit(
      .union(
        "laion@2", of: [(third, Tally(keys: 3, rows: 3))], keys: 3, rows: 3,
        minus: [reinstatement]), by: "alice")
    #expect(
      try test.refusal(
        .release(
          "laion@3", keys: 965, rows: 976, manifest: .sealed,
          derivation: .from(
            "laion@2", removed: Tally(keys: 3, rows: 3), added: Tally(keys: 2, rows: 5),
            removals: [third], reinstatements: [reinstatement], union: both))) == nil)
  }
}
