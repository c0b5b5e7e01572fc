/// A number that follows RFC 8259 section 6, found in bytes.
package struct JSONNumber: Sendable {
  /// The offset of its first byte.
  package let start: Int
  /// The offset after its last byte.
  package let end: Int
  /// Whether it has neither a fraction nor an exponent.
  package let isInteger: Bool

  /// Reads the number that starts at `start`, as far as the grammar goes.
  ///
  /// What follows it is the caller's to judge. `start` lies inside `bytes`.
  package init(in bytes: Span<UInt8>, at start: Int) throws(JSONError) {
    func digits(from index: Int) -> Int {
      var index = index
      while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
      return index
    }
    self.start = start
    var index = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
    var next = digits(from: index)
    guard next > index else { throw .invalidNumber(at: start) }
    guard next == index + 1 || bytes[index] != UInt8(ascii: "0") else {
      throw .invalidNumber(at: start)
    }
    index = next
    var isInteger = true
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isInteger = false
      next = digits(from: index + 1)
      guard next > index + 1 else { throw .invalidNumber(at: start) }
      index = next
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      index += 1
      if index < bytes.count,
        bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
      {
        index += 1
      }
      next = digits(from: index)
      guard next > index else { throw .invalidNumber(at: start) }
      index = next
    }
    end = index
    self.isInteger = isInteger
  }

  /// The value, when it is an integer of ``JSON/integerRange`` other than `-0`.
  func integer53(in bytes: Span<UInt8>) throws(JSONError) -> Int64 {
    guard isInteger else { throw .notAnInteger(at: start) }
    let isNegative = bytes[start] == UInt8(ascii: "-")
    let first = isNegative ? start + 1 : start
    // 2^53 has sixteen digits, so that longer ones are out of range and shorter ones cannot overflow.
    guard end - first <= 16 else { throw .integerOutOfRange(at: start) }
    var value: Int64 = 0
    for index in first..<end { value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0")) }
    guard value <= JSON.integerRange.upperBound else { throw .integerOutOfRange(at: start) }
    if isNegative, value == 0 { throw .notAnInteger(at: start) }
    return isNegative ? -value : value
  }
}
