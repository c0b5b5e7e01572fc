/// A canonical document as a flat list of its values over its own bytes.
///
/// Signed bytes are read by the million: nothing is copied out of them, and no tree is built, until a
/// reader asks for a value. Memory: the bytes and 16 bytes for each name and value.
package final class JSONDocument: Sendable {
  /// The whole document.
  package let bytes: [UInt8]
  /// Values in the order of the text; a container comes before what it holds, a name before its value.
  let nodes: [JSONNode]

  /// Parses one document that must be spelled as RFC 8785 spells it.
  ///
  /// Strict as ``JSON/init(parsingCanonical:)``, which gives the same values and the same errors.
  /// Time is linear in the bytes.
  ///
  /// - Throws: ``JSONError``; ``JSONError/tooLarge`` from 4 GiB on.
  package init(parsingCanonical bytes: [UInt8]) throws(JSONError) {
    guard bytes.count < Int(UInt32.max) else { throw .tooLarge }
    var builder = JSONNodeBuilder(capacity: bytes.count / 16 + 8)
    try builder.take(bytes.span)
    self.bytes = bytes
    nodes = builder.nodes
  }

  /// The outermost value.
  package var root: JSONElement { JSONElement(document: self, node: 0) }

  /// The UTF-8 of a name or string, its escapes undone.
  func text(of node: JSONNode) -> [UInt8]? {
    let bytes = bytes
    return try? node.text(in: bytes.span)
  }
}

/// One name or value of a ``JSONDocument``.
struct JSONNode {
  enum Kind: UInt8 {
    case null, `false`, `true`, integer, string, escapedString, name, escapedName, array, object
  }

  let kind: Kind
  /// Offsets of a string's or name's content, without quotes; of a container with its brackets.
  ///
  /// An integer is kept here itself: its upper and its lower 32 bits.
  let start: UInt32
  var end: UInt32
  /// The node that follows the value and all that it holds.
  var next: UInt32

  init(_ kind: Kind, _ start: Int, _ end: Int, next: Int) {
    self.kind = kind
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.next = UInt32(truncatingIfNeeded: next)
  }

  init(integer: Int64, next: Int) {
    kind = .integer
    start = UInt32(truncatingIfNeeded: integer >> 32)
    end = UInt32(truncatingIfNeeded: integer)
    self.next = UInt32(truncatingIfNeeded: next)
  }

  var integer: Int64 { Int64(Int32(bitPattern: start)) << 32 | Int64(end) }
  var range: Range<Int> { Int(start)..<Int(end) }
}

/// Turns tokens into nodes, holding names to their canonical order.
struct JSONNodeBuilder {
  private(set) var nodes: [JSONNode] = []
  private var tokenizer = JSONTokenizer(numbers: .integersOnly53, spelling: .canonical)
  private struct Container {
    var node = 0
    /// The last name in it, or −1.
    var name = -1
  }
  /// The containers that are open: as many as the tokenizer's depth.
  private var open = InlineArray<32, Container>(repeating: Container())

  init(capacity: Int) { nodes.reserveCapacity(capacity) }

  mutating func take(_ bytes: Span<UInt8>) throws(JSONError) {
    while true {
      let token = try tokenizer.next(in: bytes)
      let next = nodes.count + 1
      switch token {
      case .null: nodes.append(JSONNode(.null, 0, 0, next: next))
      case .bool(let value): nodes.append(JSONNode(value ? .true : .false, 0, 0, next: next))
      case .integer(let value): nodes.append(JSONNode(integer: value, next: next))
      case .string(let range, let isEscaped):
        nodes.append(
          JSONNode(
            isEscaped ? .escapedString : .string, range.lowerBound, range.upperBound, next: next))
      case .name(let range, let isEscaped):
        try takeName(range, isEscaped: isEscaped, in: bytes)
      case .beginArray: begin(.array)
      case .beginObject: begin(.object)
      case .endArray, .endObject:
        // It was open until this token.
        let ended = open[tokenizer.depth].node
        nodes[ended].end = UInt32(truncatingIfNeeded: tokenizer.offset)
        nodes[ended].next = UInt32(truncatingIfNeeded: nodes.count)
      case .end: return
      case .number: throw .unexpectedByte(at: tokenizer.offset)
      }
    }
  }

  private mutating func begin(_ kind: JSONNode.Kind) {
    open[tokenizer.depth - 1] = Container(node: nodes.count)
    let start = tokenizer.offset - 1
    nodes.append(JSONNode(kind, start, start + 1, next: nodes.count + 1))
  }

  private mutating func takeName(
    _ range: Range<Int>, isEscaped: Bool, in bytes: Span<UInt8>
  ) throws(JSONError) {
    let node = JSONNode(
      isEscaped ? .escapedName : .name, range.lowerBound, range.upperBound, next: nodes.count + 1)
    let place = tokenizer.depth - 1
    if open[place].name >= 0 {
      let last = nodes[open[place].name]
      let order: (same: Bool, ascending: Bool)
      if last.kind == .name, !isEscaped {
        let (a, b) = (bytes.extracting(last.range), bytes.extracting(range))
        let isAscending = NameOrder.precedes(a, b)
        order = (!isAscending && NameOrder.areSame(a, b), isAscending)
      } else {
        let (a, b) = (try last.text(in: bytes), try node.text(in: bytes))
        let isAscending = NameOrder.precedes(a.span, b.span)
        order = (!isAscending && NameOrder.areSame(a.span, b.span), isAscending)
      }
      if order.same { throw .duplicateName(at: range.lowerBound) }
      guard order.ascending else { throw .notCanonical(at: range.lowerBound) }
    }
    open[place].name = nodes.count
    nodes.append(node)
  }
}

extension JSONNode {
  /// Whether a name is `wanted`, byte for byte.
  func isName(_ wanted: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
    if kind == .name {
      // Most names that are not the wanted one have another length.
      return Int(end &- start) == wanted.count
        && NameOrder.areSame(bytes.extracting(range), wanted)
    }
    guard let text = try? text(in: bytes) else { return false }
    return NameOrder.areSame(text.span, wanted)
  }

  /// The UTF-8 of a name or string, its escapes undone.
  func text(in bytes: Span<UInt8>) throws(JSONError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    if kind == .escapedName || kind == .escapedString {
      try JSONStringSpelling.unescape(range, of: bytes, into: &output)
    } else {
      let content = bytes.extracting(range)
      for index in content.indices { output.append(content[index]) }
    }
    return output
  }
}
