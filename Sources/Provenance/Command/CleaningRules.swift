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
    let isOpen = derivation.disclosure == .open || body.manifest.disclosure == .open
    if isOpen, !isDilute(derivation, references) { throw .sealedBelowDilution }
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

  /// Whether the rows that leave and come back dilute those of class `illegal` enough
  /// (DESIGN.md section 11).
  package func isDilute(
    _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) -> Bool {
    let removals = derivation.removals.compactMap { id -> RemovalDecided? in
      guard case .removalDecided(let removal) = references[id]?.statement.body else { return nil }
      return removal
    }
    let returned = catalog.pendingReinstatements(for: derivation.parent).filter {
      derivation.reinstatements.contains($0.event)
    }
    return isDilute(removed: derivation.removed, by: removals, returned: returned)
  }

  /// Whether what `removals` took away together dilutes their rows of class `illegal` enough.
  ///
  /// The removals' own counts bound the rows of that class, where a key without rows may have got
  /// some since. Rows that a published filter explains dilute nothing: whoever has the filter leaves
  /// them out. Rows that come back from a removal of that class were said to be of it.
  package func isDilute(
    removed: Tally, by removals: [RemovalDecided], returned: [Reinstatement] = []
  ) -> Bool {
    var illegal: UInt64 = 0
    var explained: UInt64 = 0
    for removal in removals {
      explained = explained.addingSaturated(removal.explainedRows ?? 0)
      guard removal.reasonClass == .illegal else { continue }
      illegal = illegal.addingSaturated(max(removal.removed.rows, removal.removed.keys))
    }
    for item in returned where item.isOfIllegal {
      illegal = illegal.addingSaturated(max(item.reinstated.rows, item.reinstated.keys))
    }
    // Nothing else in the batch: whatever the counts have become, all of it is of that class.
    if illegal > 0, minimumDilution > 1, removals.allSatisfy({ $0.reasonClass == .illegal }) {
      return false
    }
    return hides(illegal, among: removed.rows - min(removed.rows, explained))
  }

  private var minimumDilution: UInt64 { authority.founding?.charter.minimumDilution ?? .max }

  /// Whether `removed` rows are as many times their `illegal` ones as the charter asks; always when
  /// there are none.
  package func hides(_ illegal: UInt64, among removed: UInt64) -> Bool {
    let (needed, overflow) = illegal.multipliedReportingOverflow(by: minimumDilution)
    return illegal == 0 || (!overflow && removed >= needed)
  }
}

extension UInt64 {
  fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

extension Tally {
  /// Of at most 256 counts below 2^53 each, so that no sum overflows.
  fileprivate func adding(_ other: Tally) -> Tally {
    Tally(keys: keys + other.keys, rows: rows + other.rows)
  }
}
