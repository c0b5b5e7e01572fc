extension JSON {
  /// Parses one document: strict RFC 8259 under I-JSON, integers only.
  ///
  /// Refused: fractions, exponents, `-0`, integers beyond ``integerRange``, duplicate names, lone
  /// surrogates, invalid UTF-8, a byte order mark, more than ``maximumDepth`` levels, trailing bytes.
  /// Time and memory are linear in the bytes, but for a sort of names that are not in order.
  package init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var parser = JSONParser()
    self = try parser.document(in: bytes)
  }

  /// Parses one document, as from a span.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    try self.init(parsing: bytes.span)
  }

  /// Parses one document that must be spelled as RFC 8785 spells it.
  ///
  /// In one pass: no white space, each escape the canonical one, names strictly ascending; integers
  /// and literals have only one spelling left. What passes equals the ``canonicalBytes`` of the result.
  ///
  /// - Throws: ``JSONError/notCanonical(at:)`` for sound JSON in another spelling.
  package init(parsingCanonical bytes: [UInt8]) throws(JSONError) {
    self = try JSONDocument(parsingCanonical: bytes).root.json
  }
}

/// Builds values from tokens; the recursion is as deep as the tokenizer allows, 32 levels.
struct JSONParser {
  private var tokenizer: JSONTokenizer
  private var scratch: [UInt8] = []

  init() { tokenizer = JSONTokenizer(numbers: .integersOnly53) }

  mutating func document(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
    let value = try value(tokenizer.next(in: bytes), in: bytes)
    _ = try tokenizer.next(in: bytes)
    return value
  }

  private mutating func value(
    _ token: JSONTokenizer.Token, in bytes: Span<UInt8>
  ) throws(JSONError) -> JSON {
    switch token {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .string(let range, let isEscaped):
      return .string(try text(range, isEscaped: isEscaped, in: bytes))
    case .beginArray: return try array(in: bytes)
    case .beginObject: return .object(try object(in: bytes))
    case .endObject, .endArray, .name, .number, .end:
      throw .unexpectedByte(at: tokenizer.offset)
    }
  }

  private mutating func array(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
    var elements: [JSON] = []
    while true {
      let token = try tokenizer.next(in: bytes)
      if token == .endArray { return .array(elements) }
      elements.append(try value(token, in: bytes))
    }
  }

  private mutating func object(in bytes: Span<UInt8>) throws(JSONError) -> JSONObject {
    var members: [(name: String, value: JSON)] = []
    // Offsets of the names from the first one that is out of order; before it none is a duplicate.
    var lateOffsets: [Int] = []
    while case .name(let range, let isEscaped) = try tokenizer.next(in: bytes) {
      let name = try text(range, isEscaped: isEscaped, in: bytes)
      if let last = members.last, !lateOffsets.isEmpty || !NameOrder.precedes(last.name, name) {
        if NameOrder.areSame(last.name, name) { throw .duplicateName(at: range.lowerBound) }
        lateOffsets.append(range.lowerBound)
      }
      members.append((name, try value(tokenizer.next(in: bytes), in: bytes)))
    }
    if lateOffsets.isEmpty { return JSONObject(sortedMembers: members) }
    let order = members.indices.sorted { a, b in
      NameOrder.precedes(members[a].name, members[b].name)
        || (a < b && NameOrder.areSame(members[a].name, members[b].name))
    }
    for (earlier, later) in zip(order, order.dropFirst())
    where NameOrder.areSame(members[earlier].name, members[later].name) {
      let late = later - (members.count - lateOffsets.count)
      throw .duplicateName(at: lateOffsets[late])
    }
    return JSONObject(sortedMembers: order.map { members[$0] })
  }

  private mutating func text(
    _ range: Range<Int>, isEscaped: Bool, in bytes: Span<UInt8>
  ) throws(JSONError) -> String {
    if isEscaped {
      scratch.removeAll(keepingCapacity: true)
      try JSONStringSpelling.unescape(range, of: bytes, into: &scratch)
      return String(decoding: scratch, as: UTF8.self)
    }
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      throw JSONError.invalidUTF8(at: range.lowerBound)
    }
  }
}
