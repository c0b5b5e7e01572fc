internal import LedgerCrypto

/// A list with columns: CSV, or fields that semicolons or tabs separate.
///
/// The hashes are in the column that is named; else in the one of the algorithm's name, the one whose
/// name has that in it, or one called `hash`. A column `type` or `algorithm` says of each row what its
/// hash is, one called `quality` how good a perceptual hash is. A first line that holds a hash itself
/// is a row, and its fields name no columns.
struct TableList {
  private let name: String?
  private var separator = UInt8(ascii: ",")
  /// How many fields a row has; 0 before the first.
  private var width = 0
  private var hashes = 0
  private var types: Int?
  private var qualities: Int?
  /// The fields of a line, where they stand in it.
  private var fields: [Range<Int>] = []
  /// Lines of a row whose quotes are still open.
  private var open: [UInt8] = []

  /// - Parameter name: the column, in any case; by default it is told from the algorithm.
  init(column name: String?) { self.name = name }

  /// Whether a first line has several fields, or quoted ones.
  static func isTable(_ line: Span<UInt8>) -> Bool {
    separator(of: line) != nil || line[0] == UInt8(ascii: "\"")
  }

  /// Whether the lines taken last are a row without its end.
  var isInsideQuotes: Bool { !open.isEmpty }

  /// Takes a line that is neither empty nor a comment, or one inside quotes.
  mutating func take(_ line: Span<UInt8>, into list: inout ListCollector) throws(HashListFlaw) {
    if open.isEmpty, Self.hasEvenQuotes(line) { return try takeRow(line, into: &list) }
    guard open.count + line.count <= LineCutter.longestLine else { throw .quotes }
    open.append(copying: line)
    guard Self.hasEvenQuotes(open.span) else {
      open.append(0x0a)
      return
    }
    let row = open
    open.removeAll(keepingCapacity: true)
    try takeRow(row.span, into: &list)
  }

  /// Ends the list; no quotes may be open.
  func finish(_ list: ListCollector) throws(HashListFlaw) {
    if isInsideQuotes { throw .quotes }
    if width == 0, let name { throw .noColumn(name) }
  }

  private mutating func takeRow(
    _ line: Span<UInt8>, into list: inout ListCollector
  ) throws(HashListFlaw) {
    if width == 0 {
      separator = Self.separator(of: line) ?? separator
      try split(line)
      if try takeHeader(line, &list) { return }
    } else {
      try split(line)
    }
    guard fields.count == width else { throw .ragged }
    if let types {
      if list.algorithm.isOther(than: text(types, of: line)) { return list.takeNothing() }
    }
    var quality: Int?
    if let qualities { quality = try ListCollector.quality(line.extracting(fields[qualities])) }
    try list.take(line.extracting(fields[hashes]), quality: quality)
  }

  /// Learns the columns; gives `false` when the line is a row already.
  private mutating func takeHeader(
    _ line: Span<UInt8>, _ list: inout ListCollector
  ) throws(HashListFlaw) -> Bool {
    width = fields.count
    if name == nil {
      let found = fields.indices.filter {
        list.algorithm.hash(spelledBy: line.extracting(fields[$0])) != nil
      }
      if found.count == 1 {
        hashes = found[0]
        if list.algorithm == .pdq, hashes + 1 < width { qualities = hashes + 1 }
        return false
      }
    }
    let names = fields.indices.map { ListAlgorithm.letters(of: text($0, of: line)) }
    hashes = try place(among: names, of: list.algorithm)
    types = names.firstIndex { ListAlgorithm.typeNames.contains($0) }
    if types == hashes { types = nil }
    if list.algorithm == .pdq { qualities = names.firstIndex { $0.hasSuffix("quality") } }
    list.counts.headers += 1
    return true
  }

  private func place(
    among names: [String], of algorithm: ListAlgorithm
  ) throws(HashListFlaw) -> Int {
    func only(_ isMeant: (String) -> Bool) -> Int? {
      let found = names.indices.filter { isMeant(names[$0]) }
      return found.count == 1 ? found[0] : nil
    }
    if let name {
      let wanted = ListAlgorithm.letters(of: name)
      guard let place = only({ $0 == wanted }) else { throw .noColumn(name) }
      return place
    }
    let isAmbiguous = names.filter { $0 == algorithm.rawValue }.count > 1
    guard !isAmbiguous,
      let place = only({ $0 == algorithm.rawValue })
        ?? only({ $0.contains(algorithm.rawValue) && !$0.hasSuffix("quality") })
        ?? only({ $0 == "hash" })
    else { throw .noColumn(algorithm.rawValue) }
    return place
  }

  private func text(_ field: Int, of line: Span<UInt8>) -> String {
    String(decoding: fields[field].map { line[$0] }, as: UTF8.self)
  }

  /// Finds the fields of a row: their bytes without quotes.
  ///
  /// Doubled quotes stay doubled: no hash and no name of a column of hashes has any.
  private mutating func split(_ line: Span<UInt8>) throws(HashListFlaw) {
    let quote = UInt8(ascii: "\"")
    fields.removeAll(keepingCapacity: true)
    var start = 0
    while true {
      var end = start
      if start < line.count, line[start] == quote {
        end += 1
        while true {
          guard end < line.count else { throw .quotes }
          if line[end] == quote {
            guard end + 1 < line.count, line[end + 1] == quote else { break }
            end += 1
          }
          end += 1
        }
        fields.append(start + 1..<end)
        end += 1
        guard end == line.count || line[end] == separator else { throw .quotes }
      } else {
        while end < line.count, line[end] != separator {
          if line[end] == quote { throw .quotes }
          end += 1
        }
        fields.append(start..<end)
      }
      guard end < line.count else { return }
      start = end + 1
    }
  }

  /// The first byte outside quotes that separates fields.
  private static func separator(of line: Span<UInt8>) -> UInt8? {
    var isQuoted = false
    for index in line.indices {
      switch line[index] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ","), UInt8(ascii: ";"), 0x09: if !isQuoted { return line[index] }
      default: break
      }
    }
    return nil
  }

  private static func hasEvenQuotes(_ line: Span<UInt8>) -> Bool {
    var isEven = true
    for index in line.indices where line[index] == UInt8(ascii: "\"") { isEven.toggle() }
    return isEven
  }
}
