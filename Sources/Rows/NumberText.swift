internal import CanonicalJSON

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
}

/// A decimal number on its way to a binary float: its first digits and its scale.
///
/// Short numbers convert with one exact multiplication or division. The others go through the
/// standard library, at most 800 digits of them: no midpoint between two doubles has more than 768.
struct DecimalText {
  private var isNegative = false
  /// The first significant digits, at most 19, as an integer.
  private var significand: UInt64 = 0
  private var digits = 0
  /// The value is about significand × 10^exponent.
  private var exponent = 0
  /// Whether a digit other than 0 follows those of ``significand``.
  private var isCut = false

  /// Reads the whole of `text`, a number of the JSON grammar.
  init(_ text: Span<UInt8>) throws(RowReason) {
    guard !text.isEmpty, text[0] == UInt8(ascii: "-") || text[0] &- UInt8(ascii: "0") < 10,
      let number = try? JSONNumber(in: text, at: 0), number.end == text.count
    else { throw .notNumber }
    var index = 0
    if text[0] == UInt8(ascii: "-") {
      isNegative = true
      index = 1
    }
    var isFraction = false
    while index < text.count, text[index] | 0x20 != UInt8(ascii: "e") {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: ".") {
        isFraction = true
        continue
      }
      let digit = byte - UInt8(ascii: "0")
      if digits < 19 {
        if digits > 0 || digit > 0 {
          significand = significand * 10 + UInt64(digit)
          digits += 1
        }
        if isFraction { exponent -= 1 }
      } else {
        if digit > 0 { isCut = true }
        if !isFraction { exponent += 1 }
      }
    }
    if index < text.count { exponent += Self.exponent(in: text, at: index + 1) }
  }

  /// The exponent's value, held within ±10^12, far beyond what any record's digits make up for.
  private static func exponent(in text: Span<UInt8>, at start: Int) -> Int {
    var index = start
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
    var value = 0
    while index < text.count {
      value = min(value * 10 + Int(text[index] - UInt8(ascii: "0")), 1_000_000_000_000)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// The nearest binary64, ties to even.
  func float64(_ text: Span<UInt8>) throws(RowReason) -> Double {
    if significand == 0 { return isNegative ? -0.0 : 0 }
    if !isCut, significand <= 1 << 53, (-22...22).contains(exponent) {
      let whole = Double(significand)
      let power = Self.powers[Int(exponent.magnitude)]
      let value = exponent < 0 ? whole / power : whole * power
      return isNegative ? -value : value
    }
    return try slow(text)
  }

  /// The nearest binary32, ties to even, rounded once.
  func float32(_ text: Span<UInt8>) throws(RowReason) -> Float {
    if significand == 0 { return isNegative ? -0.0 : 0 }
    if !isCut, significand <= 1 << 24, (-10...10).contains(exponent) {
      let whole = Float(significand)
      let power = Float(Self.powers[Int(exponent.magnitude)])
      let value = exponent < 0 ? whole / power : whole * power
      return isNegative ? -value : value
    }
    return try slow(text)
  }

  private func slow<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ text: Span<UInt8>
  ) throws(RowReason) -> Value {
    let lead = exponent + digits - 1
    if lead > 400 { throw .floatOverflow }
    if lead < -400 { return isNegative ? -Value.zero : Value.zero }
    var bounded: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    var kept = 0
    var isCut = false
    for index in text.indices {
      if text[index] | 0x20 == UInt8(ascii: "e") { break }
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10, kept > 0 || digit > 0 else { continue }
      if kept < 800 {
        bounded.append(text[index])
        kept += 1
      } else if digit > 0 {
        isCut = true
      }
    }
    // A last digit 1 stands for all that was cut: it breaks a tie, and can do nothing else.
    if isCut {
      bounded.append(UInt8(ascii: "1"))
      kept += 1
    }
    bounded.append(contentsOf: "e\(lead - kept + 1)".utf8)
    guard let value = Value(String(decoding: bounded, as: UTF8.self)) else { throw .notNumber }
    guard value.isFinite else { throw .floatOverflow }
    return value
  }

  /// The powers of ten that a binary64 holds exactly.
  private static let powers: InlineArray<23, Double> = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
