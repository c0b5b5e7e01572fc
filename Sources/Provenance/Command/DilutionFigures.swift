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
struct IllegalTally {
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
  var isOpen: Bool {
    guard let derivation = publication.derivation else { return false }
    return derivation.disclosure == .open && derivation.removed.keys > 0
  }

  /// Whether rows of class `illegal` left for it, or are to leave it.
  var hasIllegal: Bool { isOfIllegal || isToLoseIllegal }

  /// Whether rows left for it.
  var hasLost: Bool { (publication.derivation?.removed.keys ?? 0) > 0 }
}

extension UInt64 {
  /// The sum, or the largest number where it is larger.
  package func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
