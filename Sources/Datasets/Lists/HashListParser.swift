internal import LedgerCrypto

/// Takes a hash list by pieces that end with a line, and keeps only the hashes.
struct HashListParser {
  /// The hashes so far, in the file's order, padded with zeros to 32 bytes.
  private(set) var hashes: [Digest] = []

  private let path: String
  private let algorithm: ListAlgorithm
  private let isCSV: Bool
  private var line = 0
  private var emptyLine: Int?
  private var column: Int?
  private var columnCount = 0
  private let limit: Int

  init(path: String, algorithm: ListAlgorithm, limit: Int = HashList.maximumCount) {
    self.path = path
    self.algorithm = algorithm
    self.limit = limit
    isCSV = path.hasSuffix(".csv") || path.hasSuffix(".csv.gz")
  }

  /// The length of the longest prefix of whole lines.
  static func boundary(_ bytes: Span<UInt8>) -> Int {
    var end = bytes.count
    while end > 0, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
    return end
  }

  /// Takes whole lines; only the file's last may lack its line end.
  mutating func take(_ bytes: Span<UInt8>) throws(DatasetFailure) {
    var start = 0
    if line == 0, bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf {
      start = 3
    }
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let next = end + 1
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      line += 1
      try takeLine(bytes.extracting(start..<end))
      start = next
    }
  }

  /// Ends the list, which must have a hash.
  func finish() throws(DatasetFailure) {
    if isCSV, column == nil { throw .list(path: path, line: max(line, 1), .noColumn(algorithm)) }
    if hashes.isEmpty { throw .list(path: path, line: max(line, 1), .empty) }
  }

  private mutating func takeLine(_ text: Span<UInt8>) throws(DatasetFailure) {
    if text.isEmpty {
      emptyLine = emptyLine ?? line
      return
    }
    if let emptyLine { throw .list(path: path, line: emptyLine, .emptyLine) }
    if isCSV {
      try takeFields(text)
    } else {
      try takeHash(text)
    }
  }

  private mutating func takeHash(_ digits: Span<UInt8>) throws(DatasetFailure) {
    guard let hash = algorithm.hash(hexDigits: digits) else {
      throw .list(path: path, line: line, .notAHash(algorithm))
    }
    guard hashes.count < limit else {
      throw .list(path: path, line: line, .tooMany(limit: limit))
    }
    hashes.append(hash)
  }

  private mutating func takeFields(_ text: Span<UInt8>) throws(DatasetFailure) {
    var fields = 0
    var wanted: Range<Int>?
    var named = 0
    var start = 0
    while true {
      guard let field = Self.field(text, from: start) else {
        throw .list(path: path, line: line, .quotes)
      }
      if let column {
        if fields == column { wanted = field.content }
      } else {
        let name = field.content.map { text[$0] }
        if algorithm.isNamed(by: String(decoding: name, as: UTF8.self)) {
          wanted = fields..<fields
          named += 1
        }
      }
      fields += 1
      guard let next = field.next else { break }
      start = next
    }
    if column == nil {
      guard named == 1, let wanted else {
        throw .list(path: path, line: line, .noColumn(algorithm))
      }
      column = wanted.lowerBound
      columnCount = fields
    } else {
      guard fields == columnCount, let wanted else {
        throw .list(path: path, line: line, .ragged)
      }
      try takeHash(text.extracting(wanted))
    }
  }

  /// One field: its bytes without quotes, and where the next begins, if there is one.
  ///
  /// `nil` for quotes that do not fit. Doubled quotes stay doubled: no hash and no name of one has any.
  private static func field(
    _ text: Span<UInt8>, from start: Int
  ) -> (content: Range<Int>, next: Int?)? {
    let quote = UInt8(ascii: "\"")
    let comma = UInt8(ascii: ",")
    var end = start
    if start < text.count, text[start] == quote {
      end += 1
      while true {
        guard end < text.count else { return nil }
        if text[end] == quote {
          guard end + 1 < text.count, text[end + 1] == quote else { break }
          end += 1
        }
        end += 1
      }
      let after = end + 1
      guard after == text.count || text[after] == comma else { return nil }
      return (start + 1..<end, after == text.count ? nil : after + 1)
    }
    while end < text.count, text[end] != comma {
      if text[end] == quote { return nil }
      end += 1
    }
    return (start..<end, end == text.count ? nil : end + 1)
  }
}
