internal import CanonicalJSON

/// Reads lines as machines write them: members in the order of the columns, names as they are, and no
/// white space but one space after a comma or a colon.
///
/// Names are compared, not parsed. It takes nothing that ``JSONTokenizer`` refuses, and finds the same
/// fields; of a line that is written otherwise, or is at fault, it says nothing, and the tokenizer
/// reads it from its beginning.
struct PlainLine: Sendable {
  /// Each column's name in quotes with its colon, one after the other.
  private var names: [UInt8] = []
  /// Where each ends.
  private var ends: [Int] = []

  /// Takes the columns; `nil` where a name is not written in JSON as it is.
  init?(_ columns: [String]) {
    for column in columns {
      let isPlain = column.utf8.allSatisfy {
        $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
      guard isPlain else { return nil }
      names.append(contentsOf: "\"\(column)\":".utf8)
      ends.append(names.count)
    }
  }

  /// Reads the line that `window` begins with.
  ///
  /// - Parameters:
  ///   - window: the bytes from the line's first on.
  ///   - base: where they begin among the bytes of which `fields` tells.
  ///   - isCut: whether the line may go on behind them.
  ///   - fields: a field for each column.
  /// - Returns: the offset after the line, or `nil` for one that the tokenizer is to read; then some
  ///   fields are of no use.
  func read(
    _ window: Span<UInt8>, base: Int, isCut: Bool, into fields: inout MutableSpan<Field>
  ) -> Int? {
    guard window[0] == UInt8(ascii: "{") else { return nil }
    var index = 1
    var column = 0
    while true {
      guard let name = skip(to: index, of: window, &column, &fields) else { return nil }
      index = Self.afterSpace(in: window, at: index + name)
      guard index < window.count, let value = Self.value(in: window, at: index) else { return nil }
      let (field, end) = value
      fields[column] = Field(
        range: base + field.range.lowerBound..<base + field.range.upperBound, kind: field.kind)
      column += 1
      guard end < window.count else { return nil }
      if window[end] != UInt8(ascii: ",") {
        index = end
        break
      }
      index = Self.afterSpace(in: window, at: end + 1)
    }
    guard window[index] == UInt8(ascii: "}") else { return nil }
    while column < ends.count {
      fields[column].kind = .absent
      column += 1
    }
    index += 1
    if index < window.count, window[index] == 0x0d { index += 1 }
    if index == window.count { return isCut ? nil : index }
    return window[index] == 0x0a ? index + 1 : nil
  }

  /// Passes over columns of which the line has no member up to the one that it has at `index`; gives
  /// the length of its name.
  private func skip(
    to index: Int, of window: Span<UInt8>, _ column: inout Int, _ fields: inout MutableSpan<Field>
  ) -> Int? {
    var start = column == 0 ? 0 : ends[column - 1]
    while column < ends.count {
      let end = ends[column]
      if ByteScan.holds(names.span.extracting(start..<end), in: window, at: index) {
        return end - start
      }
      fields[column].kind = .absent
      column += 1
      start = end
    }
    return nil
  }

  private static func afterSpace(in window: Span<UInt8>, at index: Int) -> Int {
    index < window.count && window[index] == 0x20 ? index + 1 : index
  }

  /// The value that begins at `index`, and where it ends.
  private static func value(in window: Span<UInt8>, at index: Int) -> (Field, end: Int)? {
    switch window[index] {
    case UInt8(ascii: "\""):
      guard let found = try? JSONStringSpelling.scan(in: window, from: index + 1) else {
        return nil
      }
      let kind: Field.Kind = found.isEscaped ? .escapedText : .text
      return (Field(range: index + 1..<found.end, kind: kind), found.end + 1)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      guard let number = try? JSONNumber(in: window, at: index) else { return nil }
      return (Field(range: index..<number.end, kind: .number), number.end)
    default:
      // The tokenizer has seen the row's brace where it reads the whole line.
      var tokenizer = JSONTokenizer(
        numbers: .asWritten, extent: .line, at: index, maximumDepth: JSON.maximumDepth - 1)
      guard let field = try? JSONLinesScanner.value(&tokenizer, in: window, column: nil) else {
        return nil
      }
      return (field, tokenizer.offset)
    }
  }
}
