/// Why text is not an instant.
package enum InstantError: Error, Hashable, Sendable {
  /// The text is not an RFC 3339 date-time with an offset.
  case malformed
  /// The calendar has no such date, or the clock no such time.
  case noSuchTime
  /// The second is 60.
  case leapSecond
  /// Digits below a microsecond are not zero.
  case tooPrecise
  /// The moment, in UTC, lies outside of the years 0001 to 9999.
  case outOfRange
}

extension InstantError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .malformed: "The time is not RFC 3339; write it like 2023-12-20T00:00:00Z."
    case .noSuchTime: "The calendar has no such time; correct it."
    case .leapSecond: "Leap seconds cannot be kept; write second 59 or the next minute."
    case .tooPrecise: "The time has digits below a microsecond; round it."
    case .outOfRange: "The time lies outside of the years 0001 to 9999; correct it."
    }
  }
}

extension Instant {
  /// Parses an RFC 3339 date-time with `Z` or an offset; `t` and `z` may be small, as its ABNF says.
  package init(rfc3339 text: some StringProtocol) throws(InstantError) {
    try self.init(rfc3339: Array(text.utf8).span)
  }

  /// Parses an RFC 3339 date-time, as from text.
  package init(rfc3339 text: Span<UInt8>) throws(InstantError) {
    guard text.count >= 20 else { throw .malformed }
    let year = try Self.number(in: text, at: 0, digits: 4)
    try Self.require(UInt8(ascii: "-"), in: text, at: 4)
    let month = try Self.number(in: text, at: 5, digits: 2)
    try Self.require(UInt8(ascii: "-"), in: text, at: 7)
    let day = try Self.number(in: text, at: 8, digits: 2)
    guard text[10] | 0x20 == UInt8(ascii: "t") else { throw .malformed }
    let hour = try Self.number(in: text, at: 11, digits: 2)
    try Self.require(UInt8(ascii: ":"), in: text, at: 13)
    let minute = try Self.number(in: text, at: 14, digits: 2)
    try Self.require(UInt8(ascii: ":"), in: text, at: 16)
    let second = try Self.number(in: text, at: 17, digits: 2)
    let (fraction, end) = try Self.fraction(in: text, at: 19)
    let offset = try Self.offset(in: text, at: end)
    if year == 0 { throw .outOfRange }
    if second == 60 { throw .leapSecond }
    guard let date = CalendarDate(year: year, month: month, day: day), hour < 24, minute < 60,
      second < 60
    else { throw .noSuchTime }
    guard let fraction else { throw .tooPrecise }
    let minutes = date.dayNumber * 1440 + hour * 60 + minute - offset
    let sinceYear1 = (minutes * 60 + second) * 1_000_000 + fraction
    guard let instant = Instant(microseconds: Int64(sinceYear1) + Self.range.lowerBound) else {
      throw .outOfRange
    }
    self = instant
  }

  private static func require(
    _ byte: UInt8, in text: Span<UInt8>, at index: Int
  ) throws(InstantError) {
    guard index < text.count, text[index] == byte else { throw .malformed }
  }

  private static func number(
    in text: Span<UInt8>, at start: Int, digits: Int
  ) throws(InstantError) -> Int {
    guard start + digits <= text.count else { throw .malformed }
    var value = 0
    for index in start..<start + digits {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .malformed }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// Microseconds of the fraction at `start`, `nil` when smaller digits are not zero, and its end.
  private static func fraction(
    in text: Span<UInt8>, at start: Int
  ) throws(InstantError) -> (Int?, end: Int) {
    guard start < text.count, text[start] == UInt8(ascii: ".") else { return (0, start) }
    var value = 0
    var scale = 100_000
    var isExact = true
    var index = start + 1
    while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
      let digit = Int(text[index] - UInt8(ascii: "0"))
      if scale == 0, digit != 0 { isExact = false }
      value += digit * scale
      scale /= 10
      index += 1
    }
    guard index > start + 1 else { throw .malformed }
    return (isExact ? value : nil, index)
  }

  /// Minutes east of UTC, from the offset that takes the rest of the text.
  private static func offset(in text: Span<UInt8>, at start: Int) throws(InstantError) -> Int {
    guard start < text.count else { throw .malformed }
    if text[start] | 0x20 == UInt8(ascii: "z") {
      guard start + 1 == text.count else { throw .malformed }
      return 0
    }
    let isEast = text[start] == UInt8(ascii: "+")
    guard isEast || text[start] == UInt8(ascii: "-"), start + 6 == text.count else {
      throw .malformed
    }
    let hours = try number(in: text, at: start + 1, digits: 2)
    try require(UInt8(ascii: ":"), in: text, at: start + 3)
    let minutes = try number(in: text, at: start + 4, digits: 2)
    guard hours < 24, minutes < 60 else { throw .noSuchTime }
    return (hours * 60 + minutes) * (isEast ? 1 : -1)
  }
}
