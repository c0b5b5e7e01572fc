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
  /// leaves them out.
  ///
  /// Beside other releases with keys of the same rows this list shows what they differ in, so that
  /// it stays sealed:
  /// - where, beside its line, another release lost rows, listed or not: against its root the few
  ///   guesses that a list leaves can be tested;
  /// - where rows were decided to be of that class beside its line, though none is in this batch:
  ///   that a list is sealed must say nothing about the rows on it;
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
    let datasets = catalog.datasets(withKeysOf: parent.name)
    let beside = catalog.releases.values.filter {
      datasets.contains($0.publication.release.name) && !names.contains($0.publication.release)
    }
    if illegal.isEmpty { return !beside.contains(where: \.hasIllegal) }
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

/// What a removal counts for in a batch, as it says itself.
package struct RemovalFigures: Sendable {
  package let release: VersionedName
  package let reasonClass: ReasonClass
  package let removed: Tally
  /// Rows that an open set or a published filter names.
  package let explainedRows: UInt64?

  package init(
    release: VersionedName, reasonClass: ReasonClass, removed: Tally, explainedRows: UInt64? = nil
  ) {
    self.release = release
    self.reasonClass = reasonClass
    self.removed = removed
    self.explainedRows = explainedRows
  }
}

extension RemovalDecided {
  package var figures: RemovalFigures {
    RemovalFigures(
      release: release, reasonClass: reasonClass, removed: removed, explainedRows: explainedRows)
  }
}

/// The most rows of class `illegal` that a batch can have.
private struct IllegalTally {
  private(set) var keys: UInt64 = 0
  private(set) var rows: UInt64 = 0
  /// Whether each key is said to have one row.
  private(set) var isOfSingleRows = true
  /// Whether some were decided on another release than the one that they leave.
  var isOfAncestors = false

  var isEmpty: Bool { keys == 0 && rows == 0 }

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

  /// Whether rows of class `illegal` left for it, or are to leave it.
  fileprivate var hasIllegal: Bool { isOfIllegal || isToLoseIllegal }

  /// Whether rows left for it.
  fileprivate var hasLost: Bool { (publication.derivation?.removed.keys ?? 0) > 0 }
}

extension Catalog {
  /// The datasets in which a row has the key that it has in `name`.
  ///
  /// Keys of a keyed dataset are its own; a plain one has the keys of any with its identity columns.
  package func datasets(withKeysOf name: Name) -> Set<Name> {
    guard let registration = datasets[name]?.registration, registration.tagging == .plain else {
      return [name]
    }
    let same = datasets.values.map(\.registration).filter { other in
      other.tagging == .plain
        && other.identity.map { Array($0.utf8) } == registration.identity.map { Array($0.utf8) }
    }
    return Set(same.map(\.dataset))
  }
}

extension UInt64 {
  fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
