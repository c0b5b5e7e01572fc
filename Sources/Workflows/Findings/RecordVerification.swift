package import Provenance

/// Records what someone found who looked at the rows of a match, perhaps in place of what the same
/// actor said of it before.
package struct RecordVerification: Deciding {
  /// The match's.
  let target: UInt64
  let outcome: Outcome
  let count: UInt64
  let unit: CountUnit
  let exactness: Exactness
  /// The sequence of the verification that this one replaces.
  let replaced: UInt64?

  package init(
    of sequence: UInt64, outcome: Outcome, count: UInt64, unit: CountUnit, exactness: Exactness,
    replacing replaced: UInt64? = nil
  ) {
    target = sequence
    self.outcome = outcome
    self.count = count
    self.unit = unit
    self.exactness = exactness
    self.replaced = replaced
  }

  package struct Plan: Sendable {
    let target: EventID
    let replaces: EventID?
  }

  package func plan(_ desk: Desk) throws -> Plan {
    Plan(
      target: try desk.view.event(target).id,
      replaces: try replaced.map { try desk.view.event($0).id })
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws {
    try staging.say(
      .verificationRecorded(
        .init(
          target: plan.target, outcome: outcome,
          count: Count(count, unit, exactness, asOf: staging.desk.moment),
          replaces: plan.replaces)))
  }
}
