internal import Rows

/// How far a list of rows was read, and in which form it is.
enum RowList {
  /// JSON objects, one a line.
  case objects(row: Int)
  /// CSV; its first chunk begins with the header, and its rows at `start`.
  case table(RowProjection, row: Int, start: Int)
  /// One value a line.
  case values(RowHasher, row: Int)

  /// How many bytes of whole records a chunk holds.
  var boundary: (Span<UInt8>) -> Int {
    switch self {
    case .objects, .values: Self.lines
    case .table: ShardFormat.plainCSV.boundary
    }
  }

  /// The bytes of whole lines.
  static func lines(_ bytes: Span<UInt8>) -> Int {
    var end = bytes.count
    while end > 0, bytes[end - 1] != 0x0a { end -= 1 }
    return end
  }

  /// Where the list begins, after a byte order mark and blank lines.
  static func start(of bytes: Span<UInt8>) -> Int {
    var place = mark(of: bytes)
    while place < bytes.count, isSpace(bytes[place]) { place += 1 }
    return place
  }

  /// The lines of a chunk, without their ends.
  static func split(_ bytes: Span<UInt8>, isFirst: Bool) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = isFirst ? mark(of: bytes) : 0
    for place in start..<bytes.count where bytes[place] == 0x0a {
      let end = place > start && bytes[place - 1] == 0x0d ? place - 1 : place
      lines.append(start..<end)
      start = place + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  static func isBlank(_ line: Span<UInt8>) -> Bool {
    for place in line.indices where !isSpace(line[place]) { return false }
    return true
  }

  private static func mark(of bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }
}
