/// An integer as rows write it: `-?(0|[1-9][0-9]*)`, from −2^63 to 2^64−1.
enum IntegerText: Equatable {
  case signed(Int64)
  /// Above 2^63−1.
  case unsigned(UInt64)

  /// Parses the whole of `text`, or throws the reason.
  init(_ text: Span<UInt8>) throws(RowReason) {
    guard !text.isEmpty else { throw .notInteger }
    let isNegative = text[0] == UInt8(ascii: "-")
    let first = isNegative ? 1 : 0
    guard first < text.count else { throw .notInteger }
    if text[first] == UInt8(ascii: "0"), text.count > first + 1 { throw .notInteger }
    var value: UInt64 = 0
    var isTooLarge = false
    for index in first..<text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .notInteger }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
      isTooLarge = isTooLarge || overflow || carry
      value = sum
    }
    if isTooLarge { throw .integerOutOfRange }
    if !isNegative {
      self = Int64(exactly: value).map(IntegerText.signed) ?? .unsigned(value)
    } else if value <= Int64.min.magnitude {
      self = .signed(Int64(truncatingIfNeeded: 0 &- value))
    } else {
      throw .integerOutOfRange
    }
  }

  /// Refuses an integer as `text` has it that `value`, read of it as a float, is not exactly.
  ///
  /// A number with a fraction or an exponent is the float nearest to it, and passes.
  static func requireExact(_ value: Double, of text: Span<UInt8>) throws(RowReason) {
    for index in text.indices where text[index] &- UInt8(ascii: "0") >= 10 {
      if index > 0 || text[index] != UInt8(ascii: "-") { return }
    }
    let isExact =
      switch try IntegerText(text) {
      case .signed(let integer): Int64(exactly: value) == integer
      case .unsigned(let integer): UInt64(exactly: value) == integer
      }
    guard isExact else { throw .integerRounded }
  }
}
