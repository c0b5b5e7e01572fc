import Provenance
import TestSupport
import Testing

private typealias Dilution = `The dilution of a cleaned release`

/// What other releases tell of the rows on a list.
@Suite struct `A list of what left` {
  /// `laion@2` is `laion@1` less twenty rows of a class, without a list.
  private static func cleaned(
    _ reason: ReasonClass
  ) throws -> (findings: Findings, removals: [EventID]) {
    var (findings, removals) = try Dilution.removed([reason], minimum: 2)
    let union = try findings.ledger.admit(
      .union("laion@1", of: [(removals[0], Dilution.tally)], keys: 20, rows: 20), by: "alice")
    try findings.ledger.admit(
      .release(
        "laion@2", keys: 970, rows: 980, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: Dilution.tally, removals: removals, union: union,
          disclosure: .sealed)), by: "alice")
    return (findings, removals)
  }

  /// Two lists from one parent differ by what was decided in between.
  @Test func `is not had from another open list of the same parent`() throws {
    for first in Disclosure.allCases {
      var (findings, removals) = try Dilution.removed([.privacy, .privacy], minimum: 2)
      let (a, b) = (removals[0], removals[1])
      let mixed = Tally(keys: 40, rows: 40)
      let union = try findings.ledger.admit(
        .union("laion@1", of: [(a, Dilution.tally), (b, Dilution.tally)], keys: 40, rows: 40),
        by: "alice")
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 950, rows: 960, manifest: .sealed,
          derivation: .from(
            "laion@1", removed: mixed, removals: [a, b], union: union, disclosure: first)),
        by: "alice")
      let c = try findings.decide(.illegal, Tally(keys: 5, rows: 5))
      let all = try findings.ledger.admit(
        .union(
          "laion@1", of: [(a, Dilution.tally), (b, Dilution.tally), (c, Tally(keys: 5, rows: 5))],
          keys: 45,
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
      var (findings, removals) = try Self.cleaned(first)
      removals.append(try findings.decide(first == .illegal ? .privacy : .illegal, Dilution.tally))
      let mixed = Tally(keys: 40, rows: 40)
      let all = try findings.ledger.admit(
        .union("laion@1", of: removals.map { ($0, Dilution.tally) }, keys: 40, rows: 40),
        by: "alice")
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
      let removal = try findings.decide(reason, Dilution.tally)
      let refusal = try findings.ledger.refusal(
        .reinstatement("laion@1", of: [removal], grounds: [removal], keys: 1, rows: 1),
        by: "alice")
      #expect((refusal == .decoysStay(removal)) == (reason == .decoy))
    }
  }

  /// What came since may have hidden others on the list.
  @Test func `is not seen through by an open list of what came after it`() throws {
    for reason in [ReasonClass.illegal, .rights] {
      var (findings, removals) = try Dilution.removed([reason, .privacy], minimum: 2)
      let mixed = Tally(keys: 40, rows: 40)
      let union = try findings.ledger.admit(
        .union("laion@1", of: removals.map { ($0, Dilution.tally) }, keys: 40, rows: 40),
        by: "alice")
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
      _ = try findings.decide(reason, Dilution.tally)
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

  /// A row that left as illegal can be among those that came since, and be on the list again.
  @Test(arguments: [Tally(keys: 5, rows: 5), Tally(keys: 0, rows: 0)])
  func `is none of other rows where some came after such rows left`(added: Tally) throws {
    for reason in [ReasonClass.illegal, .consent] {
      var (findings, removals) = try Self.cleaned(reason)
      try findings.ledger.admit(
        .release(
          "laion@3", keys: 970 + added.keys, rows: 980 + added.rows, manifest: .sealed,
          derivation: .from("laion@2", added: added, disclosure: .sealed)), by: "alice")
      let three = Tally(keys: 3, rows: 3)
      let match = try findings.ledger.admit(
        .match("laion@3", list: findings.list, keys: 3, rows: 3, scanned: 980 + added.rows),
        by: "carol")
      let found = try findings.ledger.admit(
        .union("laion@3", of: [(match, three)], keys: 3, rows: 3), by: "carol")
      removals = [
        try findings.ledger.admit(
          .removal("laion@3", union: found, keys: 3, rows: 3, reason: .privacy), by: "alice")
      ]
      let all = try findings.ledger.admit(
        .union("laion@3", of: [(removals[0], three)], keys: 3, rows: 3), by: "alice")
      let refusal = try findings.ledger.refusal(
        .release(
          "laion@4", keys: 967 + added.keys, rows: 977 + added.rows, manifest: .sealed,
          derivation: .from(
            "laion@3", removed: three, removals: removals, union: all, disclosure: .open)),
        by: "alice")
      #expect((refusal == .sealedBelowDilution) == (reason == .illegal && added.keys > 0))
      #expect(refusal == nil || refusal == .sealedBelowDilution)
    }
  }

  /// A key that had one row then may have got others, and stands out among those of one.
  @Test func `is of keys that have one row still where they were decided on before`() throws {
    for rows in [40, 41] as [UInt64] {
      var findings = try Findings(charter: .initial.with(minimumDilution: 2))
      let illegal = try findings.decide(.illegal, Dilution.tally)
      try findings.ledger.admit(
        .release(
          "laion@2", keys: 990, rows: 1001, manifest: .sealed,
          derivation: .from(
            "laion@1", changed: ChangedTally(keys: 1, rowsBefore: 1, rowsAfter: 2),
            disclosure: .sealed)), by: "alice")
      let match = try findings.ledger.admit(
        .match("laion@2", list: findings.list, keys: 20, rows: 20, scanned: 1001), by: "carol")
      let found = try findings.ledger.admit(
        .union("laion@2", of: [(match, Dilution.tally)], keys: 20, rows: 20), by: "carol")
      let other = try findings.ledger.admit(
        .removal("laion@2", union: found, keys: 20, rows: 20, reason: .privacy), by: "alice")
      let removals = [illegal, other]
      let all = try findings.ledger.admit(
        .union("laion@2", of: removals.map { ($0, Dilution.tally) }, keys: 40, rows: rows),
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
}
