import CanonicalJSON
import TestSupport
import Testing

@Suite struct `The canonical form of JSON` {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSON(parsing: [UInt8](text)).canonicalBytes, as: UTF8.self)
  }

  @Test func `sorts names by UTF-16 code units`() throws {
    // The example of RFC 8785 section 3.2.3: U+1F600 is D83D DE00 and comes before U+FB33.
    let text = #"""
      {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
       "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
       "\u00f6":"Latin Small Letter O With Diaeresis"}
      """#
    let expected =
      #"{"\r":"Carriage Return","1":"One","\#u{80}":"Control","#
      + "\"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\","
      + "\"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    #expect(try canonical(text) == expected)
    #expect(try [UInt8](canonical(text)) == [UInt8](expected))
  }

  @Test func `agrees with the order of UTF-16 arrays`() {
    let units = [
      "", "a", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}",
      "\u{ee00}", "\u{ef00}", "\u{ffff}", "\u{10000}", "\u{1f600}", "\u{10ffff}",
    ]
    let words = units.flatMap { a in units.flatMap { b in units.map { a + b + $0 } } }
    for first in words {
      for second in units.flatMap({ a in units.map { a + $0 } }) {
        let byUnits = first.utf16.lexicographicallyPrecedes(second.utf16)
        #expect(NameOrder.precedes(first, second) == byUnits)
      }
    }
  }

  @Test func `escapes nothing but quotes, backslashes and control characters`() throws {
    var all = ""
    for value in UInt8.min..<0x80 { all.unicodeScalars.append(Unicode.Scalar(value)) }
    all += "\u{80}\u{2028}\u{2029}é😀"
    var expected = #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
    expected +=
      #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d"#
    expected +=
      ##"\u001e\u001f !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"##
    expected += "abcdefghijklmnopqrstuvwxyz{|}~\u{7f}\u{80}\u{2028}\u{2029}é😀\""
    let bytes = JSON.string(all).canonicalBytes
    #expect(bytes == [UInt8](expected))
    #expect(try JSON(parsingCanonical: bytes) == .string(all))
  }

  @Test(arguments: [0, 1, -1, 10, -9_007_199_254_740_991, 9_007_199_254_740_991] as [Int64])
  func `writes integers in decimal`(value: Int64) throws {
    let bytes = JSON.integer(value).canonicalBytes
    #expect(bytes == [UInt8](String(value)))
    #expect(try JSON(parsingCanonical: bytes) == .integer(value))
  }

  @Test func `writes even integers that cannot be read back`() {
    #expect(JSON.integer(.min).canonicalBytes == [UInt8]("-9223372036854775808"))
  }

  @Test func `keeps composed and decomposed letters apart`() throws {
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    #expect(JSON.string(composed) != JSON.string(decomposed))
    let object = JSONObject([(composed, 1), (decomposed, 2)])
    #expect(object.members.count == 2)
    #expect(object[composed] == 1)
    #expect(object[decomposed] == 2)
    let bytes = JSON.object(object).canonicalBytes
    #expect(bytes == [UInt8]("{\"\(decomposed)\":2,\"\(composed)\":1}"))
    #expect(try JSON(parsingCanonical: bytes) == .object(object))
  }

  @Test func `undoes every escape`() throws {
    let json = try JSON(parsing: [UInt8](#" "\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\ude00" "#))
    #expect(json == .string("\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{20ac}\u{1f600}"))
  }

  @Test func `is reached from any spelling`() throws {
    #expect(
      try canonical(" { \"b\" : [ 1 , { } , [ ] ] ,\r\n\t\"a\" : null } ")
        == #"{"a":null,"b":[1,{},[]]}"#)
  }
}

@Suite struct `An object being edited` {
  @Test func `stays sorted and distinct`() {
    var object = JSONObject()
    for name in ["b", "a", "c", "a", ""] { object[name] = .string(name) }
    #expect(object.members.map(\.name) == ["", "a", "b", "c"])
    object["b"] = nil
    object["x"] = nil
    #expect(object.members.map(\.name) == ["", "a", "c"])
    #expect(object["b"] == nil)
  }

  @Test func `is written as a literal`() {
    let json: JSON = ["b": [1, true, nil], "a": "x"]
    #expect(json.canonicalBytes == [UInt8](#"{"a":"x","b":[1,true,null]}"#))
  }

  @Test func `does not take a name twice`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONObject([("a", 1), ("a", 2)])
    }
  }
}
