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

  func union(keys: UInt64, rows: UInt64, minus: [EventID]? = nil) -> Body {
    .union(
      "laion@1", of: test.sources, keys: keys, rows: rows, minus: minus ?? [reinstatement])
  }

  @Test func `leaves fewer keys in the union, by as many as it takes back at the most`() throws {
    #expect(try test.refusal(union(keys: 16, rows: 17)) == nil)
    #expect(try test.refusal(union(keys: 21, rows: 23)) == nil)
    #expect(try test.refusal(union(keys: 15, rows: 17)) == .unionImpossible)
    #expect(try test.refusal(union(keys: 22, rows: 24)) == .unionImpossible)
    #expect(try test.refusal(union(keys: 16, rows: 17, minus: [])) == .unionImpossible)
  }

  @Test func `adds nothing, for nothing was gone`() throws {
    var test = test
    let union = try test.findings.ledger.admit(union(keys: 19, rows: 20), by: "alice")
    func body(
      removals: [EventID]? = nil, added: Tally = Tally(keys: 0, rows: 0), held: UInt64 = 4,
      reinstatements: [EventID]? = nil
    ) -> Body {
      .release(
        "laion@2", keys: 971 + added.keys, rows: 980 + added.rows, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Tally(keys: 19, rows: 20), added: added,
          removals: removals ?? [test.first, test.second],
          reinstatements: reinstatements ?? [reinstatement], union: union, heldKeys: held))
    }
    #expect(try test.refusal(body()) == nil)
    #expect(
      try test.refusal(body(added: Tally(keys: 4, rows: 4), held: 0))
        == .reinstatementDiffers(.named("laion@2")))
    #expect(try test.refusal(body(held: 3)) == .reinstatementDiffers(.named("laion@2")))
    #expect(
      try test.refusal(body(removals: [test.second]))
        == .removalLeftOut(test.first, .named("laion@1")))
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
      try applied.refusal(.residue("laion@2", removal: applied.union))
        == .wrongReference(applied.union, expected: "a removal"))
    #expect(
      try applied.refusal(.residue("laion@7")) == .releaseUnknown(.named("laion@7")))
  }
}
