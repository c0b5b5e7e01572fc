/// Finds a column by the bytes of its name, without a `String` for each member of each row.
///
/// An open-addressed table over names that are fixed before the first row, at most half full.
struct ColumnLookup: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Column + 1, or 0 for an empty place; the count is a power of two.
  private var table: [Int32]

  init(_ names: [String]) {
    var size = 4
    while size < names.count * 2 { size *= 2 }
    table = Array(repeating: 0, count: size)
    for (column, name) in names.enumerated() {
      let start = bytes.count
      bytes.append(contentsOf: name.utf8)
      ends.append(bytes.count)
      var place = Self.hash(bytes.span.extracting(start..<bytes.count)) & (size - 1)
      while table[place] != 0 { place = (place + 1) & (size - 1) }
      table[place] = Int32(column + 1)
    }
  }

  /// The column of that name; `guess` is tried first, for members mostly keep one order.
  func column(_ name: Span<UInt8>, guess: Int) -> Int? {
    if guess < ends.count, matches(name, guess) { return guess }
    var place = Self.hash(name) & (table.count - 1)
    while table[place] != 0 {
      let column = Int(table[place]) - 1
      if matches(name, column) { return column }
      place = (place + 1) & (table.count - 1)
    }
    return nil
  }

  private func matches(_ name: Span<UInt8>, _ column: Int) -> Bool {
    let start = column == 0 ? 0 : ends[column - 1]
    guard name.count == ends[column] - start else { return false }
    for index in name.indices where name[index] != bytes[start + index] { return false }
    return true
  }

  /// FNV-1a, never negative.
  private static func hash(_ name: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in name.indices { hash = (hash ^ UInt64(name[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0xffff_ffff)
  }
}
