/// Numbers as ECMAScript writes them (ECMA-262, Number::toString; RFC 8785 section 3.2.2.3).
enum ECMAScriptNumber {
  /// Appends a finite number: its shortest digits, with an exponent from 10^21 up and below 10^−6.
  static func append(_ value: Double, to output: inout [UInt8]) {
    precondition(value.isFinite, "JSON has no number that is not finite")
    if value == 0 { return output.append(UInt8(ascii: "0")) }
    if value < 0 { output.append(UInt8(ascii: "-")) }
    let (digits, point) = shortest(value.magnitude)
    let zero = UInt8(ascii: "0")
    switch point {
    case 1...21 where point >= digits.count:
      output.append(contentsOf: digits)
      output.append(contentsOf: repeatElement(zero, count: point - digits.count))
    case 1...21:
      output.append(contentsOf: digits[..<point])
      output.append(UInt8(ascii: "."))
      output.append(contentsOf: digits[point...])
    case -5...0:
      output.append(contentsOf: "0.".utf8)
      output.append(contentsOf: repeatElement(zero, count: -point))
      output.append(contentsOf: digits)
    default:
      output.append(digits[0])
      if digits.count > 1 {
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: digits[1...])
      }
      output.append(contentsOf: (point > 0 ? "e+" : "e-").utf8)
      output.append(contentsOf: "\((point - 1).magnitude)".utf8)
    }
  }

  /// The fewest digits that only `value`, positive, is nearest to; it is about 0.digits × 10^point.
  ///
  /// The standard library's description has the same digits.
  private static func shortest(_ value: Double) -> (digits: [UInt8], point: Int) {
    let halves = value.description.utf8.split(separator: UInt8(ascii: "e"))
    let exponent = halves.count > 1 ? Int(String(decoding: halves[1], as: UTF8.self)) ?? 0 : 0
    let parts = halves[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    var digits = parts.flatMap { Array($0) }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, parts[0].count - zeros + exponent)
  }
}
