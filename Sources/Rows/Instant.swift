/// A moment in microseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Lies in the years 0001 to 9999 of the proleptic Gregorian calendar, so that each has a text.
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z, in ``range``.
  package let microseconds: Int64

  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z.
  package static let range: ClosedRange<Int64> =
    -62_135_596_800_000_000...253_402_300_799_999_999

  /// Takes microseconds of ``range``, or gives `nil`.
  package init?(microseconds: Int64) {
    guard Self.range.contains(microseconds) else { return nil }
    self.microseconds = microseconds
  }

  /// Takes milliseconds since 1970-01-01T00:00:00Z, or gives `nil` outside of ``range``.
  package init?(milliseconds: Int64) {
    let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return nil }
    self.init(microseconds: microseconds)
  }

  /// Whether `a` comes first.
  package static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

  /// How many digits of a second a text has.
  package enum Precision: Int, Sendable {
    /// `2023-12-20T00:00:00Z`
    case seconds = 0
    /// `2023-12-20T00:00:00.000Z`
    case milliseconds = 3
    /// `2023-12-20T00:00:00.000000Z`
    case microseconds = 6
  }

  /// Takes exactly the bytes that ``text(_:)`` writes, or gives `nil`.
  package init?(_ text: Span<UInt8>, spelled precision: Precision) {
    let digits = precision.rawValue
    guard text.count == (digits == 0 ? 20 : 21 + digits) else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = text[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    func isPunctuated() -> Bool {
      text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-") && text[10] == UInt8(ascii: "T")
        && text[13] == UInt8(ascii: ":") && text[16] == UInt8(ascii: ":")
        && text[text.count - 1] == UInt8(ascii: "Z")
        && (digits == 0 || text[19] == UInt8(ascii: "."))
    }
    guard isPunctuated(), let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), hour < 24, minute < 60, second < 60,
      var fraction = digits == 0 ? 0 : number(20..<20 + digits),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    for _ in digits..<6 { fraction *= 10 }
    let seconds = Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    microseconds = Self.range.lowerBound + seconds * 1_000_000 + Int64(fraction)
  }

  /// The RFC 3339 text in UTC, with `Z`; smaller parts are cut off, towards the past.
  package func text(_ precision: Precision) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(27)
    append(precision, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Appends ``text(_:)`` as ASCII.
  package func append(_ precision: Precision, to output: inout [UInt8]) {
    // Shifted to 0001-01-01, nothing is negative and division rounds towards the past.
    let shifted = microseconds - Self.range.lowerBound
    let date = CalendarDate(day: Int(shifted / 86_400_000_000))
    let inDay = Int(shifted % 86_400_000_000)
    let second = inDay / 1_000_000
    Self.append(date.year, digits: 4, to: &output)
    output.append(UInt8(ascii: "-"))
    Self.append(date.month, digits: 2, to: &output)
    output.append(UInt8(ascii: "-"))
    Self.append(date.day, digits: 2, to: &output)
    output.append(UInt8(ascii: "T"))
    Self.append(second / 3600, digits: 2, to: &output)
    output.append(UInt8(ascii: ":"))
    Self.append(second / 60 % 60, digits: 2, to: &output)
    output.append(UInt8(ascii: ":"))
    Self.append(second % 60, digits: 2, to: &output)
    switch precision {
    case .seconds: break
    case .milliseconds:
      output.append(UInt8(ascii: "."))
      Self.append(inDay / 1000 % 1000, digits: 3, to: &output)
    case .microseconds:
      output.append(UInt8(ascii: "."))
      Self.append(inDay % 1_000_000, digits: 6, to: &output)
    }
    output.append(UInt8(ascii: "Z"))
  }

  private static func append(_ value: Int, digits: Int, to output: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}
