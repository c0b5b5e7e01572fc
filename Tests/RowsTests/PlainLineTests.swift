import LedgerCrypto
import Rows
import TestSupport
import Testing

/// A line that a space begins is read by the tokenizer alone: it says what the same line without it is
/// to give.
@Suite struct `Lines as machines write them` {
  private static let columns = [
    Column("", .string), Column("TEXT", .string), Column("URL", .string),
    Column("WIDTH", .int), Column("a list of more than eight bytes", .list(.string)),
    Column("b", .bool), Column("f", .float64), Column("f32", .float32),
    Column("é东京", .timestamp),
  ]

  private static func projection(_ columns: [Column] = columns) throws -> RowProjection {
    let empty = [UInt8]("{}\n")
    let file = try FileSchema(jsonLines: empty.span).expecting(columns.map(\.name))
    return try RowProjection(
      file: file, identity: [columns[0]], content: columns, missing: .any)
  }

  /// What reading gives: the rows with their records' lengths, and the refusal, if any.
  private struct Outcome: Equatable {
    var rows: [RowTags] = []
    var lengths: [Int] = []
    var values: [[UInt8]?] = []
    var error: RowError?
  }

  private static func read(
    _ text: [UInt8], _ projection: RowProjection, spaces: Int
  ) -> Outcome {
    var outcome = Outcome()
    var reader = RowReader(projection)
    do {
      while try reader.next(in: text.span) {
        outcome.lengths.append(reader.record.count - spaces)
        for column in projection.file.names.indices {
          var value: [UInt8] = []
          let isThere = try reader.appendValue(ofColumn: column, in: text.span, to: &value)
          let plain = reader.plainValue(ofColumn: column).map { Array(text[$0]) }
          outcome.values += [isThere ? value : nil, plain]
        }
        outcome.rows.append(try reader.tags(in: text.span))
      }
    } catch {
      outcome.error = error
    }
    return outcome
  }

  /// The same lines, each behind a space.
  private static func spaced(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = text.isEmpty ? [] : [0x20]
    for (place, byte) in text.enumerated() {
      output.append(byte)
      if byte == 0x0a, place + 1 < text.count { output.append(0x20) }
    }
    return output
  }

  private static func differ(_ text: [UInt8], _ projection: RowProjection) -> Bool {
    read(text, projection, spaces: 0) != read(spaced(text), projection, spaces: 1)
  }

  private static let sound = [UInt8](
    #"""
    {"":"x","TEXT":"an \"old\" lädder \\ \u00e9\ud83d\ude00","URL":"https://a.example/é/1.jpg","WIDTH":640,"a list of more than eight bytes":["a",null,"]}"],"b":true,"f":-0.25,"f32":1e-7,"é东京":"2023-12-20T00:00:00Z"}
    {"": "", "TEXT": "", "URL": "x", "WIDTH": 18446744073709551615, "a list of more than eight bytes": [], "b": false, "f": 0, "f32": 3, "é东京": null}
    {"TEXT":null,"WIDTH":-12,"f":1234567.5e100}
    {"f32":16777216, "WIDTH":1}
    {"URL":"an URL of some length that ends in the middle of a word", "b":null}
    {}
    {"":"last"}
    """#)

  @Test func `are read`() throws {
    let outcome = Self.read(Self.sound, try Self.projection(), spaces: 0)
    #expect(outcome.error == nil && outcome.rows.count == 7)
    #expect(!Self.differ(Self.sound, try Self.projection()))
    let crlf = Self.sound.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
    #expect(Self.read(crlf, try Self.projection(), spaces: 0).rows == outcome.rows)
  }

  @Test func `give what the tokenizer gives, or its refusal, however they are changed`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let projection = try Self.projection()
    let words = [
      "\"", "\\", "\\u", "\\ud83d", "[", "]", "{", "}", ":", ",", " ", "\n", "\r", "\r\n", "\t",
      "\0",
      "null", "tru", "-", ".", "e", "0", "\u{feff}", "NaN", "\"TEXT\":", "\"b\":true,", ",\"c\":1",
      "\"URL\":\"x\"", "é", "\u{1f388}",
    ]
    for _ in 0..<Fuzz.inputs {
      let input = Self.sound.mutated(by: &random, dictionary: words)
      #expect(!Self.differ(input, projection), "seed \(seed): \(input)")
    }
  }

  @Test func `cut anywhere, give what the tokenizer gives`() throws {
    let projection = try Self.projection()
    for end in Self.sound.indices {
      let input = Array(Self.sound[..<end])
      #expect(!Self.differ(input, projection), "\(end)")
    }
  }

  @Test(
    arguments: [
      #"{"b":true,"b":true}"#, #"{"b":true,"URL":"x"}"#, #"{"b":true,"URL":"x","b":null}"#,
      #"{"b":true,}"#, #"{,"b":true}"#, #"{"b":true"#, #"{"b":true "#, #"{"b":true}x"#,
      #"{"b":true} "#, #"{"b":true}{"b":true}"#, #"{"b":trues}"#, #"{"b":nul}"#, #"{"b":}"#,
      #"{"b":"#, #"{"b""#, #"{"b"}"#, #"{"b"true}"#, #"{"b":  true}"#, #"{"b":true,  "f":1}"#,
      #"{ "b":true}"#, #"{"f":01}"#, #"{"f":1.}"#, #"{"f":-}"#, #"{"f":1e}"#, #"{"f":NaN}"#,
      #"{"f":-Infinity}"#, #"{"f":"1"}"#, #"{"f":1,2}"#, #"{"f":1 2}"#, #"{"URL":"\ud800"}"#,
      #"{"URL":"\x"}"#, "{\"URL\":\"a\tb\"}", #"{"URL":"x"#, #"{"URL":"x\"#, #"{"URL":"x\"}"#,
      #"{"a list of more than eight bytes":[1}"#,
      #"{"a list of more than eight bytes":["a"],"f":1"#,
      #"{"a list of more than eight bytes":{}}"#, #"{"a list of more than eight bytes":[1 ]}"#,
      #"{"b":true}\#r"#, #"{"b":true}\#r\#rx"#, #"{"TEXT":"x","URL":"x",}"#,
      #"{"a list of more than eight byte":[]}"#, #"{"a list of more than eight bytes" :[]}"#,
      "{", "", " ", "\r", "{}", "{}\r\n", "{}\n\n", "{}{}", "[]", "{\"\":{\"\":{}}}",
      "{\"URL\":\"\u{7f}\"}", "{\"URL\":\"\0\"}",
    ])
  func `give what the tokenizer gives where they are short, odd or at fault`(line: String) throws {
    #expect(!Self.differ([UInt8](line), try Self.projection()))
    #expect(!Self.differ([UInt8](line) + [0x0a], try Self.projection()))
    #expect(!Self.differ([UInt8](line) + [UInt8]("\n{}\n"), try Self.projection()))
  }

  @Test(arguments: [30, 31, 32, 33, 40])
  func `nest as deeply as any other`(depth: Int) throws {
    let list = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let projection = try Self.projection([Column("l", .string)])
    for line in ["{\"l\":\(list)}", "{\"l\":[{\"l\":\(list.dropFirst(2).dropLast(2))}]}"] {
      #expect(!Self.differ([UInt8](line), projection))
    }
  }

  /// The name is compared as JSON spells it: `{"a":1,"b":2}` holds no column of the name `a":1,"b`.
  @Test func `are not taken for those of names that JSON spells otherwise`() throws {
    for name in ["a\":1,\"b", "a\\", "a\\u0062"] {
      let projection = try Self.projection([Column(name, .string)])
      let line = [UInt8]("{\"\(name)\":\"x\"}")
      #expect(!Self.differ(line, projection), "\(name)")
      #expect(Self.read(line, projection, spaces: 0).error != nil, "\(name)")
    }
  }

  @Test func `that are too long are refused as such`() throws {
    let projection = try Self.projection([Column("l", .string)])
    let room = RowReader.maximumRecordLength - 9
    for (length, isRead) in [(room, true), (room + 1, false)] {
      let text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      let line = [UInt8]("{\"l\":\"") + text + [UInt8]("\"}\n{}")
      let outcome = Self.read(line, projection, spaces: 0)
      #expect(outcome.error?.reason == (isRead ? nil : .recordTooLong))
    }
  }
}
