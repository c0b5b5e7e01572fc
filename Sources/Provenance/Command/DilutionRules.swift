internal import LedgerCrypto

/// Whether what left with rows of class `illegal` may be listed (DESIGN.md section 11): only counts
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
  /// leaves them out. Rows that come back from a removal of that class were said to be of it.
  ///
  /// Beside other releases of the dataset this list shows what they differ in, so that it stays
  /// sealed where another open list began at the same parent or beside its line; where rows of that
  /// class left for a release beside its line, against whose root the few guesses that a list leaves
  /// can be tested; and where rows come back that hid others of that class on an open list before.
  package func isDilute(
    removed: Tally, from parent: VersionedName, by removals: [RemovalFigures],
    returned: [Reinstatement] = []
  ) -> Bool {
    var illegal = IllegalTally()
    var explained: UInt64 = 0
    for removal in removals {
      explained = explained.addingSaturated(removal.explainedRows ?? 0)
      if removal.reasonClass == .illegal { illegal.add(removal.removed) }
    }
    for item in returned where item.isOfIllegal { illegal.add(item.reinstated) }
    let line = catalog.line(of: parent)
    // Where the charter asks that each row hides itself alone, nothing is hidden.
    guard minimumDilution > 1 else {
      return hides(illegal.rows, among: removed.rows - min(removed.rows, explained))
    }
    if !returned.isEmpty, line.contains(where: { $0.isOpen && $0.isOfIllegal }) { return false }
    if illegal.keys == 0, illegal.rows == 0 { return true }
    // Nothing else in the batch: whatever the counts have become, all of it is of that class.
    if removals.allSatisfy({ $0.reasonClass == .illegal }) { return false }
    let names = Set(line.map(\.publication.release))
    let hasOther = catalog.releases.values.contains {
      let name = $0.publication.release
      return name.name == parent.name && !names.contains(name) && ($0.isOpen || $0.isOfIllegal)
    }
    if hasOther { return false }
    // Of K keys with R rows at least 2K − R have one row. Only they hide a key with one row, and no
    // count says that enough others hide one with several.
    let single = removed.keys - min(removed.keys, removed.rows - min(removed.rows, removed.keys))
    return illegal.isOfSingleRows && hides(illegal.keys, among: single - min(single, explained))
      && hides(illegal.rows, among: removed.rows - min(removed.rows, explained))
  }

  private var minimumDilution: UInt64 { authority.founding?.charter.minimumDilution ?? .max }

  /// Whether `removed` rows are as many times their `illegal` ones as the charter asks; always when
  /// there are none.
  package func hides(_ illegal: UInt64, among removed: UInt64) -> Bool {
    let (needed, overflow) = illegal.multipliedReportingOverflow(by: minimumDilution)
    return illegal == 0 || (!overflow && removed >= needed)
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

/// What a removal counts for in a batch, as it says itself.
package struct RemovalFigures: Sendable {
  package let reasonClass: ReasonClass
  package let removed: Tally
  /// Rows that an open set or a published filter names.
  package let explainedRows: UInt64?

  package init(reasonClass: ReasonClass, removed: Tally, explainedRows: UInt64? = nil) {
    self.reasonClass = reasonClass
    self.removed = removed
    self.explainedRows = explainedRows
  }
}

extension RemovalDecided {
  package var figures: RemovalFigures {
    RemovalFigures(reasonClass: reasonClass, removed: removed, explainedRows: explainedRows)
  }
}

/// The most rows of class `illegal` that a batch can have.
private struct IllegalTally {
  private(set) var keys: UInt64 = 0
  private(set) var rows: UInt64 = 0
  /// Whether each key is said to have one row.
  private(set) var isOfSingleRows = true

  mutating func add(_ tally: Tally) {
    keys = keys.addingSaturated(tally.keys)
    rows = rows.addingSaturated(max(tally.rows, tally.keys))
    if tally.rows > tally.keys { isOfSingleRows = false }
  }
}

extension ReleaseRecord {
  /// Whether anyone may have the list of what left.
  fileprivate var isOpen: Bool {
    guard let derivation = publication.derivation else { return false }
    return derivation.disclosure == .open && derivation.removed.keys > 0
  }
}

extension UInt64 {
  fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
