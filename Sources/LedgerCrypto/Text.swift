/// Standard base64 with padding (RFC 4648 section 4), one spelling for each value.
public enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xff, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  /// The padded text of `bytes`.
  public static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: encodeBytes(bytes), as: UTF8.self)
  }

  /// The padded text of `bytes`, as ASCII.
  package static func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = alphabet
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
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
    return output
  }

  /// The bytes that `text` spells, or `nil` unless it is exactly what ``encode(_:)`` writes:
  /// padding present, its spare bits zero, no other character.
  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    if text.isEmpty { return [] }
    let values = values
    let text = Array(text)
    let padding =
      text[text.count - 1] != UInt8(ascii: "=")
      ? 0 : text[text.count - 2] != UInt8(ascii: "=") ? 1 : 2
    var output: [UInt8] = []
    output.reserveCapacity(text.count / 4 * 3)
    var group: UInt32 = 0
    for index in 0..<text.count - padding {
      let value = values[Int(text[index])]
      guard value != 0xff else { return nil }
      group = group << 6 | UInt32(value)
      if index & 3 == 3 {
        output.append(UInt8(truncatingIfNeeded: group >> 16))
        output.append(UInt8(truncatingIfNeeded: group >> 8))
        output.append(UInt8(truncatingIfNeeded: group))
        group = 0
      }
    }
    switch padding {
    case 1:
      guard group & 3 == 0 else { return nil }
      output.append(UInt8(truncatingIfNeeded: group >> 10))
      output.append(UInt8(truncatingIfNeeded: group >> 2))
    case 2:
      guard group & 15 == 0 else { return nil }
      output.append(UInt8(truncatingIfNeeded: group >> 4))
    default: break
    }
    return output
  }

  /// The bytes that `text` spells, or `nil`, as for UTF-8 bytes.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    decode(Array(text.utf8))
  }
}

extension [UInt8] {
  /// Lowercase hexadecimal digits, two for each byte.
  public var hex: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    var output: [UInt8] = []
    output.reserveCapacity(count * 2)
    for byte in self {
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes that lowercase hexadecimal digits spell, or `nil` for anything else.
  public init?(hex text: some StringProtocol) {
    self.init(hexDigits: Array(text.utf8), acceptingUppercase: false)
  }

  /// The bytes that hexadecimal digits spell, or `nil` for anything else.
  package init?(hexDigits digits: [UInt8], acceptingUppercase: Bool) {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(digits.count / 2)
    var high: UInt8 = 0
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"):
        guard acceptingUppercase else { return nil }
        value = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      if index.isMultiple(of: 2) { high = value } else { output.append(high << 4 | value) }
    }
    self = output
  }
}
