import Provenance
import TestSupport
import Testing

@Suite struct `A cleaned release` {
  var findings: Findings
  let removal: EventID

  init() throws {
    findings = try Findings()
    removal = try findings.remove()
  }

  func body(
    _ release: String = "laion@2", parent: String = "laion@1", keys: UInt64 = 970,
    rows: UInt64 = 978, removed: Tally = Tally(keys: 20, rows: 22),
    added: Tally = Tally(keys: 0, rows: 0),
    changed: ChangedTally = ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
    removals: [EventID]? = nil, reinstatements: [EventID] = []
  ) -> Body {
    .release(
      release, keys: keys, rows: rows, manifest: .sealed,
      derivation: .from(
        parent, removed: removed, added: added, changed: changed,
        removals: removals ?? [removal], reinstatements: reinstatements))
  }

  func refusal(_ body: Body) throws -> Refusal? { try findings.ledger.refusal(body, by: "alice") }

  @Test func `applies what is pending, once`() throws {
    #expect(try refusal(body()) == nil)
    var ledger = findings.ledger
    try ledger.admit(body(), by: "alice")
    #expect(ledger.state.catalog.pending(for: .named("laion@2")) == [])
    #expect(ledger.state.catalog.pending(for: .named("laion@1")).map(\.event) == [removal])
    #expect(
      try ledger.refusal(
        body("laion@3", parent: "laion@2", keys: 950, rows: 956), by: "alice")
        == .notPending(removal, .named("laion@2")))
    // The parent itself may be cleaned again, under another version.
    #expect(try ledger.refusal(body("laion@3"), by: "alice") == nil)
  }

  @Test func `names nothing but decisions of its own line, each in its list`() throws {
    for id in [findings.first, findings.release, EventID(.of("absent"))] {
      #expect(try refusal(body(removals: [id])) == .notPending(id, .named("laion@1")))
      #expect(try refusal(body(reinstatements: [id])) == .notPending(id, .named("laion@1")))
    }
    for removals in [[], [removal]] {
      #expect(
        try refusal(body(removals: removals, reinstatements: [removal]))
          == .notPending(removal, .named("laion@1")))
    }
    var other = findings
    try other.ledger.admit(.release("laion@1b", manifest: .sealed), by: "alice")
    let elsewhere = try other.decide(.illegal, other.firstTally, on: "laion@1b")
    #expect(
      try other.ledger.refusal(body(removals: [elsewhere]), by: "alice")
        == .notPending(elsewhere, .named("laion@1")))
  }

  @Test func `leaves no pending removal out`() throws {
    var test = self
    let second = try test.findings.remove(.privacy)
    #expect(try test.refusal(body()) == .decisionLeftOut(second, .named("laion@1")))
    #expect(
      try test.refusal(body(removals: [second])) == .decisionLeftOut(removal, .named("laion@1")))
    #expect(
      try test.refusal(
        body(keys: 950, rows: 956, removed: Tally(keys: 40, rows: 44), removals: [removal, second]))
        == nil)
  }

  @Test func `takes over the removals of its ancestors`() throws {
    var ledger = findings.ledger
    try ledger.admit(
      .release("laion@1.1", manifest: .sealed, derivation: .from("laion@1")), by: "alice")
    #expect(try ledger.refusal(body(parent: "laion@1.1"), by: "alice") == nil)
  }

  @Test func `of class illegal takes exactly what its removals add up to`() throws {
    let differs = Refusal.sumsDiffer(.named("laion@2"))
    for (keys, rows) in [(19, 21), (21, 23), (19, 22), (20, 21), (20, 23), (0, 0)]
      as [(UInt64, UInt64)]
    {
      let removed = Tally(keys: keys, rows: rows)
      #expect(
        try refusal(body(keys: 990 - keys, rows: 1000 - rows, removed: removed)) == differs)
    }
    // What it shares with another counts twice: others stand in.
    var test = self
    let second = try test.findings.remove(.privacy)
    for (keys, rows) in [(20, 22), (39, 43), (41, 45), (40, 43)] as [(UInt64, UInt64)] {
      #expect(
        try test.refusal(
          body(
            keys: 990 - keys, rows: 1000 - rows, removed: Tally(keys: keys, rows: rows),
            removals: [removal, second])) == differs)
    }
  }

  @Test func `of other classes takes what its removals share once`() throws {
    var findings = try Findings()
    let removals = [try findings.remove(.privacy), try findings.remove(.consent)]
    func refusal(_ keys: UInt64, _ rows: UInt64) throws -> Refusal? {
      try findings.ledger.refusal(
        body(
          keys: 990 - keys, rows: 1000 - rows, removed: Tally(keys: keys, rows: rows),
          removals: removals), by: "alice")
    }
    #expect(try refusal(20, 22) == nil)
    #expect(try refusal(40, 44) == nil)
    for (keys, rows) in [(19, 22), (20, 21), (41, 45), (40, 45)] as [(UInt64, UInt64)] {
      #expect(try refusal(keys, rows) == .sumsDiffer(.named("laion@2")))
    }
  }

  @Test func `takes decoys with the removal that drew them`() throws {
    var findings = try Findings()
    let removal = try findings.decide(
      .illegal, Tally(keys: 20, rows: 22), decoys: Tally(keys: 60, rows: 66))
    func refusal(_ keys: UInt64, _ rows: UInt64) throws -> Refusal? {
      try findings.ledger.refusal(
        body(
          keys: 990 - keys, rows: 1000 - rows, removed: Tally(keys: keys, rows: rows),
          removals: [removal]), by: "alice")
    }
    #expect(try refusal(80, 88) == nil)
    #expect(try refusal(20, 22) == .sumsDiffer(.named("laion@2")))
    #expect(try refusal(80, 87) == .sumsDiffer(.named("laion@2")))
  }

  @Test func `binds no rows where a release published by hand changed or added some since`()
    throws
  {
    let none = Tally(keys: 0, rows: 0)
    let one = Tally(keys: 1, rows: 1)
    for (changed, added, removed, isBound) in [
      (1, none, none, false), (0, one, none, false), (0, none, none, true), (0, none, one, true),
    ] as [(UInt64, Tally, Tally, Bool)] {
      var ledger = findings.ledger
      let tally = Tally(
        keys: 990 + added.keys - removed.keys, rows: 1000 + changed + added.rows - removed.rows)
      try ledger.admit(
        .release(
          "laion@1.1", keys: tally.keys, rows: tally.rows, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: removed, added: added,
            changed: ChangedTally(
              keys: changed, rowsBefore: changed, rowsAfter: 2 * changed))), by: "alice")
      let differs = Refusal.sumsDiffer(.named("laion@2"))
      func refusal(_ keys: UInt64, _ rows: UInt64) throws -> Refusal? {
        try ledger.refusal(
          body(
            parent: "laion@1.1", keys: tally.keys - keys, rows: tally.rows - rows,
            removed: Tally(keys: keys, rows: rows)), by: "alice")
      }
      #expect(try refusal(20, 22) == nil)
      #expect(try refusal(20, 23) == (isBound ? differs : nil))
      #expect(try refusal(19, 22) == differs)
    }
  }

  @Test func `adds and changes nothing`() throws {
    #expect(
      try refusal(body(keys: 971, rows: 979, added: Tally(keys: 1, rows: 1)))
        == .reinstatementDiffers(.named("laion@2")))
    #expect(
      try refusal(body(rows: 979, changed: ChangedTally(keys: 1, rowsBefore: 1, rowsAfter: 2)))
        == .additionsWithoutReinstatement)
  }

  @Test func `adds up like any other`() throws {
    #expect(try refusal(body(rows: 979)) == .rowsDoNotAddUp(.named("laion@2"), gap: 1))
    #expect(try refusal(body(keys: 969)) == .keysDoNotAddUp(.named("laion@2")))
  }

  @Test func `applies the first 256 removals of the log, and the next one the others`() throws {
    var findings = try Findings()
    let one = Tally(keys: 1, rows: 1)
    var removals: [EventID] = []
    for _ in 0..<258 { removals.append(try findings.decide(.privacy, one)) }
    func refusal(_ named: some Collection<EventID>) throws -> Refusal? {
      let count = UInt64(named.count)
      return try findings.ledger.refusal(
        body(
          keys: 990 - count, rows: 1000 - count, removed: Tally(keys: count, rows: count),
          removals: Array(named)), by: "alice")
    }
    let first = removals.prefix(256)
    #expect(try refusal(first) == nil)
    #expect(try refusal(first.dropLast()) == .decisionLeftOut(first[255], .named("laion@1")))
    #expect(try refusal(removals[1..<257]) == .notPending(removals[256], .named("laion@1")))
    var ledger = findings.ledger
    try ledger.admit(
      body(
        keys: 734, rows: 744, removed: Tally(keys: 256, rows: 256), removals: Array(first)),
      by: "alice")
    #expect(
      ledger.state.catalog.next(for: .named("laion@2")).map(\.event) == Array(removals.suffix(2)))
  }
}
