import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A verification` {
  let findings: Findings
  init() throws { findings = try Findings() }

  @Test func `is of a match, and of no more than it found`() throws {
    let ledger = findings.ledger
    #expect(try ledger.refusal(.verification(findings.first), by: "vera") == nil)
    let absent = EventID(.of("absent"))
    #expect(try ledger.refusal(.verification(absent), by: "vera") == .causeUnknown(absent))
    #expect(
      try ledger.refusal(.verification(findings.list), by: "vera")
        == .wrongReference(
          findings.list,
          expected: "a match, filter, removal or suspicion about a release, which can be verified"))
    for unit in CountUnit.allCases {
      let found: UInt64 = unit == .keys ? 20 : 22
      #expect(
        try ledger.refusal(.verification(findings.first, count: found, unit: unit), by: "vera")
          == nil)
      #expect(
        try ledger.refusal(.verification(findings.first, count: found + 1, unit: unit), by: "vera")
          == .moreThanFound(findings.first, found: found))
    }
  }

  /// Whether the last event is an external verification.
  func isExternal(_ ledger: TestLedger) throws -> Bool {
    let change = try #require(ledger.changes.last?.first { $0.table == .verification })
    return change.document["external"] == true
  }

  @Test func `of one thing by one actor adds up to no more than was found`() throws {
    var ledger = findings.ledger
    func refusal(
      _ count: UInt64, _ unit: CountUnit = .rows, _ outcome: Outcome = .confirmed,
      replacing: EventID? = nil, by actor: String = "vera"
    ) throws -> Refusal? {
      try ledger.refusal(
        .verification(findings.first, outcome, count: count, unit: unit, replacing: replacing),
        by: actor)
    }
    try ledger.enrol("ward", .verifier)
    let sequence = ledger.size
    let some = try ledger.admit(.verification(findings.first, count: 20), by: "vera")
    let together = Refusal.moreThanFoundTogether(
      findings.first, by: .named("vera"), at: sequence)
    for outcome in Outcome.allCases {
      #expect(try refusal(2, .rows, outcome) == nil)
      #expect(try refusal(3, .rows, outcome) == together)
    }
    #expect(together.clash == sequence)
    // Each key has a row of its own, and what a match counts otherwise it counts in rows.
    for unit in CountUnit.allCases {
      #expect(try refusal(2, unit) == nil)
      #expect(try refusal(3, unit) == together)
    }
    // Others have looked at the same rows, and the same actor at those of another match.
    #expect(try refusal(22, by: "ward") == nil)
    #expect(
      try ledger.refusal(.verification(findings.second, count: 5), by: "vera") == nil)
    try ledger.admit(.verification(findings.first, .inconclusive, count: 2), by: "vera")
    #expect(try refusal(0) == nil)
    #expect(
      try refusal(1)
        == .moreThanFoundTogether(findings.first, by: .named("vera"), at: sequence + 1))
    #expect(try refusal(20, replacing: some) == nil)
    #expect(
      try refusal(21, replacing: some)
        == .moreThanFoundTogether(findings.first, by: .named("vera"), at: sequence + 1))
    // Keys are counted against keys as well.
    #expect(try refusal(21, .keys, replacing: some) == .moreThanFound(findings.first, found: 20))
  }

  @Test func `that is imported is in the words of the one it is attributed to`() throws {
    var ledger = findings.ledger
    try ledger.enrol("ward", .verifier)
    let sequence = ledger.size
    let edit: (inout Header) -> Void = {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("alice")
    }
    try ledger.admit(.verification(findings.first), by: "vera", edit: edit)
    #expect(try ledger.refusal(.verification(findings.first), by: "vera") == nil)
    #expect(
      try ledger.refusal(.verification(findings.first, count: 1), by: "ward", edit: edit)
        == .moreThanFoundTogether(findings.first, by: .named("alice"), at: sequence))
  }

  @Test func `replaces one of the same thing by the same actor, once`() throws {
    var ledger = findings.ledger
    try ledger.enrol("ward", .verifier)
    let mine = try ledger.admit(.verification(findings.first), by: "vera")
    let other = try ledger.admit(.verification(findings.first), by: "ward")
    let elsewhere = try ledger.admit(.verification(findings.second, count: 1), by: "vera")
    func refusal(_ replaced: EventID, by actors: [String] = ["vera"]) throws -> Refusal? {
      try ledger.refusal(
        .verification(findings.first, count: 1, replacing: replaced),
        keys: actors.map { TestLedger.TestKeys[$0] })
    }
    let absent = EventID(.of("absent"))
    for (replaced, actors) in [
      (other, ["vera"]), (elsewhere, ["vera"]), (findings.first, ["vera"]), (absent, ["vera"]),
      (mine, ["ward"]), (mine, ["vera", "ward"]),
    ] {
      #expect(
        try refusal(replaced, by: actors)
          == .wrongReference(
            replaced,
            expected: "a verification of the same by the same actor that no other replaced"))
    }
    #expect(try refusal(mine) == nil)
    try ledger.admit(.verification(findings.first, count: 1, replacing: mine), by: "vera")
    #expect(try refusal(mine) != nil)
    let change = try #require(ledger.changes.last?.first { $0.table == .verification })
    #expect(change.document["replaced"] == .integer(Int64(ledger.size - 1)))
  }

  @Test func `is external by an actor other than the matcher, with a key of its own`() throws {
    var ledger = findings.ledger
    try ledger.admit(.verification(findings.first, count: 1), by: "vera")
    #expect(try isExternal(ledger))
    try ledger.admit(.roleGranted(.verifier, "carol", after: ledger.after), by: "alice")
    try ledger.admit(.verification(findings.first, count: 1), by: "carol")
    #expect(try !isExternal(ledger))
    try ledger.admit(.verification(findings.first, count: 1), by: "vera", "carol")
    #expect(try !isExternal(ledger))
    try ledger.enrol("ward", .verifier, custody: .administrator)
    try ledger.admit(.verification(findings.first), by: "ward")
    #expect(try !isExternal(ledger))
  }

  @Test func `that is imported, or of the one a match is attributed to, is internal`() throws {
    var ledger = findings.ledger
    try ledger.admit(.verification(findings.first), by: "vera") {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("alice")
    }
    #expect(try !isExternal(ledger))
    let imported = try ledger.admit(.match("laion@1", list: findings.list), by: "carol") {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named("vera")
    }
    try ledger.admit(.verification(imported), by: "vera")
    #expect(try !isExternal(ledger))
  }
}
