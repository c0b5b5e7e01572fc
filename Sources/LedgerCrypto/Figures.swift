/// Figures as people read them, in every sentence and table; JSON has the digits alone.
///
/// What is counted or measured is grouped. What names a place, such as a sequence, a line or an
/// offset, is not: it is typed again as it stands.
extension BinaryInteger {
  /// The digits in groups of three: `1234567` as `1,234,567`.
  package var grouped: String {
    let digits = String(magnitude)
    var output = self < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place).isMultiple(of: 3) { output.append(",") }
      output.append(digit)
    }
    return output
  }

  /// The figure with what it counts: `1 row`, `2,000 rows`; `many` where the plural is not `one` with
  /// an s.
  package func of(_ one: String, _ many: String? = nil) -> String {
    "\(grouped) \(self == 1 ? one : many ?? one + "s")"
  }
}
