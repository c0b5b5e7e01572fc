/// One field of a record, found but not yet converted.
struct Field: Sendable {
  /// What stands in the record.
  enum Kind: UInt8, Sendable {
    /// Nothing (an absent JSON member).
    case absent
    /// `null`.
    case null
    /// Text whose bytes in the chunk are its value.
    case text
    /// Text with doubled quotes (CSV) or escapes (JSON).
    case escapedText
    case number, `true`, `false`, array, object
  }

  /// The field's bytes in the chunk, without quotes.
  var range: Range<Int>
  var kind: Kind

  static let absent = Field(range: 0..<0, kind: .absent)
}

/// A refusal on its way to becoming a ``RowError``: the column is still an index.
struct RowFault: Error {
  var reason: RowReason
  var column: Int?

  init(_ reason: RowReason, column: Int? = nil) {
    self.reason = reason
    self.column = column
  }
}
