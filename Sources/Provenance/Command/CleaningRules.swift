internal import LedgerCrypto

extension LedgerState {
  /// A cleaned release: the union is of exactly the removals that are pending, less the
  /// reinstatements that are, and what comes back is what was reinstated.
  func checkCleaned(
    _ body: ReleasePublished, _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let pending = catalog.pendingRemovals(for: derivation.parent)
    let returning = catalog.pendingReinstatements(for: derivation.parent)
    try checkApplied(derivation, pending, returning)
    guard let unionID = derivation.union else { return }
    guard let event = references[unionID], case .unionComputed(let union) = event.statement.body,
      union.release == derivation.parent, union.sources.map(\.event) == derivation.removals,
      union.minus == derivation.reinstatements
    else { throw .unionDiffers(unionID) }
    guard derivation.changed.keys == 0 else { throw .additionsWithoutReinstatement }
    try checkReturned(
      body, derivation, returning.filter { derivation.reinstatements.contains($0.event) },
      pending: Set(pending))
    guard union.union.keys == derivation.removed.keys + derivation.absentKeys,
      union.union.rows == derivation.removed.rows
    else { throw .unionDiffers(unionID) }
    // What is decided on the parent is there: nothing decides on keys that a release lacks.
    if derivation.absentKeys > 0, union.minus.isEmpty,
      derivation.removals.allSatisfy({ Self.release(of: $0, references) == derivation.parent })
    {
      throw .unionDiffers(unionID)
    }
    if derivation.disclosure == .open, !isDilute(derivation, references) {
      throw .sealedBelowDilution
    }
  }

  private static func release(
    of removal: EventID, _ references: [EventID: AdmittedEvent]
  ) -> VersionedName? {
    guard case .removalDecided(let body) = references[removal]?.statement.body else { return nil }
    return body.release
  }

  /// Every removal and reinstatement that is pending is applied, and no other.
  ///
  /// One statement names at most 256 of each; a line with more is cleaned in steps, in which a
  /// reinstatement is never parted from the removals that it names.
  private func checkApplied(
    _ derivation: Derivation, _ pending: [EventID], _ returning: [Reinstatement]
  ) throws(Refusal) {
    let (removals, reinstatements) = (derivation.removals, derivation.reinstatements)
    for id in removals where !pending.contains(id) { throw .notPending(id, derivation.parent) }
    for id in reinstatements where !returning.contains(where: { $0.event == id }) {
      throw .notPending(id, derivation.parent)
    }
    let named = Set(removals)
    let applied = Set(reinstatements)
    let isAll = removals.count >= min(pending.count, 256)
    let needed = Set(returning.filter { applied.contains($0.event) }.flatMap(\.removals))
    if let id = pending.first(where: { !named.contains($0) && (!isAll || needed.contains($0)) }) {
      throw .removalLeftOut(id, derivation.parent)
    }
    let isEvery = reinstatements.count >= min(returning.count, 256)
    if let left = returning.first(where: {
      !applied.contains($0.event) && (!isEvery || !named.isDisjoint(with: $0.removals))
    }) {
      throw .reinstatementLeftOut(left.event, derivation.parent)
    }
  }

  /// What a cleaned release adds are keys of its reinstatements, as they were.
  private func checkReturned(
    _ body: ReleasePublished, _ derivation: Derivation, _ reinstatements: [Reinstatement],
    pending: Set<EventID>
  ) throws(Refusal) {
    guard let held = derivation.heldKeys else {
      guard derivation.added.keys == 0 else { throw .additionsWithoutReinstatement }
      return
    }
    var most = Tally(keys: 0, rows: 0)
    var largest: UInt64 = 0
    // Keys that no earlier release removed are there still and cannot come back.
    var gone = Tally(keys: 0, rows: 0)
    for item in reinstatements {
      largest = max(largest, item.reinstated.keys)
      most = most.adding(item.reinstated)
      if !item.removals.allSatisfy(pending.contains) { gone = gone.adding(item.reinstated) }
    }
    let (all, overflow) = derivation.added.keys.addingReportingOverflow(held)
    let isWhole = held == 0 && all == most.keys
    guard !overflow, all >= largest, all <= most.keys, derivation.added.keys <= gone.keys,
      derivation.added.rows <= gone.rows, !isWhole || derivation.added.rows == most.rows
    else { throw .reinstatementDiffers(body.release) }
  }
}

extension Tally {
  /// Of at most 256 counts below 2^53 each, so that no sum overflows.
  fileprivate func adding(_ other: Tally) -> Tally {
    Tally(keys: keys + other.keys, rows: rows + other.rows)
  }
}
