import CanonicalJSON
import TestSupport
import Testing

@Suite struct `A JSON document is refused` {
  private func refusal(_ bytes: [UInt8]) -> JSONError? {
    do {
      _ = try JSON(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("", .unexpectedEnd(at: 0)), ("  ", .unexpectedEnd(at: 2)), ("[", .unexpectedEnd(at: 1)),
      ("[1", .unexpectedEnd(at: 2)), ("[1,", .unexpectedEnd(at: 3)), ("{", .unexpectedEnd(at: 1)),
      ("{\"a\"", .unexpectedEnd(at: 4)), ("{\"a\":", .unexpectedEnd(at: 5)),
      ("{\"a\":1,", .unexpectedEnd(at: 7)), ("\"a", .unexpectedEnd(at: 2)),
      ("\"\\", .unexpectedEnd(at: 2)), ("\"\\u00", .unexpectedEnd(at: 5)),
      ("tru", .unexpectedEnd(at: 3)), ("nul", .unexpectedEnd(at: 3)),
      ("[1,]", .unexpectedByte(at: 3)), ("[,1]", .unexpectedByte(at: 1)),
      ("[1 2]", .unexpectedByte(at: 3)), ("[1}", .unexpectedByte(at: 2)),
      ("{1:2}", .unexpectedByte(at: 1)), ("{\"a\" 1}", .unexpectedByte(at: 5)),
      ("{\"a\":1,}", .unexpectedByte(at: 7)), ("{\"a\":1]", .unexpectedByte(at: 6)),
      ("{,}", .unexpectedByte(at: 1)), ("]", .unexpectedByte(at: 0)),
      ("True", .unexpectedByte(at: 0)), ("truE", .unexpectedByte(at: 3)),
      ("'a'", .unexpectedByte(at: 0)), ("NaN", .unexpectedByte(at: 0)),
      ("+1", .unexpectedByte(at: 0)), (".5", .unexpectedByte(at: 0)),
      ("// x", .unexpectedByte(at: 0)), ("\u{0b}1", .unexpectedByte(at: 0)),
      ("\u{a0}1", .unexpectedByte(at: 0)), ("\u{feff}1", .byteOrderMark),
      ("1 2", .trailingBytes(at: 2)), ("{}x", .trailingBytes(at: 2)),
      ("null\0", .trailingBytes(at: 4)), ("1a", .trailingBytes(at: 1)),
      ("-", .invalidNumber(at: 0)), ("01", .invalidNumber(at: 0)), ("-01", .invalidNumber(at: 0)),
      ("1.", .invalidNumber(at: 0)), ("1e", .invalidNumber(at: 0)),
      ("1e+", .invalidNumber(at: 0)), ("1.e1", .invalidNumber(at: 0)),
      ("-a", .invalidNumber(at: 0)), ("-0", .notAnInteger(at: 0)), ("1.0", .notAnInteger(at: 0)),
      ("1e3", .notAnInteger(at: 0)), ("1E3", .notAnInteger(at: 0)),
      ("9007199254740992", .integerOutOfRange(at: 0)),
      ("-9007199254740992", .integerOutOfRange(at: 0)),
      ("99999999999999999999999999", .integerOutOfRange(at: 0)),
      ("\"\u{1}\"", .controlCharacter(at: 1)), ("\"a\n\"", .controlCharacter(at: 2)),
      ("\"\\x\"", .invalidEscape(at: 1)), ("\"\\u12g4\"", .invalidEscape(at: 1)),
      ("\"\\U0041\"", .invalidEscape(at: 1)), ("\"\\ud800\"", .loneSurrogate(at: 1)),
      ("\"\\udc00\"", .loneSurrogate(at: 1)), ("\"\\ud800\\u0041\"", .loneSurrogate(at: 1)),
      ("\"\\ud800x\"", .loneSurrogate(at: 1)), ("\"\\udc00\\ud800\"", .loneSurrogate(at: 1)),
      ("{\"a\":1,\"a\":2}", .duplicateName(at: 8)),
      ("{\"b\":1,\"a\":2,\"b\":3}", .duplicateName(at: 14)),
      ("{\"a\":1,\"\\u0061\":2}", .duplicateName(at: 8)),
      ("{\"c\":0,\"b\":1,\"a\":2,\"b\":3,\"c\":4}", .duplicateName(at: 20)),
    ] as [(String, JSONError)])
  func `at the byte in question`(text: String, expected: JSONError) {
    #expect(refusal([UInt8](text)) == expected)
  }

  @Test(
    arguments: [
      [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xc3], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf],
      [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xe2, 0x82], [0xf0, 0x80, 0x80, 0x80],
      [0xf0, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80],
      [0xf0, 0x9f, 0x98], [0xff], [0xfe],
    ] as [[UInt8]])
  func `when a string is not UTF-8`(bytes: [UInt8]) {
    #expect(refusal([0x22] + bytes + [0x22]) == .invalidUTF8(at: 1))
    #expect(refusal([UInt8]("{\"a")) == .unexpectedEnd(at: 3))
    #expect(refusal([UInt8]("{\"a") + bytes + [UInt8]("\":1}")) == .invalidUTF8(at: 3))
  }

  @Test func `when it is more than 32 levels deep`() throws {
    let deep = [UInt8](String(repeating: "[", count: 32) + String(repeating: "]", count: 32))
    _ = try JSON(parsingCanonical: deep)
    #expect(refusal([0x5b] + deep + [0x5d]) == .tooDeep(at: 32))
    #expect(refusal(Array(repeating: 0x5b, count: 1_000_000)) == .tooDeep(at: 32))
    let objects = String(repeating: "{\"a\":", count: 33)
    #expect(refusal([UInt8](objects)) == .tooDeep(at: 160))
  }

  @Test func `in time linear in many names out of order`() {
    var text = "{"
    for index in (0..<5_000).reversed() { text += "\"\(index)\":0," }
    text += "\"2500\":0}"
    #expect(refusal([UInt8](text)) == .duplicateName(at: text.utf8.count - 8))
  }

  @Test(
    arguments: [
      (" 1", 0), ("1 ", 1), ("[1, 2]", 3), ("{\"a\" :1}", 4), ("{\"a\": 1}", 5), ("[]\n", 2),
      ("\"\\/\"", 1), ("\"\\u0041\"", 1), ("\"\\u000A\"", 1), ("\"\\u000a\"", 1),
      ("\"\\u001F\"", 1), ("\"\\u0008\"", 1), ("\"\\u0022\"", 1), ("\"\\u00e9\"", 1),
      ("\"\\ud83d\\ude00\"", 1), ("{\"b\":1,\"a\":2}", 8),
      ("{\"\u{fb33}\":1,\"\u{1f600}\":2}", 10),
    ])
  func `when canonical bytes are asked for`(text: String, offset: Int) throws {
    _ = try JSON(parsing: [UInt8](text))
    #expect(throws: JSONError.notCanonical(at: offset)) {
      try JSON(parsingCanonical: [UInt8](text))
    }
  }
}
