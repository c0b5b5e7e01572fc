internal import LedgerCrypto

/// Whether what left with rows of class `illegal` may be listed (see the article What may be shown): only counts
/// can tell, for the sets themselves are sealed.
extension LedgerState {
  /// Whether the list of what left `parent` and came back, applied by `derivation`, may be open.
  func isDilute(_ derivation: Derivation, _ references: [EventID: AdmittedEvent]) -> Bool {
    isDilute(
      removed: derivation.removed, from: derivation.parent,
      by: Self.removals(derivation, references).map(\.figures), returned: returned(derivation))
  }

  /// Whether the rows that leave `parent` and come back dilute those of class `illegal` enough.
  ///
  /// The removals' own counts bound the rows of that class, where a key without rows may have got
  /// some since. Rows that an open set or a published filter names dilute nothing: whoever has it
  /// leaves them out.
  ///
  /// Beside other releases with keys of the same rows this list shows what they differ in, so that
  /// it stays sealed:
  /// - where, beside its line, another release lost rows, listed or not: against its root the few
  ///   guesses that a list leaves can be tested;
  /// - where rows were decided to be of that class beside its line, or in it before others came,
  ///   though none is in this batch: that a list is sealed must say nothing about the rows on it;
  /// - where rows come back that were said to be of that class, or that hid others on an open list.
  package func isDilute(
    removed: Tally, from parent: VersionedName, by removals: [RemovalFigures],
    returned: [Reinstatement] = []
  ) -> Bool {
    var illegal = IllegalTally()
    var explained: UInt64 = 0
    for removal in removals {
      explained = explained.addingSaturated(removal.explainedRows ?? 0)
      if removal.reasonClass == .illegal {
        illegal.add(removal.removed)
        if removal.release != parent { illegal.isOfAncestors = true }
      }
    }
    // Where the charter asks that each row hides itself alone, nothing is hidden.
    guard minimumDilution > 1 else {
      for item in returned where item.isOfIllegal { illegal.add(item.reinstated) }
      return hides(illegal.rows, among: removed.rows - min(removed.rows, explained))
    }
    let line = catalog.line(of: parent)
    if returned.contains(where: \.isOfIllegal) { return false }
    if !returned.isEmpty, line.contains(where: { $0.isOpen && $0.isOfIllegal }) { return false }
    let names = Set(line.map(\.publication.release))
    let beside = catalog.releases(withKeysOf: parent.name).filter {
      !names.contains($0.publication.release)
    }
    if illegal.isEmpty { return !beside.contains(where: \.hasIllegal) && !Self.mayHaveBack(line) }
    // Nothing else in the batch: whatever the counts have become, all of it is of that class.
    if removals.allSatisfy({ $0.reasonClass == .illegal }) { return false }
    if beside.contains(where: { $0.hasIllegal || $0.hasLost }) { return false }
    // A key that had one row where that was decided may have got others since, and stand out.
    if illegal.isOfAncestors, removed.rows != removed.keys { return false }
    // Of K keys with R rows at least 2K − R have one row. Only they hide a key with one row, and no
    // count says that enough others hide one with several.
    let single = removed.keys - min(removed.keys, removed.rows - min(removed.rows, removed.keys))
    return illegal.isOfSingleRows && hides(illegal.keys, among: single - min(single, explained))
      && hides(illegal.rows, among: removed.rows - min(removed.rows, explained))
  }

  /// Whether rows of class `illegal` that left a release of `line`, nearest first, can have come again
  /// with others since.
  private static func mayHaveBack(_ line: [ReleaseRecord]) -> Bool {
    var hasGot = false
    for record in line {
      if hasGot, record.hasIllegal { return true }
      if (record.publication.derivation?.added.keys ?? 0) > 0 { hasGot = true }
    }
    return false
  }

  /// How many times the rows of class `illegal` the rows must be that leave with them, these included.
  package var minimumDilution: UInt64 { authority.founding?.charter.minimumDilution ?? .max }

  /// Whether `removed` rows are as many times their `illegal` ones as the charter asks; always when
  /// there are none.
  package func hides(_ illegal: UInt64, among removed: UInt64) -> Bool {
    let (needed, overflow) = illegal.multipliedReportingOverflow(by: minimumDilution)
    return illegal == 0 || (!overflow && removed >= needed)
  }

  /// Whether a release that no decisions made may show what it lost and got.
  ///
  /// What left may be what is to go, and then the batch is that of a cleaning; what came may have
  /// hidden others on an open list.
  package func mayList(removed: Tally, added: Tally, since parent: VersionedName) -> Bool {
    if removed.keys > 0, !catalog.pendingRemovals(for: parent).isEmpty { return false }
    return added.keys == 0 || minimumDilution <= 1
      || !catalog.line(of: parent).contains { $0.isOpen && $0.isOfIllegal }
  }

  /// Whether the manifest of `body` may be open: its rows and digests by shard, beside those of an
  /// older release, say which shards lost rows, and test a guess of which rows.
  func mayShowManifest(
    _ body: ReleasePublished, _ references: [EventID: AdmittedEvent]
  ) -> Bool {
    if isGated(body.release.name) { return false }
    guard let derivation = body.derivation else { return true }
    if derivation.union == nil {
      return derivation.removed.keys == 0
        || catalog.pendingRemovals(for: derivation.parent).isEmpty
    }
    let isIllegal =
      Self.removals(derivation, references).contains { $0.reasonClass == .illegal }
      || returned(derivation).contains(where: \.isOfIllegal)
    return !isIllegal || minimumDilution <= 1
  }

  /// Whether a release of the dataset left rows of class `illegal` behind, so that no later one shows
  /// its manifest.
  package func isGated(_ dataset: Name) -> Bool {
    minimumDilution > 1
      && catalog.releases.values.contains {
        $0.publication.release.name == dataset && $0.isOfIllegal
      }
  }

  private static func removals(
    _ derivation: Derivation, _ references: [EventID: AdmittedEvent]
  ) -> [RemovalDecided] {
    derivation.removals.compactMap { id in
      guard case .removalDecided(let removal) = references[id]?.statement.body else { return nil }
      return removal
    }
  }

  private func returned(_ derivation: Derivation) -> [Reinstatement] {
    catalog.pendingReinstatements(for: derivation.parent).filter {
      derivation.reinstatements.contains($0.event)
    }
  }
}
