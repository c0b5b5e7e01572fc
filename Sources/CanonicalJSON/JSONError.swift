/// Why bytes are not the JSON that is asked for, with the offset of the byte in question.
package enum JSONError: Error, Hashable, Sendable {
  /// The bytes stop before the value does.
  case unexpectedEnd(at: Int)
  /// A byte stands where the grammar of RFC 8259 has another.
  case unexpectedByte(at: Int)
  /// Bytes follow the value.
  case trailingBytes(at: Int)
  /// The bytes begin with a byte order mark.
  case byteOrderMark
  /// More containers lie inside one another than are allowed.
  case tooDeep(at: Int)
  /// The name that begins here stands a second time in its object.
  case duplicateName(at: Int)
  /// Bytes of a string are not UTF-8.
  case invalidUTF8(at: Int)
  /// A backslash begins none of the escapes of RFC 8259.
  case invalidEscape(at: Int)
  /// An escaped surrogate has no partner.
  case loneSurrogate(at: Int)
  /// A control character below U+0020 stands unescaped in a string.
  case controlCharacter(at: Int)
  /// A number does not follow RFC 8259 section 6.
  case invalidNumber(at: Int)
  /// A number is `-0` or has a fraction or an exponent where only integers are allowed.
  case notAnInteger(at: Int)
  /// An integer lies outside ``JSON/integerRange``.
  case integerOutOfRange(at: Int)
  /// The value is sound, but RFC 8785 spells it otherwise.
  case notCanonical(at: Int)
  /// The document has 4 GiB or more.
  case tooLarge
}

extension JSONError: CustomStringConvertible {
  /// One sentence that says what to change.
  package var description: String {
    switch self {
    case .unexpectedEnd(let offset):
      "The JSON stops at byte \(offset) before its value is complete; supply the rest."
    case .unexpectedByte(let offset):
      "The byte at \(offset) does not fit the JSON grammar; correct the document there."
    case .trailingBytes(let offset):
      "Bytes follow the JSON value at byte \(offset); remove them."
    case .byteOrderMark:
      "The JSON begins with a byte order mark; remove its three bytes."
    case .tooDeep(let offset):
      "The JSON is nested too deeply at byte \(offset); use at most \(JSON.maximumDepth) levels."
    case .duplicateName(let offset):
      "The name at byte \(offset) stands twice in its object; keep one of them."
    case .invalidUTF8(let offset):
      "The string is not valid UTF-8 at byte \(offset); encode it as UTF-8."
    case .invalidEscape(let offset):
      "The escape at byte \(offset) is not one of JSON's; correct it."
    case .loneSurrogate(let offset):
      "The surrogate at byte \(offset) has no partner; write the whole pair."
    case .controlCharacter(let offset):
      "A control character stands in a string at byte \(offset); escape it."
    case .invalidNumber(let offset):
      "The number at byte \(offset) does not follow the JSON grammar; correct it."
    case .notAnInteger(let offset):
      "The number at byte \(offset) is not an integer; write it without fraction or exponent."
    case .integerOutOfRange(let offset):
      "The integer at byte \(offset) lies beyond 2^53-1; write it as a string or make it smaller."
    case .notCanonical(let offset):
      "The JSON differs from its canonical form (RFC 8785) at byte \(offset); write it canonically."
    case .tooLarge: "The JSON has 4 GiB or more; split it."
    }
  }
}
