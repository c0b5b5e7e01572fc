internal import CanonicalJSON

/// The canonical text (RFC 8785) of a JSON value of a row, any numbers included.
///
/// A number is the binary64 that it names, as ECMAScript writes it. An integer that no binary64 holds
/// exactly is refused: it would be another afterwards.
enum CanonicalJSONText {
  /// The canonical text of the one value in `text`; `nil` for null.
  static func bytes(of text: Span<UInt8>) throws(RowReason) -> [UInt8]? {
    var tokenizer = JSONTokenizer(numbers: .asWritten)
    let first = try token(&tokenizer, in: text)
    if first == .null { return nil }
    var output: [UInt8] = []
    try append(first, &tokenizer, in: text, to: &output)
    _ = try token(&tokenizer, in: text)
    return output
  }

  /// Appends the value that `token` begins; the recursion is as deep as the tokenizer allows.
  private static func append(
    _ first: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, in text: Span<UInt8>,
    to output: inout [UInt8]
  ) throws(RowReason) {
    switch first {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .string(let range, _): JSONWriter.append(try string(range, of: text), to: &output)
    case .number(let range): try append(number: text.extracting(range), to: &output)
    case .beginArray:
      output.append(UInt8(ascii: "["))
      var isFirst = true
      while true {
        let element = try token(&tokenizer, in: text)
        if element == .endArray { break }
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        try append(element, &tokenizer, in: text, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .beginObject: try appendMembers(&tokenizer, in: text, to: &output)
    case .integer, .name, .endArray, .endObject, .end: throw .notJSON
    }
  }

  private static func appendMembers(
    _ tokenizer: inout JSONTokenizer, in text: Span<UInt8>, to output: inout [UInt8]
  ) throws(RowReason) {
    var members: [(name: String, value: [UInt8])] = []
    while case .name(let range, _) = try token(&tokenizer, in: text) {
      let name = try string(range, of: text)
      var value: [UInt8] = []
      try append(token(&tokenizer, in: text), &tokenizer, in: text, to: &value)
      members.append((name, value))
    }
    members.sort { NameOrder.precedes($0.name, $1.name) }
    output.append(UInt8(ascii: "{"))
    for (place, member) in members.enumerated() {
      if place > 0 {
        guard !NameOrder.areSame(members[place - 1].name, member.name) else {
          throw .duplicateMember
        }
        output.append(UInt8(ascii: ","))
      }
      JSONWriter.append(member.name, to: &output)
      output.append(UInt8(ascii: ":"))
      output.append(contentsOf: member.value)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func append(number text: Span<UInt8>, to output: inout [UInt8]) throws(RowReason) {
    let value = try DecimalText(text).float64(text)
    try IntegerText.requireExact(value, of: text)
    ECMAScriptNumber.append(value, to: &output)
  }

  private static func string(
    _ range: Range<Int>, of text: Span<UInt8>
  ) throws(RowReason) -> String {
    var bytes: [UInt8] = []
    try CellEncoder.unescape(range, of: text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func token(
    _ tokenizer: inout JSONTokenizer, in text: Span<UInt8>
  ) throws(RowReason) -> JSONTokenizer.Token {
    do {
      return try tokenizer.next(in: text)
    } catch {
      throw RowReason(error, in: text)
    }
  }
}
