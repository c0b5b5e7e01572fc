/// Members of JSON Lines that are no column of the dataset: carried, not committed.
struct CarriedMembers: Sendable {
  /// The offset of the row in which each was met last.
  private var rows: [[UInt8]: Int] = [:]

  /// The names that were met.
  var names: Set<[UInt8]> { Set(rows.keys) }

  /// Takes note of a member of the row that begins at `offset`.
  mutating func meet(_ name: [UInt8], inRowAt offset: Int) throws(RowFault) {
    if rows.updateValue(offset, forKey: name) == offset { throw RowFault(.duplicateMember) }
    guard rows.count <= FileSchema.maximumColumns else { throw RowFault(.tooManyMembers) }
  }
}
