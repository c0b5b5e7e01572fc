/// Strings as JSON spells them: finding their end, and undoing their escapes.
package enum JSONStringSpelling {
  /// Finds the closing quote of the string whose content starts at `start`.
  ///
  /// Checks control characters, UTF-8, escapes and surrogates on the way; under `isCanonical` each
  /// escape must be the one that RFC 8785 writes. Gives the offset of the closing quote, and whether
  /// any escape was met.
  package static func scan(
    in bytes: Span<UInt8>, from start: Int, isCanonical: Bool = false
  ) throws(JSONError) -> (end: Int, isEscaped: Bool) {
    var index = start
    var isEscaped = false
    while true {
      let (stop, isASCII) = firstStop(in: bytes, from: index)
      if !isASCII, let place = UTF8Sequence.firstInvalid(in: bytes.extracting(index..<stop)) {
        throw .invalidUTF8(at: index + place)
      }
      guard stop < bytes.count else { throw .unexpectedEnd(at: stop) }
      switch bytes[stop] {
      case UInt8(ascii: "\""):
        return (stop, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        index = stop + (try escape(in: bytes, at: stop, isCanonical: isCanonical))
      default:
        throw .controlCharacter(at: stop)
      }
    }
  }

  /// The offset of the first quote, backslash or control character from `start` on, or the end; and
  /// whether all before is ASCII.
  private static func firstStop(
    in bytes: Span<UInt8>, from start: Int
  ) -> (offset: Int, isASCII: Bool) {
    var index = start
    var seen: UInt64 = 0
    while index <= bytes.count - 8 {
      let word = ByteWord.load(bytes, at: index)
      let stops =
        ByteWord.marks(below: 0x20, in: word) | ByteWord.marks(of: UInt8(ascii: "\""), in: word)
        | ByteWord.marks(of: UInt8(ascii: "\\"), in: word)
      if stops != 0 {
        let place = ByteWord.first(of: stops)
        seen |= ByteWord.prefix(word, place)
        return (index + place, seen & ByteWord.tops == 0)
      }
      seen |= word
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      seen |= UInt64(byte)
      index += 1
    }
    return (index, seen & ByteWord.tops == 0)
  }

  /// The length of the escape at `index`: 2, 6, or 12 for a surrogate pair.
  private static func escape(
    in bytes: Span<UInt8>, at index: Int, isCanonical: Bool
  ) throws(JSONError) -> Int {
    guard index + 1 < bytes.count else { throw .unexpectedEnd(at: bytes.count) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "/"):
      if isCanonical { throw .notCanonical(at: index) }
      return 2
    case UInt8(ascii: "u"):
      let unit = try codeUnit(in: bytes, at: index)
      if isCanonical { try requireCanonical(unit, in: bytes, at: index) }
      switch unit {
      case 0xd800...0xdbff:
        guard index + 7 < bytes.count, bytes[index + 6] == UInt8(ascii: "\\"),
          bytes[index + 7] == UInt8(ascii: "u")
        else { throw .loneSurrogate(at: index) }
        let low = try codeUnit(in: bytes, at: index + 6)
        guard (0xdc00...0xdfff).contains(low) else { throw .loneSurrogate(at: index) }
        return 12
      case 0xdc00...0xdfff:
        throw .loneSurrogate(at: index)
      default:
        return 6
      }
    default:
      throw .invalidEscape(at: index)
    }
  }

  /// RFC 8785 writes `\u00xx`, in lower case, for the control characters without a short escape.
  private static func requireCanonical(
    _ unit: UInt32, in bytes: Span<UInt8>, at index: Int
  ) throws(JSONError) {
    let hasShortEscape = (0x08...0x0d).contains(unit) && unit != 0x0b
    let isLowercase = !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(bytes[index + 5])
    guard unit < 0x20, !hasShortEscape, isLowercase else { throw .notCanonical(at: index) }
  }

  /// The UTF-16 code unit that `\uXXXX` at `index` spells.
  private static func codeUnit(
    in bytes: Span<UInt8>, at index: Int
  ) throws(JSONError) -> UInt32 {
    guard index + 5 < bytes.count else { throw .unexpectedEnd(at: bytes.count) }
    var unit: UInt32 = 0
    for place in index + 2..<index + 6 {
      guard let digit = hexDigit(bytes[place]) else { throw .invalidEscape(at: index) }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Appends the UTF-8 that the content of a string spells, its escapes undone.
  ///
  /// `range` comes from a token of the same bytes; its escapes are checked again, so that other bytes
  /// throw and never trap.
  package static func unescape(
    _ range: Range<Int>, of bytes: Span<UInt8>, into output: inout [UInt8]
  ) throws(JSONError) {
    let content = bytes.extracting(range)
    var index = 0
    while index < content.count {
      let next = ByteScan.first(UInt8(ascii: "\\"), in: content, from: index).offset
      output.append(addingCapacity: next - index) { output in
        for place in index..<next { output.append(content[place]) }
      }
      index = next
      if index == content.count { return }
      let length = try escape(in: content, at: index, isCanonical: false)
      switch length {
      case 2:
        output.append(shortEscape(content[index + 1]))
      case 6:
        append(try codeUnit(in: content, at: index), to: &output)
      default:
        let high = try codeUnit(in: content, at: index) & 0x3ff
        let low = try codeUnit(in: content, at: index + 6) & 0x3ff
        append(0x10000 + (high << 10 | low), to: &output)
      }
      index += length
    }
  }

  private static func shortEscape(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "r"): 0x0d
    default: byte
    }
  }

  /// Appends the UTF-8 of a scalar below 0x110000.
  private static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3f) }
    switch scalar {
    case ..<0x80:
      output.append(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      output.append(0xc0 | UInt8(truncatingIfNeeded: scalar >> 6))
      output.append(tail(0))
    case ..<0x10000:
      output.append(0xe0 | UInt8(truncatingIfNeeded: scalar >> 12))
      output.append(tail(6))
      output.append(tail(0))
    default:
      output.append(0xf0 | UInt8(truncatingIfNeeded: scalar >> 18))
      output.append(tail(12))
      output.append(tail(6))
      output.append(tail(0))
    }
  }
}
