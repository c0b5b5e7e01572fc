package import Provenance

/// What is to be removed from a release.
package struct RemovalChoice: Sendable {
  /// The sequences of matches; `nil` stands for every match on exactly the release.
  package var matches: [UInt64]?
  /// The sequences of filters.
  package var filters: [UInt64]
  /// Rows that someone holds.
  package var rows: [HeldRow]
  /// How many others are drawn to leave with those of class `illegal`.
  package var decoys: UInt64

  package init(
    matches: [UInt64]? = [], filters: [UInt64] = [], rows: [HeldRow] = [], decoys: UInt64 = 0
  ) {
    self.matches = matches
    self.filters = filters
    self.rows = rows
    self.decoys = decoys
  }
}
