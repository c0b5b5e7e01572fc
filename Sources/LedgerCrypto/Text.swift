/// Standard base64 with padding (RFC 4648 section 4), one spelling for each value.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xff, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  /// The padded text of `bytes`.
  package static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: encodeBytes(bytes), as: UTF8.self)
  }

  /// The padded text of `bytes`, as ASCII.
  package static func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    append(bytes, to: &output)
    return output
  }

  /// Appends the padded text of `bytes` to `output`, as ASCII.
  package static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    let alphabet = alphabet
    var index = 0
    while index + 3 <= bytes.count {
      let group =
        UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
      output.append(alphabet[Int(group >> 18)])
      output.append(alphabet[Int(group >> 12 & 63)])
      output.append(alphabet[Int(group >> 6 & 63)])
      output.append(alphabet[Int(group & 63)])
      index += 3
    }
    let rest = bytes.count - index
    if rest > 0 {
      let group = UInt32(bytes[index]) << 16 | (rest == 2 ? UInt32(bytes[index + 1]) << 8 : 0)
      output.append(alphabet[Int(group >> 18)])
      output.append(alphabet[Int(group >> 12 & 63)])
      output.append(rest == 2 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      output.append(UInt8(ascii: "="))
    }
  }

  /// The bytes that `text` spells, or `nil` unless it is exactly what ``encode(_:)`` writes:
  /// padding present, its spare bits zero, no other character.
  package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    if text.isEmpty { return [] }
    let last = text.count - 4
    let padding =
      text[last + 3] != UInt8(ascii: "=") ? 0 : text[last + 2] != UInt8(ascii: "=") ? 1 : 2
    let values = values
    // A value takes six bits; 255 stands for what is no character of the alphabet.
    var invalid: UInt8 = 0
    let output = [UInt8](capacity: text.count / 4 * 3) { output in
      var index = 0
      while index < last {
        let a = values[Int(text[index])]
        let b = values[Int(text[index + 1])]
        let c = values[Int(text[index + 2])]
        let d = values[Int(text[index + 3])]
        invalid |= a | b | c | d
        output.append(a << 2 | b >> 4)
        output.append(b << 4 | c >> 2)
        output.append(c << 6 | d)
        index += 4
      }
      let a = values[Int(text[last])]
      let b = values[Int(text[last + 1])]
      let c = padding < 2 ? values[Int(text[last + 2])] : 0
      let d = padding < 1 ? values[Int(text[last + 3])] : 0
      // Bits that no byte takes are zero.
      let spare = padding == 2 ? b & 15 : padding == 1 ? c & 3 : 0
      invalid |= a | b | c | d | (spare == 0 ? 0 : 0xff)
      output.append(a << 2 | b >> 4)
      if padding < 2 { output.append(b << 4 | c >> 2) }
      if padding < 1 { output.append(c << 6 | d) }
    }
    guard invalid < 64 else { return nil }
    return output
  }

  /// The bytes that `text` spells, or `nil`, as for a span.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    decode(Array(text).span)
  }

  /// The bytes that `text` spells, or `nil`, as for UTF-8 bytes.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    decode(Array(text.utf8))
  }
}

/// Hexadecimal digits.
package enum Hexadecimal {
  /// The lowercase digit of a value of four bits.
  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  /// The value of a lowercase digit, or 255.
  static func value(_ digit: UInt8) -> UInt8 {
    if digit &- 0x30 < 10 { return digit - 0x30 }
    if digit &- 0x61 < 6 { return digit - 0x57 }
    return 0xff
  }
}

extension [UInt8] {
  /// Lowercase hexadecimal digits, two for each byte.
  package var hex: String {
    var output: [UInt8] = []
    output.reserveCapacity(count * 2)
    for byte in self {
      output.append(Hexadecimal.digit(byte >> 4))
      output.append(Hexadecimal.digit(byte & 15))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes that lowercase hexadecimal digits spell, or `nil` for anything else.
  package init?(hex text: some StringProtocol) {
    self.init(hexDigits: Array(text.utf8).span)
  }

  /// The bytes that lowercase hexadecimal digits spell, or `nil` for anything else.
  package init?(hexDigits digits: Span<UInt8>) {
    guard digits.count.isMultiple(of: 2) else { return nil }
    // A value takes four bits; 255 stands for what is no digit.
    var invalid: UInt8 = 0
    let output = [UInt8](capacity: digits.count / 2) { output in
      for index in stride(from: 0, to: digits.count, by: 2) {
        let high = Hexadecimal.value(digits[index])
        let low = Hexadecimal.value(digits[index + 1])
        invalid |= high | low
        output.append(high << 4 | low & 15)
      }
    }
    guard invalid < 16 else { return nil }
    self = output
  }
}
