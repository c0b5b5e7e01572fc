internal import LedgerCrypto

/// Cuts pieces of a text into its lines, which end with LF or CRLF.
struct LineCutter {
  /// The most bytes of a line.
  static let longestLine = 1 << 20

  /// The lines so far.
  private(set) var line = 0
  private var rest: [UInt8] = []

  /// Gives each line that ends in `bytes` to `take`, without its end.
  mutating func cut(
    _ bytes: Span<UInt8>,
    _ take: (Span<UInt8>, _ line: Int) throws(HashListFlaw) -> Void
  ) throws(HashListFlaw) {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0a { end += 1 }
      guard end - start <= Self.longestLine - rest.count else {
        line += 1
        throw .tooLong(limit: Self.longestLine)
      }
      let piece = bytes.extracting(start..<end)
      guard end < bytes.count else { return keep(piece) }
      if rest.isEmpty {
        try give(piece, take)
      } else {
        keep(piece)
        try finish(take)
      }
      start = end + 1
    }
  }

  /// Gives the last line, which may lack its end.
  mutating func finish(
    _ take: (Span<UInt8>, _ line: Int) throws(HashListFlaw) -> Void
  ) throws(HashListFlaw) {
    guard !rest.isEmpty else { return }
    let last = rest
    rest.removeAll(keepingCapacity: true)
    try give(last.span, take)
  }

  private mutating func keep(_ bytes: Span<UInt8>) {
    rest.append(copying: bytes)
  }

  private mutating func give(
    _ text: Span<UInt8>, _ take: (Span<UInt8>, _ line: Int) throws(HashListFlaw) -> Void
  ) throws(HashListFlaw) {
    line += 1
    let hasReturn = !text.isEmpty && text[text.count - 1] == 0x0d
    try take(hasReturn ? text.extracting(0..<text.count - 1) : text, line)
  }
}
