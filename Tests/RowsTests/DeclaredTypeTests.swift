import LedgerCrypto
import Rows
import TestSupport
import Testing

@Suite struct `A declared type` {
  /// What the only value of the only row comes to, as the digest of a column of the type.
  private func digest(_ value: String, _ type: DeclaredType, isCSV: Bool = false) throws -> Digest {
    var types = DeclaredTypes()
    types["c"] = type
    let quoted = "\"" + value.replacing("\"", with: "\"\"") + "\""
    let bytes = [UInt8]((isCSV ? "c\n\(quoted)\n" : "{\"c\":\(value)}\n").utf8)
    let file =
      isCSV
      ? try FileSchema(csv: bytes.span, types: types)
      : try FileSchema(jsonLines: bytes.span, types: types)
    let column = Column("c", type.type)
    let projection = try RowProjection(file: file, identity: [column], content: [column])
    return try RowText.tags(projection, bytes)[0].digest
  }

  private func text(_ text: String) -> Digest {
    RowText.digest(.string(text), Column("c", .string))
  }

  @Test func `is read from its text`() throws {
    #expect(try DeclaredType(text: "json") == .json)
    #expect(try DeclaredType(text: "list<int>") == .cells(.list(.int)))
    for text in ["", "JSON", "list<json>", "json ", "object"] {
      #expect(throws: ColumnError.unknownType(text)) { try DeclaredType(text: text) }
    }
    #expect(DeclaredType.json.type == .string && DeclaredType.json.text == "json")
  }

  @Test(arguments: [
    ("\"x\"", "x"), ("\"\\u0078\"", "x"), ("18446744073709551617", "18446744073709551617"),
    ("1.50", "1.50"), ("-0", "-0"), ("true", "true"), ("false", "false"), ("1E400", "1E400"),
  ])
  func `string keeps numbers and truth values as they are written`(
    value: String, expected: String
  ) throws {
    #expect(try digest(value, .cells(.string)) == text(expected))
  }

  @Test(arguments: ["1", "true", "[]", "{}"])
  func `is what lets a string be anything but text`(value: String) throws {
    let bytes = [UInt8]("{\"c\":\"x\"}\n{\"c\":\(value)}\n".utf8)
    let first = try FileSchema(jsonLines: [UInt8]("{\"c\":\"x\"}".utf8).span)
    let column = Column("c", .string)
    let projection = try RowProjection(file: first, identity: [column], content: [column])
    let reason: RowReason = value == "{}" ? .object : .wrongType(expected: .string)
    #expect(throws: RowError(row: 2, column: "c", reason: reason)) {
      try RowText.tags(projection, bytes)
    }
  }

  @Test func `string has null, and no list or object`() throws {
    #expect(
      try digest("null", .cells(.string)) == RowText.digest(.null, Column("c", .string)))
    for value in ["[]", "{}", "[\"x\"]"] {
      #expect(throws: RowError.self) { try digest(value, .cells(.string)) }
    }
  }

  // Numbers as RFC 8785, appendix B, and ECMA-262 have them.
  @Test(arguments: [
    (#"{"b":1,"a":[true,null,"é"]}"#, #"{"a":[true,null,"é"],"b":1}"#),
    (#" { "b" : { } , "a" : [ ] } "#, #"{"a":[],"b":{}}"#),
    (#"{"\ud83d\ude00":1,"\ufffd":2,"\r":3}"#, "{\"\\r\":3,\"😀\":1,\"\u{fffd}\":2}"),
    (#""\u0078\/\u000a""#, #""x/\n""#), ("true", "true"), ("false", "false"), ("[null]", "[null]"),
    ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("1.0", "1"), ("100", "100"), ("1e2", "100"),
    ("5e-324", "5e-324"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("9007199254740992", "9007199254740992"), ("-9007199254740992", "-9007199254740992"),
    ("295147905179352830000.0", "295147905179352830000"),
    ("9.999999999999997e22", "9.999999999999997e+22"),
    ("1e23", "1e+23"), ("1.0000000000000001e23", "1.0000000000000001e+23"),
    ("999999999999999700000.0", "999999999999999700000"), ("1e21", "1e+21"),
    ("1e20", "100000000000000000000"),
    ("9.999999999999997e-7", "9.999999999999997e-7"), ("0.000001", "0.000001"), ("1e-7", "1e-7"),
    ("333333333.3333332", "333333333.3333332"), ("0.1", "0.1"), ("123.456", "123.456"),
    ("-0.0000033333333333333333", "-0.0000033333333333333333"),
    ("1424953923781206.2", "1424953923781206.2"),
  ])
  func `json takes the canonical text of any value, in both formats`(
    value: String, expected: String
  ) throws {
    #expect(try digest(value, .json) == text(expected), "\(value)")
    #expect(try digest(value, .json, isCSV: true) == text(expected), "\(value)")
  }

  @Test func `json has null`() throws {
    let null = RowText.digest(.null, Column("c", .string))
    #expect(try digest("null", .json) == null && digest("null", .json, isCSV: true) == null)
    #expect(try digest("", .json, isCSV: true) == null)
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"[{"a":{"b":1,"b":1}}]"#, "9007199254740993",
    "18446744073709551616", "[1e400]", "[NaN]", "{", "[1,]", "\"\\ud800\"", "01", "'x'",
  ])
  func `json refuses what has no canonical text`(value: String) {
    #expect(throws: (any Error).self) { try digest(value, .json) }
    #expect(throws: RowError.self) { try digest(value, .json, isCSV: true) }
  }

  @Test func `json is no other type of a dataset`() throws {
    var types = DeclaredTypes()
    types["c"] = .json
    let file = try FileSchema(jsonLines: [UInt8]("{\"c\":[1]}".utf8).span, types: types)
    for type in ColumnType.scalars where type != .string {
      #expect(throws: ColumnError.notConvertible("c", from: .string, to: type)) {
        let column = Column("c", type)
        _ = try RowProjection(file: file, identity: [column], content: [column])
      }
    }
  }
}

@Suite struct `An integer in a column of floats` {
  private func refusal(_ value: String, _ type: ColumnType) -> RowReason? {
    let bytes = [UInt8]("{\"c\":\(value)}\n".utf8)
    let column = Column("c", type)
    do {
      let file = try FileSchema(jsonLines: bytes.span)
      _ = try RowText.tags(
        RowProjection(file: file, identity: [column], content: [column]), bytes)
      return nil
    } catch let error as RowError {
      return error.reason
    } catch {
      return .noHeader
    }
  }

  @Test(arguments: [
    ("9007199254740992", ColumnType.float64), ("-9007199254740992", .float64),
    ("18446744073709549568", .float64), ("9007199254740993.0", .float64),
    ("9007199254740993e0", .float64),
    ("16777216", .float32), ("-16777216", .float32), ("16777217.0", .float32), ("0", .float32),
    ("[9007199254740992,null]", .list(.float64)), ("[[16777216]]", .list(.list(.float32))),
  ])
  func `is read where the float holds it exactly`(value: String, type: ColumnType) {
    #expect(refusal(value, type) == nil)
  }

  @Test(arguments: [
    ("9007199254740993", ColumnType.float64, RowReason.integerRounded),
    ("-9007199254740993", .float64, .integerRounded),
    ("18446744073709551615", .float64, .integerRounded),
    ("9223372036854775807", .float64, .integerRounded), ("16777217", .float32, .integerRounded),
    ("18446744073709551616", .float64, .integerOutOfRange),
    ("100000000000000000000", .float64, .integerOutOfRange),
    ("-9223372036854775809", .float32, .integerOutOfRange),
    ("[1,9007199254740993]", .list(.float64), .integerRounded),
    ("[[16777217]]", .list(.list(.float32)), .integerRounded),
  ])
  func `is refused where it would be rounded`(value: String, type: ColumnType, reason: RowReason) {
    #expect(refusal(value, type) == reason)
  }
}
