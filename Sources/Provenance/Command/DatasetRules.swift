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
    if derivation.union != nil { try checkCleaned(body, derivation, references) }
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
      return
    }
    guard gap == 0 else { throw .rowsDoNotAddUp(body.release, gap: gap) }
    guard Int64(body.tally.keys) == keys else { throw .keysDoNotAddUp(body.release) }
  }

  /// A cleaned release: the union is of exactly the removals named, each still pending.
  private func checkCleaned(
    _ body: ReleasePublished, _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let pending = Set(catalog.pendingRemovals(for: derivation.parent))
    for id in derivation.removals where !pending.contains(id) {
      throw .notPending(id, derivation.parent)
    }
    // No kind of this version reinstates rows.
    if let id = derivation.reinstatements.first { throw .notPending(id, derivation.parent) }
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
    if derivation.disclosure == .open, !isDilute(derivation, references) {
      throw .sealedBelowDilution
    }
  }

  /// Whether the removed rows dilute those of class `illegal` enough (DESIGN.md section 11).
  ///
  /// The removals' own counts bound the rows of that class from above.
  package func isDilute(
    _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) -> Bool {
    var illegal: UInt64 = 0
    for id in derivation.removals {
      guard case .removalDecided(let removal) = references[id]?.statement.body,
        removal.reasonClass == .illegal
      else { continue }
      illegal += removal.removed.rows
    }
    guard illegal > 0 else { return true }
    let minimum = authority.founding?.charter.minimumDilution ?? .max
    let (needed, overflow) = illegal.multipliedReportingOverflow(by: minimum)
    return !overflow && derivation.removed.rows >= needed
  }
}
