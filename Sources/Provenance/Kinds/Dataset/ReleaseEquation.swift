extension LedgerState {
  /// |parent| − |removed| + |added| + Σ(n′ − n) = |release|, in rows and in keys.
  func checkEquation(
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
