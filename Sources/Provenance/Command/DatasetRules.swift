internal import LedgerCrypto
internal import Rows

extension LedgerState {
  func check(_ body: DatasetRegistered) throws(Refusal) {
    if let record = catalog.datasets[body.dataset] {
      throw .datasetExists(body.dataset, at: record.registered)
    }
    if let parent = body.derivedFrom, catalog.releases[parent] == nil {
      throw .releaseUnknown(parent)
    }
  }

  func check(
    _ body: ReleasePublished, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let dataset = catalog.datasets[body.release.name] else {
      throw .datasetUnknown(body.release.name)
    }
    if let record = catalog.releases[body.release] {
      throw .releaseExists(body.release, at: record.published)
    }
    try check(body.columns, of: dataset)
    guard let derivation = body.derivation else { return }
    guard let parent = catalog.releases[derivation.parent] else {
      throw .releaseUnknown(derivation.parent)
    }
    try checkEquation(body, derivation, parent.publication)
    if derivation.union != nil {
      try checkCleaned(body, derivation, references)
    } else if derivation.removed.keys > 0, derivation.disclosure == .open,
      !catalog.pendingRemovals(for: derivation.parent).isEmpty
    {
      // What left may be what is to go, and then the batch is that of a cleaning.
      throw .sealedBelowDilution
    }
  }

  private func check(_ columns: ColumnsFixed?, of dataset: DatasetRecord) throws(Refusal) {
    let name = dataset.registration.dataset
    guard let columns else {
      if dataset.columns == nil { throw .columnsMissing(name) }
      return
    }
    if dataset.columns != nil { throw .columnsFixedAlready(name) }
    let same = { (columns: [Column], names: [String]) in
      columns.map { Array($0.name.utf8) } == names.map { Array($0.utf8) }
    }
    guard same(columns.identity, dataset.registration.identity),
      dataset.registration.content.map({ same(columns.content, $0) }) ?? true
    else { throw .columnsDiffer(name) }
  }

  /// |parent| − |removed| + |added| + Σ(n′ − n) = |release|, in rows and in keys.
  private func checkEquation(
    _ body: ReleasePublished, _ derivation: Derivation, _ parent: ReleasePublished
  ) throws(Refusal) {
    // Every term is below 2^53, so that the sums stay far inside Int64.
    let rows =
      Int64(parent.tally.rows) - Int64(derivation.removed.rows) + Int64(derivation.added.rows)
      + Int64(derivation.changed.rowsAfter) - Int64(derivation.changed.rowsBefore)
    let keys =
      Int64(parent.tally.keys) - Int64(derivation.removed.keys) + Int64(derivation.added.keys)
    let gap = Int64(body.tally.rows) - rows
    if let unreconciled = derivation.unreconciled {
      guard authority.founding?.charter.allowsUnreconciled == true else {
        throw .unreconciledForbidden
      }
      guard gap != 0, unreconciled.gap == gap else { throw .unreconciledWithoutGap }
    } else {
      guard gap == 0 else { throw .rowsDoNotAddUp(body.release, gap: gap) }
      guard Int64(body.tally.keys) == keys else { throw .keysDoNotAddUp(body.release) }
    }
    // What left or changed was in the parent, what came or changed is in the release, and the keys
    // that did neither have at least a row each.
    let kept = Rest(of: parent.tally).without(derivation.removed)
      .without(keys: derivation.changed.keys, rows: derivation.changed.rowsBefore)
    let held = Rest(of: body.tally).without(derivation.added)
      .without(keys: derivation.changed.keys, rows: derivation.changed.rowsAfter)
    guard kept.isPossible, held.isPossible else { throw .transitionImpossible(body.release) }
  }

  /// A cleaned release: the union is of exactly the removals that are pending.
  private func checkCleaned(
    _ body: ReleasePublished, _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let pending = catalog.pendingRemovals(for: derivation.parent)
    for id in derivation.removals where !pending.contains(id) {
      throw .notPending(id, derivation.parent)
    }
    // No kind of this version reinstates rows.
    if let id = derivation.reinstatements.first { throw .notPending(id, derivation.parent) }
    // One statement names at most 256; a line with more is cleaned in steps.
    if derivation.removals.count < min(pending.count, 256),
      let id = pending.first(where: { !derivation.removals.contains($0) })
    {
      throw .removalLeftOut(id, derivation.parent)
    }
    guard let unionID = derivation.union else { return }
    guard let event = references[unionID], case .unionComputed(let union) = event.statement.body,
      union.release == derivation.parent, union.sources.map(\.event) == derivation.removals,
      union.minus == derivation.reinstatements
    else { throw .unionDiffers(unionID) }
    guard derivation.changed.keys == 0, derivation.added.keys == 0 else {
      throw .additionsWithoutReinstatement
    }
    guard union.union.keys == derivation.removed.keys + derivation.absentKeys,
      union.union.rows == derivation.removed.rows
    else { throw .unionDiffers(unionID) }
    let isOpen = derivation.disclosure == .open || body.manifest.disclosure == .open
    if isOpen, !isDilute(derivation, references) { throw .sealedBelowDilution }
  }

  /// Whether the removed rows dilute those of class `illegal` enough (DESIGN.md section 11).
  package func isDilute(
    _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) -> Bool {
    let removals = derivation.removals.compactMap { id -> RemovalDecided? in
      guard case .removalDecided(let removal) = references[id]?.statement.body else { return nil }
      return removal
    }
    return isDilute(removed: derivation.removed, by: removals)
  }

  /// Whether what `removals` took away together dilutes their rows of class `illegal` enough.
  ///
  /// The removals' own counts bound the rows of that class, where a key without rows may have got
  /// some since.
  package func isDilute(removed: Tally, by removals: [RemovalDecided]) -> Bool {
    var illegal: UInt64 = 0
    for removal in removals where removal.reasonClass == .illegal {
      illegal = illegal.addingSaturated(max(removal.removed.rows, removal.removed.keys))
    }
    // Nothing else in the batch: whatever the counts have become, all of it is of that class.
    if illegal > 0, minimumDilution > 1, removals.allSatisfy({ $0.reasonClass == .illegal }) {
      return false
    }
    return hides(illegal, among: removed.rows)
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

/// What is left of a tally when parts of it are set aside; every figure is below 2^53.
private struct Rest {
  private var keys: Int64
  private var rows: Int64

  init(of tally: Tally) {
    keys = Int64(tally.keys)
    rows = Int64(tally.rows)
  }

  func without(_ tally: Tally) -> Rest { without(keys: tally.keys, rows: tally.rows) }

  func without(keys: UInt64, rows: UInt64) -> Rest {
    var rest = self
    rest.keys -= Int64(keys)
    rest.rows -= Int64(rows)
    return rest
  }

  var isPossible: Bool { keys >= 0 && rows >= keys && (keys > 0 || rows == 0) }
}
