/// Takes a hash list in pieces, whatever its layout, and keeps only the hashes.
///
/// The layout is told from what is there: `<` begins XML and `{` JSON Lines; else a first line with
/// several fields, or quotes, begins a table unless it begins with a hash; everything else is one hash
/// a line. Lines that begin with `#`, `;` or `//` are comments, and empty ones are nothing.
struct HashListParser {
  private enum Layout {
    case undecided, text, table, lines, xml
  }

  private var layout = Layout.undecided
  private var list: ListCollector
  private let column: String?
  private var cutter = LineCutter()
  private var text = TextList()
  private var table: TableList
  private var lines: JSONLinesList
  private var xml: NCMECList?
  /// Bytes before the first that tells something.
  private var hasBegun = false

  init(
    algorithm: ListAlgorithm, column: String? = nil, limit: Int = HashList.maximumCount
  ) {
    list = ListCollector(algorithm, limit: limit)
    self.column = column
    table = TableList(column: column)
    lines = JSONLinesList(column: column, algorithm)
  }

  /// The line that was read last, or that is refused.
  var line: Int { xml?.line ?? cutter.line }

  /// Takes the next piece, which begins and ends anywhere.
  mutating func take(_ bytes: Span<UInt8>) throws(HashListFlaw) {
    var bytes = bytes
    if !hasBegun, !bytes.isEmpty {
      hasBegun = true
      if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf {
        bytes = bytes.extracting(3..<bytes.count)
      }
      try checkText(bytes)
    }
    if xml == nil, layout == .undecided, cutter.line == 0, Self.first(bytes) == UInt8(ascii: "<") {
      layout = .xml
      xml = NCMECList(list)
      bytes = bytes.extracting(Spelling.trimmed(bytes).lowerBound..<bytes.count)
    }
    if let xml { return try xml.take(bytes) }
    var cutter = cutter
    defer { self.cutter = cutter }
    try cutter.cut(bytes) { (line, _) throws(HashListFlaw) in try takeLine(line) }
  }

  /// Ends the list, which must have a hash that counts.
  mutating func finish() throws(HashListFlaw) -> ListCollector {
    if let xml {
      let none: [UInt8] = []
      try xml.take(none.span, isLast: true)
      return xml.list
    }
    var cutter = cutter
    defer { self.cutter = cutter }
    try cutter.finish { (line, _) throws(HashListFlaw) in try takeLine(line) }
    if layout == .table { try table.finish(list) }
    return list
  }

  private mutating func takeLine(_ line: Span<UInt8>) throws(HashListFlaw) {
    if layout == .table, table.isInsideQuotes { return try table.take(line, into: &list) }
    let range = Spelling.trimmed(line)
    let trimmed = line.extracting(range)
    if trimmed.isEmpty { return }
    if layout != .lines, Self.isComment(trimmed) {
      list.counts.comments += 1
      return
    }
    if layout == .undecided { layout = layout(of: trimmed) }
    switch layout {
    case .lines: try lines.take(trimmed, into: &list)
    // White space around a row may be a field of its own.
    case .table: try table.take(line, into: &list)
    case .text, .undecided, .xml: try text.take(trimmed, into: &list)
    }
  }

  private func layout(of line: Span<UInt8>) -> Layout {
    if line[0] == UInt8(ascii: "{") || line[0] == UInt8(ascii: "[") { return .lines }
    if column != nil { return .table }
    return !TextList.beginsWithHash(line) && TableList.isTable(line) ? .table : .text
  }

  private static func isComment(_ line: Span<UInt8>) -> Bool {
    switch line[0] {
    case UInt8(ascii: "#"), UInt8(ascii: ";"): true
    case UInt8(ascii: "/"): line.count > 1 && line[1] == UInt8(ascii: "/")
    default: false
    }
  }

  /// The first byte that is no white space.
  private static func first(_ bytes: Span<UInt8>) -> UInt8? {
    let range = Spelling.trimmed(bytes)
    return range.isEmpty ? nil : bytes[range.lowerBound]
  }

  /// Refuses what begins like an archive or another encoding: no text has a zero byte.
  private func checkText(_ bytes: Span<UInt8>) throws(HashListFlaw) {
    for index in 0..<min(bytes.count, 4096) where bytes[index] == 0 { throw .notText }
  }
}
