/// A list of one hash a line, as it is or as `md5sum` and its like write it.
///
/// A hash is followed by nothing, or by white space and whatever: a file's name, a remark. `MD5 (name)
/// = hash` is read too (`md5sum --tag`). The first line that counts may be a heading.
struct TextList {
  private var hasBegun = false

  /// Takes a line that is neither empty nor a comment.
  mutating func take(_ line: Span<UInt8>, into list: inout ListCollector) throws(HashListFlaw) {
    let isFirst = !hasBegun
    hasBegun = true
    // A backslash comes before the hash of a file whose name has one (`md5sum`).
    let start = line[0] == UInt8(ascii: "\\") ? 1 : 0
    let word = start..<Self.endOfWord(in: line, from: start)
    let hash = line.extracting(word)
    if let spelled = list.algorithm.hash(spelledBy: hash) {
      var next = word.upperBound
      while let other = Self.word(in: line, from: next) {
        if let found = list.algorithm.hash(spelledBy: line.extracting(other)), found != spelled {
          throw .twoHashes(list.algorithm)
        }
        next = other.upperBound
      }
      return try list.take(hash)
    }
    if ListAlgorithm.isSomeHash(hash) { return list.takeNothing() }
    if let tagged = Self.tagged(line) {
      let tag = String(decoding: tagged.tag.map { line[$0] }, as: UTF8.self)
      if list.algorithm.isNamed(by: tag) { return try list.take(line.extracting(tagged.hash)) }
      if ListAlgorithm.isSomeHash(line.extracting(tagged.hash)) { return list.takeNothing() }
    }
    guard isFirst, Self.isHeading(line) else { throw .notAHash(list.algorithm) }
    let heading = String(decoding: line.indices.map { line[$0] }, as: UTF8.self)
    if ListAlgorithm.allCases.contains(where: { $0 != list.algorithm && $0.isNamed(by: heading) }) {
      throw .noColumn(list.algorithm.rawValue)
    }
    list.counts.headers += 1
  }

  /// Whether the first line begins with a hash, so that it is no heading of columns.
  static func beginsWithHash(_ line: Span<UInt8>) -> Bool {
    let start = line[0] == UInt8(ascii: "\\") ? 1 : 0
    let word = line.extracting(start..<endOfWord(in: line, from: start))
    return ListAlgorithm.isSomeHash(word) || tagged(line) != nil
      || ListAlgorithm.allCases.contains { $0.hash(spelledBy: word) != nil }
  }

  /// Whether a line has no word that may be meant for a hash: none of 16 letters and digits or more.
  private static func isHeading(_ line: Span<UInt8>) -> Bool {
    var run = 0
    for index in line.indices {
      switch line[index] {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: run += 1
      default: run = 0
      }
      if run >= 16 { return false }
    }
    return true
  }

  private static func word(in line: Span<UInt8>, from offset: Int) -> Range<Int>? {
    var start = offset
    while start < line.count, Spelling.isSpace(line[start]) || line[start] == UInt8(ascii: "*") {
      start += 1
    }
    return start < line.count ? start..<endOfWord(in: line, from: start) : nil
  }

  private static func endOfWord(in line: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < line.count, !Spelling.isSpace(line[end]) { end += 1 }
    return end
  }

  /// Where tag and hash stand in `TAG (name) = hash`.
  private static func tagged(_ line: Span<UInt8>) -> (tag: Range<Int>, hash: Range<Int>)? {
    var start = line.count
    while start > 0, !Spelling.isSpace(line[start - 1]) { start -= 1 }
    let (closing, opening) = (Array(") = ".utf8), Array(" (".utf8))
    guard start >= closing.count, has(closing, in: line, at: start - closing.count) else {
      return nil
    }
    var tag = 0
    while tag < start, !has(opening, in: line, at: tag) { tag += 1 }
    return tag < start - closing.count ? (0..<tag, start..<line.count) : nil
  }

  private static func has(_ bytes: [UInt8], in line: Span<UInt8>, at offset: Int) -> Bool {
    guard bytes.count <= line.count - offset else { return false }
    return bytes.indices.allSatisfy { line[offset + $0] == bytes[$0] }
  }
}
