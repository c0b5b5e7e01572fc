internal import Rows

/// A moment in UTC, to the millisecond; the only two spellings in signed bytes are
/// `YYYY-MM-DDTHH:MM:SSZ` and, for `recordedAt`, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z, within the years 0001 to 9999.
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Takes exactly the spelling with whole seconds, or gives `nil`.
  package init?(seconds text: Span<UInt8>) { self.init(Instant(text, spelled: .seconds)) }

  /// Takes exactly the spelling with whole seconds, or gives `nil`.
  package init?(seconds text: String) { self.init(seconds: text.utf8Span.span) }

  /// Takes exactly the spelling with three decimals, or gives `nil`.
  package init?(milliseconds text: Span<UInt8>) { self.init(Instant(text, spelled: .milliseconds)) }

  /// Takes exactly the spelling with three decimals, or gives `nil`.
  package init?(milliseconds text: String) { self.init(milliseconds: text.utf8Span.span) }

  private init?(_ instant: Instant?) {
    guard let instant else { return nil }
    milliseconds = instant.microseconds / 1000
  }

  /// Takes any RFC 3339 time that is whole in milliseconds, or gives `nil`.
  package init?(any text: String) {
    guard let instant = try? Instant(rfc3339: text), instant.microseconds.isMultiple(of: 1000)
    else { return nil }
    milliseconds = instant.microseconds / 1000
  }

  /// The spelling with three decimals.
  package var text: String { spelled(.milliseconds) }

  /// The spelling with whole seconds; a fraction is dropped.
  package var seconds: String { spelled(.seconds) }

  private func spelled(_ precision: Instant.Precision) -> String {
    Instant(milliseconds: milliseconds)?.text(precision) ?? ""
  }

  /// This moment, its fraction of a second dropped.
  package var wholeSecond: Timestamp {
    let rest = milliseconds % 1000
    return Timestamp(milliseconds: milliseconds - (rest < 0 ? rest + 1000 : rest))
  }

  /// The moment `seconds` later, kept within the range of the integer.
  package func advanced(bySeconds seconds: Int64) -> Timestamp {
    let (offset, _) = seconds.multipliedReportingOverflow(by: 1000)
    let (sum, overflow) = milliseconds.addingReportingOverflow(offset)
    return Timestamp(milliseconds: overflow ? .max : sum)
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }
}
