/// Who says by which columns the rows of a dataset are found: whoever registered it, and whoever
/// published its first release.
package struct KeyGrounds: Hashable, Sendable {
  /// The entry that says it, and who signed that.
  package struct Source: Hashable, Sendable {
    package let sequence: UInt64
    package let signed: Attribution

    package init(_ sequence: UInt64, _ signed: Attribution) {
      self.sequence = sequence
      self.signed = signed
    }
  }

  package let dataset: Name
  /// The names of the columns, in the key's order.
  package let columns: [String]
  package let registered: Source
  package let fixed: Source

  package init(dataset: Name, columns: [String], registered: Source, fixed: Source) {
    self.dataset = dataset
    self.columns = columns
    self.registered = registered
    self.fixed = fixed
  }

  /// `URL, text`.
  var names: String { columns.joined(separator: ", ") }

  /// `rows of laion are found by URL`.
  var finding: String { "rows of \(dataset) are found by \(names)" }

  /// `sequences 2 and 3, both signed by ALICE`.
  var sources: String {
    let sequences = "sequences \(registered.sequence) and \(fixed.sequence)"
    return registered.signed == fixed.signed
      ? "\(sequences), both \(registered.signed)"
      : "\(sequences), the first \(registered.signed) and the second \(fixed.signed)"
  }
}
