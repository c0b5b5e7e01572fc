/// A date of the proleptic Gregorian calendar in the years 0001 to 9999.
struct CalendarDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  /// Takes a date that exists, or gives `nil`.
  init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date that is `day` days, not negative, after 0001-01-01.
  init(day: Int) {
    // 400 years have 146,097 days; the guess is never late and at most one year early.
    var year = day * 400 / 146_097 + 1
    while Self.days(before: year) > day { year -= 1 }
    while Self.days(before: year + 1) <= day { year += 1 }
    var rest = day - Self.days(before: year)
    var month = 1
    while rest >= Self.days(inMonth: month, of: year) {
      rest -= Self.days(inMonth: month, of: year)
      month += 1
    }
    self.year = year
    self.month = month
    self.day = rest + 1
  }

  /// Days since 0001-01-01.
  var dayNumber: Int {
    var days = Self.days(before: year)
    for earlier in 1..<month { days += Self.days(inMonth: earlier, of: year) }
    return days + day - 1
  }

  private static func days(before year: Int) -> Int {
    let past = year - 1
    return past * 365 + past / 4 - past / 100 + past / 400
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
