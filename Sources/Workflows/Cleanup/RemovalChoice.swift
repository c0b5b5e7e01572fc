package import Datasets

/// What is to be removed from a release.
package struct RemovalChoice: Sendable {
  /// The sequences of matches; `nil` stands for every match on exactly the release.
  package var matches: [UInt64]?
  /// The sequences of filters.
  package var filters: [UInt64]
  /// Rows that someone asks for.
  package var rows: AskedList?
  /// Whether rows that the release has not are counted, and the others taken.
  package var isAbsenceAllowed: Bool
  /// Rows that fulfil one of these conditions.
  package var conditions: [RowCondition]
  /// How many others are drawn to leave with those of class `illegal`.
  package var decoys: UInt64

  package init(
    matches: [UInt64]? = [], filters: [UInt64] = [], rows: AskedList? = nil,
    isAbsenceAllowed: Bool = false, conditions: [RowCondition] = [], decoys: UInt64 = 0
  ) {
    self.matches = matches
    self.filters = filters
    self.rows = rows
    self.isAbsenceAllowed = isAbsenceAllowed
    self.conditions = conditions
    self.decoys = decoys
  }

  /// Whether rows are chosen here, rather than by an event.
  var isByHand: Bool { rows != nil || !conditions.isEmpty }
}
