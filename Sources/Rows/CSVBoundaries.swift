/// Where the records of CSV bytes end, so that a large file is cut into chunks for parallel work.
///
/// A line feed ends a record when an even number of quotes stands before it; doubled quotes count
/// twice and change nothing. Where the bytes are not RFC 4180, cuts are right up to the first record
/// that a reader refuses, so the refusal of the earliest chunk is the true one.
package enum CSVBoundaries {
  /// Whether an odd number of quotes stands in `bytes`.
  ///
  /// One pass without branches; chunks of a file can be counted in parallel and folded by `!=`.
  package static func hasOddQuotes(_ bytes: Span<UInt8>) -> Bool {
    var sum: UInt8 = 0
    for index in bytes.indices { sum &+= bytes[index] == UInt8(ascii: "\"") ? 1 : 0 }
    return sum & 1 == 1
  }

  /// The offset after the first line feed from `start` on that ends a record, or `bytes.count`.
  ///
  /// `isInsideQuotes` tells whether an odd number of quotes stands before `start`.
  package static func endOfRecord(
    in bytes: Span<UInt8>, from start: Int, isInsideQuotes: Bool
  ) -> Int {
    var isInside = isInsideQuotes
    var index = max(start, 0)
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if byte == 0x0a, !isInside { return index }
    }
    return bytes.count
  }

  /// Offsets that cut `bytes` from `start` on into chunks of whole records.
  ///
  /// Begins with `start`, where a record begins, and ends with `bytes.count`; each chunk but the last
  /// has at least `size` bytes, and is longer only by the rest of a record.
  package static func cuts(in bytes: Span<UInt8>, from start: Int = 0, every size: Int) -> [Int] {
    var cuts = [min(max(start, 0), bytes.count)]
    let size = max(size, 1)
    while let last = cuts.last, bytes.count - last > size {
      let target = last + size - 1
      let isInside = hasOddQuotes(bytes.extracting(last..<target))
      cuts.append(endOfRecord(in: bytes, from: target, isInsideQuotes: isInside))
    }
    if let last = cuts.last, last < bytes.count || cuts.count == 1 { cuts.append(bytes.count) }
    return cuts
  }
}

/// Where the lines of JSON Lines end.
package enum LineBoundaries {
  /// The offset after the first line feed from `start` on, or `bytes.count`.
  package static func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = max(start, 0)
    while index < bytes.count, bytes[index] != 0x0a { index += 1 }
    return min(index + 1, bytes.count)
  }

  /// Offsets that cut `bytes` into chunks of whole lines, as ``CSVBoundaries/cuts(in:from:every:)``.
  package static func cuts(in bytes: Span<UInt8>, from start: Int = 0, every size: Int) -> [Int] {
    var cuts = [min(max(start, 0), bytes.count)]
    let size = max(size, 1)
    while let last = cuts.last, bytes.count - last > size {
      cuts.append(endOfRecord(in: bytes, from: last + size - 1))
    }
    if let last = cuts.last, last < bytes.count || cuts.count == 1 { cuts.append(bytes.count) }
    return cuts
  }
}
