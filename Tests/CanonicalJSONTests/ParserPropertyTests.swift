import CanonicalJSON
import TestSupport
import Testing

@Suite struct `Every input to the JSON parsers` {
  /// Checks what must hold between the parsers and the writer for any bytes.
  private func check(_ bytes: [UInt8]) -> Bool {
    let parsed = try? JSON(parsing: bytes)
    let canonical = try? JSON(parsingCanonical: bytes)
    guard let parsed else { return canonical == nil }
    let written = parsed.canonicalBytes
    guard let again = try? JSON(parsingCanonical: written), again == parsed else { return false }
    return written == bytes ? canonical == parsed : canonical == nil
  }

  @Test func `of up to four parts is canonical exactly when it is what the writer writes`() {
    let parts = [
      "{", "}", "[", "]", ":", ",", "\"\"", "\"a\"", "\"\\n\"", "\"\\u0061\"", "1", "-0",
      "1.5", "null", "true", " ", "\u{7f}",
    ]
    #if DEBUG
      let longest = 3
    #else
      let longest = 5
    #endif
    var inputs = [""]
    var sound = 0
    for _ in 0..<longest {
      inputs = inputs.flatMap { input in parts.map { input + $0 } }
      for input in inputs {
        let bytes = [UInt8](input)
        #expect(check(bytes), "\(input)")
        if (try? JSON(parsing: bytes)) != nil { sound += 1 }
      }
    }
    #expect(sound > 0)
  }

  @Test func `that is mutated is parsed or refused, and never traps`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let seeds = [
      #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"rows":{"value":5850000000}}}"#,
      #"{"a":[1,-2,{"b":"\u001f\"\\é😀"}],"b":null,"é":true,"é":false}"#,
      #"[[[[["deep"]]]],9007199254740991,-9007199254740991,{},[]]"#,
      #" { "x" : "\ud83d\ude00\/" , "w" : [ 1 , 2 ] } "#,
    ].map { [UInt8]($0) }
    let words = [
      "\"a\":1,", "\\u00", "\\ud800", "[", "{", "}", "]", "\"", "-", "0", ".", "e9", "\\",
    ]
    for _ in 0..<Fuzz.inputs {
      let input = seeds.randomElement(using: &random)!.mutated(by: &random, dictionary: words)
      #expect(check(input), "seed \(seed): \(input)")
    }
  }
}

@Suite struct `The tokenizer` {
  @Test func `tells ranges and whether they are escaped`() throws {
    let bytes = [UInt8](#"{"a\n":[1.50e+1,"x"],"b":false}"#)
    var tokenizer = JSONTokenizer(numbers: .asWritten)
    var tokens: [JSONTokenizer.Token] = []
    repeat { tokens.append(try tokenizer.next(in: bytes.span)) } while tokens.last != .end
    #expect(
      tokens == [
        .beginObject, .name(2..<5, isEscaped: true), .beginArray, .number(8..<15),
        .string(17..<18, isEscaped: false), .endArray, .name(22..<23, isEscaped: false),
        .bool(false), .endObject, .end,
      ])
    var text: [UInt8] = []
    try JSONStringSpelling.unescape(2..<5, of: bytes.span, into: &text)
    #expect(text == [UInt8]("a\n"))
  }

  @Test func `ends with a line when asked`() throws {
    let bytes = [UInt8]("[1] \r\n[2")
    var tokenizer = JSONTokenizer(numbers: .asWritten, extent: .line)
    for expected in [.beginArray, .number(1..<2), .endArray, .end] as [JSONTokenizer.Token] {
      #expect(try tokenizer.next(in: bytes.span) == expected)
    }
    #expect(tokenizer.offset == 6)
  }

  @Test func `takes no line feed inside a line`() throws {
    let bytes = [UInt8]("[\n1]")
    var tokenizer = JSONTokenizer(numbers: .asWritten, extent: .line)
    #expect(try tokenizer.next(in: bytes.span) == .beginArray)
    #expect(throws: JSONError.unexpectedByte(at: 1)) { try tokenizer.next(in: bytes.span) }
  }

  @Test func `goes on refusing after a refusal`() {
    let bytes = [UInt8]("[1 2]")
    var tokenizer = JSONTokenizer(numbers: .asWritten)
    var refusals = 0
    for _ in 0..<6 {
      do { _ = try tokenizer.next(in: bytes.span) } catch { refusals += 1 }
    }
    #expect(refusals == 4)
  }

  @Test(arguments: [#"\"#, #"\u12"#, #"\x"#, #"\ud800"#, #"\udfff"#, #"\ud800\n"#])
  func `does not trap on escapes that no token gave`(text: String) {
    var output: [UInt8] = []
    let bytes = [UInt8](text)
    #expect(throws: JSONError.self) {
      try JSONStringSpelling.unescape(0..<bytes.count, of: bytes.span, into: &output)
    }
  }
}
