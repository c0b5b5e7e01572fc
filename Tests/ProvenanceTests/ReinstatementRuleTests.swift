import Provenance
import TestSupport
import Testing

/// Two removals of class illegal and privacy, both of the first match, and what can overturn them.
struct Removed {
  var findings: Findings
  let first: EventID
  let second: EventID

  init(isApplied: Bool) throws {
    findings = try Findings()
    try findings.ledger.enrol("wendy", .watchdog)
    first = try findings.remove()
    second = try findings.ledger.admit(
      .removal(
        "laion@1", of: [(findings.second, findings.secondTally)], keys: 5, rows: 5,
        reason: .privacy), by: "alice")
    if isApplied {
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 965, rows: 973, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: Tally(keys: 25, rows: 27), removals: [first, second])),
        by: "alice")
    }
  }

  /// Opens a dispute and resolves it.
  mutating func resolve(
    _ target: EventID, _ outcome: DisputeOutcome = .upheld
  ) throws -> EventID {
    let dispute = try findings.ledger.admit(.dispute(target), by: "wendy")
    return try findings.ledger.admit(
      .resolution(dispute, outcome), by: outcome == .withdrawn ? "wendy" : "alice")
  }

  func refusal(_ body: Body) throws -> Refusal? { try findings.ledger.refusal(body, by: "alice") }
}

@Suite struct `A reinstatement` {
  @Test func `needs a dispute resolved in favour`() throws {
    var test = try Removed(isApplied: true)
    func refusal(_ grounds: EventID...) throws -> Refusal? {
      try test.refusal(.reinstatement("laion@2", of: [test.first], grounds: grounds))
    }
    let expected = "a dispute resolved in favour or a verification with outcome false-positive"
    for outcome in DisputeOutcome.allCases {
      let ground = try test.resolve(test.first, outcome)
      let isGood = outcome == .upheld || outcome == .partly
      #expect(
        try refusal(ground) == (isGood ? nil : .wrongReference(ground, expected: expected)))
    }
    let open = try test.findings.ledger.admit(.dispute(test.first), by: "wendy")
    for id in [open, test.first, test.findings.release, test.findings.ledger.genesis] {
      #expect(try refusal(id) == .wrongReference(id, expected: expected))
    }
    let absent = EventID(.of("absent"))
    #expect(try refusal(absent) == .causeUnknown(absent))
    let elsewhere = try test.resolve(test.second)
    #expect(try refusal(elsewhere) == .groundElsewhere(elsewhere))
  }

  @Test func `or a verification that says false positive`() throws {
    var test = try Removed(isApplied: true)
    func refusal(_ ground: EventID, keys: UInt64 = 1, rows: UInt64 = 2) throws -> Refusal? {
      try test.refusal(
        .reinstatement("laion@2", of: [test.first], grounds: [ground], keys: keys, rows: rows))
    }
    let ledger = test.findings.ledger
    for outcome in Outcome.allCases {
      test.findings.ledger = ledger
      let ground = try test.findings.ledger.admit(
        .verification(test.findings.first, outcome, count: 3), by: "vera")
      guard outcome == .falsePositive else {
        #expect(try refusal(ground) != nil)
        continue
      }
      #expect(try refusal(ground) == nil)
      #expect(try refusal(ground, keys: 3, rows: 3) == nil)
      #expect(try refusal(ground, keys: 4, rows: 4) == .moreThanFound(ground, found: 3))
    }
    test.findings.ledger = ledger
    let direct = try test.findings.ledger.admit(
      .verification(test.first, .falsePositive, count: 3), by: "vera")
    #expect(try refusal(direct) == nil)
    let other = try test.findings.ledger.admit(
      .verification(test.findings.second, .falsePositive, count: 3), by: "vera")
    #expect(try refusal(other) == .groundElsewhere(other))
  }

  @Test func `rests on no count of something else, or of what may be less`() throws {
    var test = try Removed(isApplied: true)
    func refusal(_ grounds: EventID..., keys: UInt64 = 1) throws -> Refusal? {
      try test.refusal(
        .reinstatement("laion@2", of: [test.first], grounds: grounds, keys: keys, rows: keys))
    }
    let ledger = test.findings.ledger
    for unit in CountUnit.allCases {
      for exactness in Exactness.allCases {
        test.findings.ledger = ledger
        let ground = try test.findings.ledger.admit(
          .verification(test.first, .falsePositive, count: 3, unit: unit, exactness: exactness),
          by: "vera")
        let isCounted =
          [.keys, .rows].contains(unit) && [.exact, .atLeast].contains(exactness)
        #expect(try refusal(ground) == (isCounted ? nil : .moreThanFound(ground, found: 0)))
        if isCounted {
          #expect(try refusal(ground, keys: 4) == .moreThanFound(ground, found: 3))
        }
      }
    }
    let vague = try test.findings.ledger.admit(
      .verification(test.first, .falsePositive, count: 0, unit: .hashes, exactness: .approximate),
      by: "vera")
    let good = try test.findings.ledger.admit(
      .verification(test.first, .falsePositive, count: 2), by: "vera")
    #expect(try refusal(vague, good, keys: 2) == nil)
    let first = [vague, good].sorted()[0]
    #expect(try refusal(vague, good, keys: 3) == .moreThanFound(first, found: 2))
    // A dispute that was upheld says nothing of how many.
    let upheld = try test.resolve(test.first)
    #expect(try refusal(vague, upheld, keys: 20) == nil)
  }

  @Test func `reaches each removal that it names, and takes no more than they have`() throws {
    var test = try Removed(isApplied: true)
    let ground = try test.resolve(test.first)
    let both = [test.first, test.second].sorted()
    #expect(
      try test.refusal(.reinstatement("laion@2", of: both, grounds: [ground]))
        == .groundMissing(test.second))
    let other = try test.resolve(test.second)
    #expect(
      try test.refusal(.reinstatement("laion@2", of: both, grounds: [ground, other])) == nil)
    func refusal(_ removals: [EventID], keys: UInt64) throws -> Refusal? {
      try test.refusal(
        .reinstatement(
          "laion@2", of: removals, grounds: [ground, other], keys: keys, rows: keys))
    }
    #expect(try refusal(both, keys: 25) == nil)
    #expect(try refusal(both, keys: 26) == .moreThanRemoved(both[0], left: 25))
    func alone(_ keys: UInt64) throws -> Refusal? {
      try test.refusal(
        .reinstatement("laion@2", of: [test.first], grounds: [ground], keys: keys, rows: keys))
    }
    #expect(try alone(20) == nil)
    #expect(try alone(21) == .moreThanRemoved(test.first, left: 20))
    // What one took back, another does not.
    try test.findings.ledger.admit(
      .reinstatement("laion@2", of: [test.first], grounds: [ground], keys: 15, rows: 15),
      by: "alice")
    #expect(try alone(5) == nil)
    #expect(try alone(6) == .moreThanRemoved(test.first, left: 5))
  }

  @Test func `takes from removals once what earlier ones took from these alone`() throws {
    var test = try Removed(isApplied: true)
    let grounds = [try test.resolve(test.first), try test.resolve(test.second)]
    let both = [test.first, test.second].sorted()
    func refusal(_ removals: [EventID], keys: UInt64) throws -> Refusal? {
      try test.refusal(
        .reinstatement(
          "laion@2", of: removals, grounds: removals.map { grounds[$0 == test.first ? 0 : 1] },
          keys: keys, rows: keys))
    }
    for (removals, keys) in [([test.first], 15), (both, 6)] as [([EventID], UInt64)] {
      try test.findings.ledger.admit(
        .reinstatement(
          "laion@2", of: removals, grounds: removals.map { grounds[$0 == test.first ? 0 : 1] },
          keys: keys, rows: keys), by: "alice")
    }
    #expect(try refusal(both, keys: 4) == nil)
    #expect(try refusal(both, keys: 5) == .moreThanRemoved(both[0], left: 4))
    #expect(try refusal([test.first], keys: 5) == nil)
    #expect(try refusal([test.first], keys: 6) == .moreThanRemoved(test.first, left: 5))
    #expect(try refusal([test.second], keys: 6) == .moreThanRemoved(test.second, left: 5))
  }

  @Test func `is of removals of the line, and none of decoys`() throws {
    var test = try Removed(isApplied: true)
    let ground = try test.resolve(test.first)
    #expect(
      try test.refusal(.reinstatement("laion@2", of: [test.findings.first], grounds: [ground]))
        == .wrongReference(test.findings.first, expected: "a removal of the line of laion@2"))
    try test.findings.ledger.admit(.release("laion@9", manifest: .sealed), by: "alice")
    #expect(
      try test.refusal(.reinstatement("laion@9", of: [test.first], grounds: [ground]))
        == .wrongReference(test.first, expected: "a removal of the line of laion@9"))
    #expect(
      try test.refusal(.reinstatement("laion@8", of: [test.first], grounds: [ground]))
        == .releaseUnknown(.named("laion@8")))
    var findings = try Findings()
    try findings.ledger.enrol("wendy", .watchdog)
    let decoy = try findings.remove(.decoy)
    let dispute = try findings.ledger.admit(.dispute(decoy), by: "wendy")
    let resolution = try findings.ledger.admit(.resolution(dispute), by: "alice")
    #expect(
      try findings.ledger.refusal(
        .reinstatement("laion@1", of: [decoy], grounds: [resolution]), by: "alice")
        == .decoysStay(decoy))
    // What hides others leaves with a removal and does not count as what it took.
    let illegal = try findings.decide(
      .illegal, Tally(keys: 3, rows: 3), decoys: Tally(keys: 30, rows: 30))
    let other = try findings.ledger.admit(.dispute(illegal), by: "wendy")
    let upheld = try findings.ledger.admit(.resolution(other), by: "alice")
    #expect(
      try findings.ledger.refusal(
        .reinstatement("laion@1", of: [illegal], grounds: [upheld], keys: 4, rows: 4), by: "alice")
        == .moreThanRemoved(illegal, left: 3))
  }
}
