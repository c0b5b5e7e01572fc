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
