import LedgerCrypto
import Rows
import TestSupport
import Testing

@Suite struct `A cell is read from text` {
  private static func check(_ csv: String?, _ json: String?, _ type: ColumnType, _ cell: Cell)
    throws
  {
    let column = Column("c", type)
    let expected = [RowText.digest(cell, column)]
    if let csv {
      // An empty line is no row.
      if !csv.isEmpty {
        #expect(try RowText.digests([UInt8]("c\n\(csv)\n"), .csv, column) == expected, "\(csv)")
      }
      let quoted = csv.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"")
      #expect(try RowText.digests([UInt8]("c\r\n\"\(quoted)\""), .csv, column) == expected)
    }
    if let json {
      #expect(try RowText.digests([UInt8]("{\"c\":\(json)}"), .jsonLines, column) == expected)
    }
  }

  @Test(
    arguments: [
      ("0", .int(0)), ("-0", .int(0)), ("42", .int(42)), ("-9223372036854775808", .int(.min)),
      ("9223372036854775807", .int(.max)), ("9223372036854775808", .unsigned(1 << 63)),
      ("18446744073709551615", .unsigned(.max)),
    ] as [(String, Cell)])
  func `as an integer`(text: String, cell: Cell) throws { try Self.check(text, text, .int, cell) }

  @Test(
    arguments: [
      "0", "-0", "0.0", "-0.0e5", "1", "0.1", "0.30000000000000004", "123456789012345678",
      "1e22", "1e23", "9007199254740993", "9007199254740992.99999", "2.2250738585072011e-308",
      "2.2250738585072014e-308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
      "1.7976931348623157e308", "1.7976931348623158e308", "1e-400", "0e999999999999999999999",
      "0.000000000000000000000000000000000000000000000000000001e54", "179769313486231570e291",
      "5e-27", "7.3177701707893310e+15", "1.0000000000000002220446049250313",
      "1.00000000000000011102230246251565404236316680908203125",
      "1.00000000000000011102230246251565404236316680908203126",
      "1.00000000000000011102230246251565404236316680908203124", "-8.5e-05", "1E+2", "1e-7",
    ])
  func `as a binary64, rounded as the C library rounds`(text: String) throws {
    try Self.check(text, text, .float64, .float64(#require(Double(text))))
  }

  @Test(
    arguments: [
      "0", "-0", "0.1", "16777217", "16777219", "1.00000017881393432617187499",
      "1.00000017881393432617187500", "1.00000017881393432617187501", "3.4028235e38",
      "3.40282356e38", "1e-45", "7.0064923216240853e-46", "7.0064923216240854e-46", "1e-100",
      "0.00001", "33554431", "1e10", "1.17549435e-38", "123456789e-27", "1e27", "3e27",
    ])
  func `as a binary32, rounded once`(text: String) throws {
    try Self.check(text, text, .float32, .float32(#require(Float(text))))
  }

  @Test func `as a tie of a thousand digits`() throws {
    // 1 + 2^-53 lies halfway; a digit far beyond the 800 kept still breaks the tie.
    let tie = "1.00000000000000011102230246251565404236316680908203125"
    let zeros = String(repeating: "0", count: 2_000)
    try Self.check(tie + zeros, tie + zeros, .float64, .float64(1))
    try Self.check(tie + zeros + "1", tie + zeros + "1", .float64, .float64(1.0.nextUp))
    let small = "0." + zeros + "5e2001"
    try Self.check(small, small, .float64, .float64(5))
    try Self.check("5" + zeros + "e-2000", "5" + zeros + "e-2000", .float64, .float64(5))
  }

  @Test func `as any binary64 that is printed`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var csv = "c\n"
    var expected64: [Digest] = []
    var expected32: [Digest] = []
    let column64 = Column("c", .float64)
    let column32 = Column("c", .float32)
    for _ in 0..<2_000 {
      let digits = Int.random(in: 1...22, using: &random)
      var text = Bool.random(using: &random) ? "-" : ""
      text += "\(Int.random(in: 1...9, using: &random))."
      for _ in 0..<digits { text += "\(Int.random(in: 0...9, using: &random))" }
      text += "e\(Int.random(in: -30...30, using: &random))"
      csv += text + "\n"
      expected64.append(RowText.digest(.float64(try #require(Double(text))), column64))
      expected32.append(RowText.digest(.float32(try #require(Float(text))), column32))
    }
    #expect(try RowText.digests([UInt8](csv), .csv, column64) == expected64, "seed \(seed)")
    #expect(try RowText.digests([UInt8](csv), .csv, column32) == expected32, "seed \(seed)")
  }

  @Test func `as a word that only CSV has for floats`() throws {
    for type in [ColumnType.float64, .float32] {
      let isDouble = type == .float64
      try Self.check("NaN", nil, type, isDouble ? .float64(.nan) : .float32(.nan))
      try Self.check("Infinity", nil, type, isDouble ? .float64(.infinity) : .float32(.infinity))
      try Self.check("-Infinity", nil, type, isDouble ? .float64(-.infinity) : .float32(-.infinity))
    }
  }

  @Test func `as every other type`() throws {
    try Self.check("true", "true", .bool, .bool(true))
    try Self.check("false", "false", .bool, .bool(false))
    try Self.check("x'y z\u{e9}", #""x'y z\u00e9""#, .string, .string("x'y zé"))
    try Self.check("DeadBEEF", "\"DeadBEEF\"", .bytes, .bytes([0xde, 0xad, 0xbe, 0xef]))
    try Self.check(nil, "\"\"", .bytes, .bytes([]))
    try Self.check(nil, #""\u0030\u0030""#, .bytes, .bytes([0]))
    let time = "2023-12-20T00:00:00.5Z"
    try Self.check(time, "\"\(time)\"", .timestamp, .timestamp(1_703_030_400_500_000))
  }

  @Test func `as a list`() throws {
    let nested = ColumnType.list(.list(.string))
    let cell = Cell.list([.list([.string("a"), .null]), .null, .list([])])
    try Self.check(nil, #"[["\u0061",null],null,[]]"#, nested, cell)
    let column = Column("c", nested)
    let csv = [UInt8]("c\n\"[ [\"\"a\"\",null], null ,[]]\"\n")
    #expect(try RowText.digests(csv, .csv, column) == [RowText.digest(cell, column)])
  }

  @Test func `as null when it is empty or absent, but for strings in CSV`() throws {
    let types = ColumnType.scalars + [.list(.int)]
    for type in types where type != .string {
      try Self.check("", "null", type, .null)
    }
    try Self.check("", "\"\"", .string, .string(""))
    let column = Column("c", .string)
    let absent = try RowText.digests([UInt8]("{\"c\":\"x\"}\n{}\n"), .jsonLines, column)
    #expect(absent[1] == RowText.digest(.null, column))
  }
}

@Suite struct `A cell is refused` {
  @Test(
    arguments: [
      ("01", .int, .notInteger), ("+1", .int, .notInteger), ("-", .int, .notInteger),
      (" 1", .int, .notInteger), ("1 ", .int, .notInteger), ("1.0", .int, .notInteger),
      ("1e3", .int, .notInteger), ("0x1", .int, .notInteger), ("--1", .int, .notInteger),
      ("18446744073709551616", .int, .integerOutOfRange),
      ("-9223372036854775809", .int, .integerOutOfRange),
      ("99999999999999999999999999999999999", .int, .integerOutOfRange),
      ("1e999", .float64, .floatOverflow), ("-1.8e308", .float64, .floatOverflow),
      ("3.5e38", .float32, .floatOverflow), ("1e39", .float32, .floatOverflow),
      ("9999999999999999999e27", .float32, .floatOverflow),
      ("nan", .float64, .notNumber), ("inf", .float64, .notNumber),
      ("+Infinity", .float64, .notNumber), ("-NaN", .float64, .notNumber),
      ("1.", .float64, .notNumber), (".5", .float64, .notNumber), ("1e", .float32, .notNumber),
      ("0x1p3", .float64, .notNumber), ("1_0", .float64, .notNumber), ("-", .float64, .notNumber),
      ("True", .bool, .notBool), ("1", .bool, .notBool), ("t", .bool, .notBool),
      ("0", .bytes, .notHexadecimal), ("0g", .bytes, .notHexadecimal),
      ("0x00", .bytes, .notHexadecimal), ("[1", .list(.int), .notJSON),
      ("1", .list(.int), .wrongType(expected: .list(.int))), ("[1]x", .list(.int), .notJSON),
      ("[true]", .list(.int), .wrongType(expected: .int)),
      ("[[1]]", .list(.int), .wrongType(expected: .int)),
      ("{}", .list(.int), .wrongType(expected: .list(.int))),
      ("2023-12-20", .timestamp, .notInstant(.malformed)),
      ("2023-12-20T00:00:00", .timestamp, .notInstant(.malformed)),
      ("2016-12-31T23:59:60Z", .timestamp, .notInstant(.leapSecond)),
      ("2023-02-29T00:00:00Z", .timestamp, .notInstant(.noSuchTime)),
      ("2023-12-20T00:00:00.0000001Z", .timestamp, .notInstant(.tooPrecise)),
    ] as [(String, ColumnType, RowReason)])
  func `in CSV with row, column and reason`(text: String, type: ColumnType, reason: RowReason) {
    let bytes = [UInt8]("c\n\"\"\n\(text)\n")
    #expect(RowText.refusal(bytes, .csv, type) == RowError(row: 2, column: "c", reason: reason))
  }

  @Test(
    arguments: [
      ("[]", .string), ("\"1\"", .int),
      ("true", .int), ("\"NaN\"", .float64), ("\"1\"", .float32), ("1", .bool),
      ("\"true\"", .bool), ("1", .timestamp), ("[1]", .bytes), ("\"[]\"", .list(.int)),
    ] as [(String, ColumnType)])
  func `in JSON Lines when it has another type`(text: String, type: ColumnType) {
    let reason = RowReason.wrongType(expected: type)
    let bytes = [UInt8]("{\"c\":null}\n{\"c\":\(text)}\n")
    #expect(
      RowText.refusal(bytes, .jsonLines, type) == RowError(row: 2, column: "c", reason: reason))
  }

  @Test func `without its value in the message`() {
    let secret = "https://example.org/secret"
    for format in [FileSchema.Format.csv, .jsonLines] {
      for type in ColumnType.scalars where type != .string {
        let bytes = [UInt8](format == .csv ? "c\n\(secret)\n" : "{\"c\":\"\(secret)\"}\n")
        let error = RowText.refusal(bytes, format, type)
        #expect(error != nil)
        #expect(!"\(error.map(String.init(describing:)) ?? "")".contains("secret"))
      }
    }
    let unknown = "{\"c\":1}\n" + String(repeating: "{}\n", count: 10_000) + "{\"\(secret)\":1}"
    let error = RowText.refusal([UInt8](unknown), .jsonLines, .int)
    #expect(error == RowError(row: 10_002, column: nil, reason: .unknownMember(1)))
    #expect(!"\(String(describing: error))".contains("secret"))
  }
}
