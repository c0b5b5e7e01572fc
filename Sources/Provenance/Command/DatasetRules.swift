internal import LedgerCrypto
internal import Rows

extension LedgerState {

  /// Refuses the name of a release that was published, or stated by others.
  package func checkIsNew(_ release: VersionedName) throws(Refusal) {
    if let record = catalog.releases[release] {
      throw .releaseExists(release, at: record.published)
    }
    if let record = stated.releases[release] {
      throw .releaseExists(release, at: record.sequence)
    }
  }

  func check(
    _ body: ReleasePublished, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let dataset = catalog.datasets[body.release.name] else {
      throw .datasetUnknown(body.release.name)
    }
    try checkIsNew(body.release)
    try check(body.columns, of: dataset)
    if body.manifest.disclosure == .open, !mayShowManifest(body, references) {
      throw .sealedBelowDilution
    }
    guard let derivation = body.derivation else { return }
    let parent = try exactRelease(derivation.parent)
    try checkEquation(body, derivation, parent.publication)
    if derivation.union != nil {
      try checkCleaned(body, derivation, references)
    } else if derivation.disclosure == .open,
      !mayList(removed: derivation.removed, added: derivation.added, since: derivation.parent)
    {
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
