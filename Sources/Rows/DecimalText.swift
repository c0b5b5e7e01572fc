/// A decimal number on its way to a binary float: its first digits and its scale.
///
/// A number of at most 19 digits and a scale of at most 27 converts exactly, by one division of doubles
/// where both fit, else in 128-bit integers. The
/// others go through the standard library, at most 800 digits of them: no midpoint between two doubles
/// has more than 768.
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
    var index = 0
    if !text.isEmpty, text[0] == UInt8(ascii: "-") {
      isNegative = true
      index = 1
    }
    let first = index
    takeDigits(of: text, &index, areFraction: false)
    guard index > first, index == first + 1 || text[first] != UInt8(ascii: "0") else {
      throw .notNumber
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      let first = index
      takeDigits(of: text, &index, areFraction: true)
      guard index > first else { throw .notNumber }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      exponent += try Self.exponent(in: text, &index)
    }
    guard index == text.count else { throw .notNumber }
  }

  private mutating func takeDigits(of text: Span<UInt8>, _ index: inout Int, areFraction: Bool) {
    while index < text.count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      index += 1
      if digits < 19 {
        if digits > 0 || digit > 0 {
          significand = significand &* 10 &+ UInt64(digit)
          digits += 1
        }
        if areFraction { exponent -= 1 }
      } else {
        if digit > 0 { isCut = true }
        if !areFraction { exponent += 1 }
      }
    }
  }

  /// The exponent's value, held within ±10^12, far beyond what any record's digits make up for.
  private static func exponent(
    in text: Span<UInt8>, _ index: inout Int
  ) throws(RowReason) -> Int {
    let isNegative = index < text.count && text[index] == UInt8(ascii: "-")
    if isNegative || index < text.count && text[index] == UInt8(ascii: "+") { index += 1 }
    let first = index
    var value = 0
    while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
      value = min(value * 10 + Int(text[index] - UInt8(ascii: "0")), 1_000_000_000_000)
      index += 1
    }
    guard index > first else { throw .notNumber }
    return isNegative ? -value : value
  }

  /// The nearest binary64, ties to even.
  func float64(_ text: Span<UInt8>) throws(RowReason) -> Double {
    if significand == 0 { return isNegative ? -0.0 : 0 }
    guard !isCut, (-27...27).contains(exponent) else { return try slow(text) }
    if (-22...0).contains(exponent), significand <= 1 << 53 {
      // Both are doubles as they stand, so that the one rounding is the division's.
      let value = Double(significand) / Self.powersOfTen[-exponent]
      return isNegative ? -value : value
    }
    let (bits, shift) = scaled()
    let value = Double(bits) * Self.power(ofTwo: shift)
    return isNegative ? -value : value
  }

  /// The nearest binary32, ties to even, rounded once.
  func float32(_ text: Span<UInt8>) throws(RowReason) -> Float {
    if significand == 0 { return isNegative ? -0.0 : 0 }
    guard !isCut, (-27...27).contains(exponent) else { return try slow(text) }
    let (bits, shift) = scaled()
    // The one rounding is the first conversion: scaling in binary64 is exact, and so is the way back.
    let value = Float(Double(Float(bits)) * Self.power(ofTwo: shift))
    guard value.isFinite else { throw .floatOverflow }
    return isNegative ? -value : value
  }

  /// The value as `bits` × 2^`shift`, where an inexact value has at least 62 bits and its lowest is 1.
  ///
  /// Such a bit stands for all that was cut off: the rounding to 53 or 24 bits comes out right.
  private func scaled() -> (bits: UInt64, shift: Int) {
    let five = Self.powersOfFive[Int(exponent.magnitude)]
    if exponent >= 0 {
      let (high, low) = significand.multipliedFullWidth(by: five)
      if high == 0 { return (low, exponent) }
      let zeros = high.leadingZeroBitCount
      let kept = high << UInt64(zeros) | (zeros == 0 ? 0 : low >> UInt64(64 - zeros))
      let isInexact = low << UInt64(zeros) != 0
      return (isInexact ? kept | 1 : kept, exponent + 64 - zeros)
    }
    let divisorZeros = five.leadingZeroBitCount
    let zeros = significand.leadingZeroBitCount
    let divisor = five << UInt64(divisorZeros)
    let dividend = significand << UInt64(zeros)
    // Halved, the dividend's high word is below the divisor, whose top bit is set.
    let (quotient, rest) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
    return (rest == 0 ? quotient : quotient | 1, exponent - 63 - zeros + divisorZeros)
  }

  /// 2^`exponent` for exponents of normal numbers.
  private static func power(ofTwo exponent: Int) -> Double {
    Double(bitPattern: UInt64(1023 + exponent) << 52)
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

  /// 10^0 to 10^22, all that are doubles.
  private static let powersOfTen: InlineArray<23, Double> = {
    var powers = InlineArray<23, Double>(repeating: 1)
    for index in 1..<23 { powers[index] = powers[index - 1] * 10 }
    return powers
  }()

  /// 5^0 to 5^27, all that fit 64 bits.
  private static let powersOfFive: InlineArray<28, UInt64> = {
    var powers = InlineArray<28, UInt64>(repeating: 1)
    for index in 1..<28 { powers[index] = powers[index - 1] * 5 }
    return powers
  }()
}
