extension JSON {
  /// The bytes that RFC 8785 (JCS) gives this value.
  package var canonicalBytes: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(512)
    appendCanonical(to: &output)
    return output
  }

  /// Appends the canonical bytes to `output`; linear in their number.
  package func appendCanonical(to output: inout [UInt8]) {
    switch self {
    case .null:
      output.append(contentsOf: JSONWriter.null)
    case .bool(let value):
      output.append(contentsOf: value ? JSONWriter.true : JSONWriter.false)
    case .integer(let value):
      JSONWriter.append(value, to: &output)
    case .string(let value):
      JSONWriter.append(value, to: &output)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for index in elements.indices {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        elements[index].appendCanonical(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      object.appendCanonical(to: &output)
    }
  }
}

extension JSONObject {
  /// Appends the canonical bytes to `output`; linear in their number.
  package func appendCanonical(to output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    for index in members.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      JSONWriter.append(members[index].name, to: &output)
      output.append(UInt8(ascii: ":"))
      members[index].value.appendCanonical(to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }
}

/// The spellings of RFC 8785 sections 3.2.2.2 and 3.2.2.3.
package enum JSONWriter {
  static let null = Array("null".utf8)
  static let `true` = Array("true".utf8)
  static let `false` = Array("false".utf8)

  /// Appends a string with its quotes.
  ///
  /// Escaped are `"`, `\` and the control characters below U+0020, nothing else.
  package static func append(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    let bytes = text.utf8Span.span
    var escapes: UInt8 = 0
    for index in bytes.indices {
      // Without branches, so that the loop runs on many bytes at a time.
      let byte = bytes[index]
      escapes |= byte == UInt8(ascii: "\"") ? 1 : 0
      escapes |= byte == UInt8(ascii: "\\") ? 1 : 0
      escapes |= byte < 0x20 ? 1 : 0
    }
    if escapes != 0 {
      for index in bytes.indices { appendEscaped(bytes[index], to: &output) }
    } else {
      output.append(contentsOf: text.utf8)
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
    guard isEscaped(byte) else { return output.append(byte) }
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0a: output.append(UInt8(ascii: "n"))
    case 0x0c: output.append(UInt8(ascii: "f"))
    case 0x0d: output.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
    default:
      output.append(UInt8(ascii: "u"))
      output.append(UInt8(ascii: "0"))
      output.append(UInt8(ascii: "0"))
      output.append(hexDigit(byte >> 4))
      output.append(hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Appends an integer in decimal.
  static func append(_ value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    var count = 0
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      count += 1
    } while rest > 0
    while count > 0 {
      count -= 1
      output.append(digits[count])
    }
  }
}
