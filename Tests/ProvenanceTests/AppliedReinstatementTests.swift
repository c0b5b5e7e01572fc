import Provenance
import TestSupport
import Testing

@Suite struct `A release after a reinstatement` {
  var test: Removed
  let reinstatement: EventID

  init() throws {
    test = try Removed(isApplied: true)
    let ground = try test.resolve(test.first)
    reinstatement = try test.findings.ledger.admit(
      .reinstatement("laion@2", of: [test.first], grounds: [ground], keys: 2, rows: 5),
      by: "alice")
  }

  func body(
    _ added: Tally = Tally(keys: 2, rows: 5), removed: Tally = Tally(keys: 0, rows: 0),
    removals: [EventID] = [], reinstatements: [EventID]? = nil
  ) -> Body {
    .release(
      "laion@3", keys: 965 + added.keys - removed.keys, rows: 973 + added.rows - removed.rows,
      manifest: .sealed,
      derivation: .from(
        "laion@2", removed: removed, added: added, removals: removals,
        reinstatements: reinstatements ?? [reinstatement]))
  }

  @Test func `adds what was reinstated, and no more`() throws {
    #expect(try test.refusal(body()) == nil)
    let differs = Refusal.reinstatementDiffers(.named("laion@3"))
    #expect(try test.refusal(body(Tally(keys: 2, rows: 6))) == differs)
    #expect(try test.refusal(body(Tally(keys: 3, rows: 5))) == differs)
    // Nothing else brought a key of it back, or held it.
    for added in [Tally(keys: 1, rows: 2), Tally(keys: 2, rows: 4), Tally(keys: 0, rows: 0)] {
      #expect(try test.refusal(body(added)) == differs)
    }
    #expect(
      try test.refusal(body(removed: Tally(keys: 1, rows: 1))) == .sumsDiffer(.named("laion@3")))
  }

  @Test func `applies a reinstatement once, and leaves none out`() throws {
    var ledger = test.findings.ledger
    #expect(
      ledger.state.catalog.pending(for: .named("laion@2")).map(\.event) == [reinstatement])
    try ledger.admit(body(), by: "alice")
    #expect(ledger.state.catalog.pending(for: .named("laion@3")).isEmpty)
    #expect(
      try ledger.refusal(
        .release(
          "laion@4", keys: 969, rows: 983, manifest: .sealed,
          derivation: .from(
            "laion@3", added: Tally(keys: 2, rows: 5), reinstatements: [reinstatement])),
        by: "alice") == .notPending(reinstatement, .named("laion@3")))
    // Decided while the clean was running.
    var late = test
    let ground = try late.resolve(late.second)
    let second = try late.findings.ledger.admit(
      .reinstatement("laion@2", of: [late.second], grounds: [ground], keys: 1, rows: 1),
      by: "alice")
    #expect(try late.refusal(body()) == .decisionLeftOut(second, .named("laion@2")))
  }

  @Test func `takes its rows again only by another decision, which a running clean then lacks`()
    throws
  {
    var test = test
    let tally = Tally(keys: 3, rows: 3)
    let third = try test.findings.decide(.privacy, tally, on: "laion@1")
    #expect(try test.refusal(body()) == .decisionLeftOut(third, .named("laion@2")))
    #expect(try test.refusal(body(removed: tally, removals: [third])) == nil)
    // Or else what comes back stays away.
    #expect(
      try test.refusal(body(Tally(keys: 0, rows: 0), removed: tally, removals: [third])) == nil)
    // The release itself lacks what is to come back, so that nobody can have decided on that there.
    var here = self.test
    let fourth = try here.findings.decide(.privacy, tally, on: "laion@2")
    #expect(try here.refusal(body(removed: tally, removals: [fourth])) == nil)
    #expect(
      try here.refusal(body(Tally(keys: 0, rows: 0), removed: tally, removals: [fourth]))
        == .reinstatementDiffers(.named("laion@3")))
    #expect(
      try test.refusal(body(removed: Tally(keys: 2, rows: 2), removals: [third]))
        == .sumsDiffer(.named("laion@3")))
  }

  @Test func `of class illegal takes no less than it does not bring back`() throws {
    var test = test
    let tally = Tally(keys: 3, rows: 6)
    let third = try test.findings.decide(.illegal, tally, on: "laion@1")
    for (removed, added, isSum) in [
      (tally, Tally(keys: 2, rows: 5), true),
      (Tally(keys: 2, rows: 5), Tally(keys: 2, rows: 5), false),
      // A key of it, which had two rows, is one that was to come back.
      (Tally(keys: 2, rows: 4), Tally(keys: 1, rows: 3), true),
      (Tally(keys: 2, rows: 3), Tally(keys: 1, rows: 3), false),
      (Tally(keys: 1, rows: 4), Tally(keys: 1, rows: 3), false),
    ] {
      #expect(
        try test.refusal(body(added, removed: removed, removals: [third]))
          == (isSum ? nil : .sumsDiffer(.named("laion@3"))))
    }
  }

  @Test func `keeps nothing of class illegal by what is reinstated besides`() throws {
    var test = test
    let third = try test.findings.decide(.illegal, Tally(keys: 5, rows: 9), on: "laion@2")
    // As many stay as were to come back.
    #expect(
      try test.refusal(
        body(Tally(keys: 0, rows: 0), removed: Tally(keys: 3, rows: 4), removals: [third]))
        == .reinstatementDiffers(.named("laion@3")))
    #expect(
      try test.refusal(body(removed: Tally(keys: 5, rows: 9), removals: [third])) == nil)
  }
}
