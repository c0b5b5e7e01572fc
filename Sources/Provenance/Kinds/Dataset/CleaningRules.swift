internal import LedgerCrypto

extension LedgerState {
  /// A cleaned release: it applies what comes next in the log, and what leaves and comes back is what
  /// those decisions say.
  func checkCleaned(_ body: ReleasePublished, _ derivation: Derivation) throws(Refusal) {
    guard derivation.changed.keys == 0 else { throw .additionsWithoutReinstatement }
    let decisions = try checkTurn(derivation)
    try checkSums(body, derivation, decisions, \.keys)
    // What a key that is removed has, a release published by hand can have changed since.
    if !hasChangedRows(since: decisions, on: derivation.parent) {
      try checkSums(body, derivation, decisions, \.rows)
      try checkReturned(body, derivation, decisions)
    }
  }

  /// The decisions of a cleaned release are those that come next, and no others.
  private func checkTurn(_ derivation: Derivation) throws(Refusal) -> [Decision] {
    let next = catalog.next(for: derivation.parent)
    let named = derivation.removals + derivation.reinstatements
    let applied = Set(named)
    let known = Set(next.map(\.event))
    if let id = named.first(where: { !known.contains($0) }) {
      throw .notPending(id, derivation.parent)
    }
    if let left = next.first(where: { !applied.contains($0.event) }) {
      throw .decisionLeftOut(left.event, derivation.parent)
    }
    // A removal is no reinstatement, nor both, whatever lists it stands in.
    let (removals, reinstatements) = (Set(derivation.removals), Set(derivation.reinstatements))
    let wrong = next.first {
      $0.isRemoval ? reinstatements.contains($0.event) : removals.contains($0.event)
    }
    if let wrong { throw .notPending(wrong.event, derivation.parent) }
    return next
  }

  /// What leaves is what the removals say, less what reinstatements let stay; exactly, once a removal of
  /// class `illegal` marked the family: by a smaller count one would see what it shares with others, or
  /// what was gone already.
  ///
  /// Reinstated keys that do not come back stay, for nothing had taken them yet, or were there by
  /// another way.
  private func checkSums(
    _ body: ReleasePublished, _ derivation: Derivation, _ decisions: [Decision],
    _ count: (Tally) -> UInt64
  ) throws(Refusal) {
    let out = decisions.filter(\.isRemoval).reduce(0) { $0 + count($1.tally) }
    let back = decisions.filter { !$0.isRemoval }.reduce(0) { $0 + count($1.tally) }
    let removed = count(derivation.removed)
    let added = count(derivation.added)
    guard added <= back else { throw .reinstatementDiffers(body.release) }
    let staying = back - added
    // What is decided on the parent itself is there.
    let here = Set((catalog.releases[derivation.parent]?.removals ?? []))
    let least =
      catalog.mark(of: derivation.parent.name) != nil
      ? out
      : decisions.filter { here.contains($0.event) }.map { count($0.tally) }.max() ?? 0
    guard removed <= out, removed + staying >= least else { throw .sumsDiffer(body.release) }
  }

  /// What was reinstated comes back, where nothing can have kept it: its removals were applied before, and
  /// those of the batch were decided on the parent itself, which lacks it.
  ///
  /// Else who reinstates what is gone could let as much stay of what is to go.
  private func checkReturned(
    _ body: ReleasePublished, _ derivation: Derivation, _ decisions: [Decision]
  ) throws(Refusal) {
    let removals = decisions.filter(\.isRemoval).map(\.event)
    let here = Set(catalog.releases[derivation.parent]?.removals ?? [])
    guard removals.allSatisfy(here.contains) else { return }
    let back = decisions.filter { !$0.isRemoval && Set($0.removals).isDisjoint(with: removals) }
    guard derivation.added.keys >= back.reduce(0, { $0 + $1.tally.keys }),
      derivation.added.rows >= back.reduce(0, { $0 + $1.tally.rows })
    else { throw .reinstatementDiffers(body.release) }
  }

  /// Whether a release published by hand changed or added keys between the oldest release on which what
  /// `decisions` remove was decided and `parent`: a key can then have more rows than were counted, or
  /// fewer.
  private func hasChangedRows(since decisions: [Decision], on parent: VersionedName) -> Bool {
    let removals = Set(decisions.flatMap { $0.isRemoval ? [$0.event] : $0.removals })
    let line = catalog.line(of: parent)
    let oldest = line.lastIndex { $0.removals.contains(where: removals.contains) } ?? 0
    return line[..<oldest].contains { record in
      guard let derivation = record.publication.derivation, !derivation.isCleaning else {
        return false
      }
      return derivation.changed.keys > 0 || derivation.added.keys > 0
    }
  }
}
