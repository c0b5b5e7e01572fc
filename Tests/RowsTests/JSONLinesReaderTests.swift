import Rows
import TestSupport
import Testing

@Suite struct `The JSON Lines reader` {
  /// Whether each value of each row is there, and its text.
  static func rows(_ text: [UInt8], known: [Column] = []) throws -> [[String?]] {
    let file = try FileSchema(jsonLines: text.span).expecting(known.map(\.name))
    let projection = try RowProjection(
      registering: file, identity: [file.names[0]], content: [file.names[0]])
    var reader = RowReader(projection)
    var rows: [[String?]] = []
    while try reader.next(in: text.span) {
      var row: [String?] = []
      for column in file.names.indices {
        var value: [UInt8] = []
        let isThere = try reader.appendValue(ofColumn: column, in: text.span, to: &value)
        row.append(isThere ? String(decoding: value, as: UTF8.self) : nil)
      }
      rows.append(row)
    }
    return rows
  }

  @Test(
    arguments: [
      ("{\"a\":\"x\",\"b\":1}\n{\"b\":2}\n{}", [["x", "1"], [nil, "2"], [nil, nil]]),
      ("{\"a\":\"x\"}\r\n{\"a\":null}\r\n", [["x"], [nil]]),
      (" { \"a\" : \"x\" } \n\t{\"a\":\"\"}", [["x"], [""]]),
      (#"{"\u0061":"\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00"}"#, [["\"\\/\u{8}\u{c}\n\r\tAé😀"]]),
      ("{\"a\":\"1\",\"b\":[1,[2]],\"c\":{\"a\":1}}", [["1", "[1,[2]]", "{\"a\":1}"]]),
      ("{\"a\":true}\n{\"a\":false}", [["true"], ["false"]]),
      ("{\"a\":\"x\",\"b\":1.50}\n{\"b\":1E2,\"a\":\"y\"}", [["x", "1.50"], ["y", "1E2"]]),
    ])
  func `reads members by name`(text: String, rows: [[String?]]) throws {
    #expect(try Self.rows([UInt8](text)) == rows)
  }

  @Test(
    arguments: [
      ("{\"a\":1}\n\n", 2, nil, .emptyLine), ("{\"a\":1}\n \t\r\n{}", 2, nil, .emptyLine),
      ("[1]", 1, nil, .notAnObject), ("1", 1, nil, .notAnObject), ("null\n", 1, nil, .notAnObject),
      ("{\"a\":1,\"a\":2}", 1, "a", .duplicateMember),
      (#"{"a":1,"\u0061":null}"#, 1, "a", .duplicateMember),
      ("{\"a\":null,\"a\":null}", 1, "a", .duplicateMember),
      ("{\"a\":1} {\"a\":2}", 1, nil, .notJSON), ("{\"a\":1", 1, nil, .notJSON),
      ("{\"a\":\n1}", 1, "a", .notJSON), ("{\"a\":1,}", 1, nil, .notJSON),
      ("{\"a\":\"x\ny\"}", 1, "a", .notJSON), ("{\"a\":01}", 1, "a", .notJSON),
      ("{\"a\":NaN}", 1, "a", .notFinite), ("{\"a\":-Infinity}", 1, "a", .notFinite),
      ("{\"a\":[1,Infinity]}", 1, "a", .notFinite), ("{\"a\":nan}", 1, "a", .notJSON),
      ("{\"a\":1}\n\u{feff}{\"a\":1}", 2, nil, .notJSON),
      (#"{"a":"\ud800"}"#, 1, "a", .loneSurrogate), (#"{"\udc00":1}"#, 1, nil, .loneSurrogate),
      (#"{"a":["\ud800\u0041"]}"#, 1, "a", .loneSurrogate),
      ("{\"a\":" + String(repeating: "[", count: 40), 1, "a", .tooDeep),
      ("{\"a\":1}\n{\"a\":[1}\n", 2, "a", .notJSON),
    ] as [(String, Int, String?, RowReason)])
  func `refuses other spellings, with the place, reading and inferring`(
    text: String, row: Int, column: String?, reason: RowReason
  ) throws {
    let error = RowError(row: row, column: column, reason: reason)
    let bytes = [UInt8](text)
    #expect(throws: SchemaError.row(error)) { try FileSchema(jsonLines: bytes.span) }
    let sound = [UInt8]("{\"a\":null}\n")
    let file = try FileSchema(jsonLines: sound.span, types: ["a": .list(.int)])
    var reader = RowReader(try RowProjection(registering: file, identity: ["a"]))
    #expect(throws: error) { while try reader.next(in: bytes.span) {} }
  }

  @Test func `refuses bytes that are not UTF-8`() {
    let text = [UInt8]("{\"a\":\"") + [0xff] + [UInt8]("\"}")
    #expect(throws: SchemaError.row(RowError(row: 1, column: "a", reason: .invalidUTF8))) {
      try Self.rows(text)
    }
  }

  @Test func `refuses a member that the first rows do not name`() throws {
    var text = [UInt8](String(repeating: "{\"a\":1}\n", count: FileSchema.inferenceRows))
    text += [UInt8]("{\"a\":2,\"b\":3}\n")
    #expect(
      throws: RowError(row: FileSchema.inferenceRows + 1, column: nil, reason: .unknownMember(2))
    ) { try Self.rows(text) }
    #expect(try Self.rows(text, known: [Column("b", .int)]).last == ["2", "3"])
  }

  @Test func `refuses a record beyond the longest, at once`() throws {
    let file = try FileSchema(jsonLines: [UInt8]("{\"a\":\"\"}").span)
    let projection = try RowProjection(registering: file, identity: ["a"])
    let long = [UInt8](repeating: 0x61, count: RowReader.maximumRecordLength + 9)
    for text in [[UInt8]("{\"a\":\"") + long, [UInt8]("{\"a\":") + long.map { _ in 0x20 }] {
      var reader = RowReader(projection)
      #expect(throws: RowError(row: 1, column: nil, reason: .recordTooLong)) {
        try reader.next(in: text.span)
      }
    }
  }

  @Test func `lends each record's own bytes, which make up the file`() throws {
    let text = [UInt8]("{\"a\":1}\r\n {\"a\":2} \n{\"a\":3}")
    let file = try FileSchema(jsonLines: text.span)
    var reader = RowReader(try RowProjection(registering: file, identity: ["a"]))
    var copy: [UInt8] = []
    while try reader.next(in: text.span) { copy += text[reader.record] }
    #expect(copy == text)
    #expect(reader.row == 3)
  }

  @Test func `finds any of many columns in any order`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let names = (0..<200).map { "column \($0)" }
    var text = ""
    for _ in 0..<20 {
      let members = names.shuffled(using: &random).map { "\"\($0)\":\"\($0)\"" }
      text += "{" + members.joined(separator: ",") + "}\n"
    }
    let file = try FileSchema(jsonLines: [UInt8](text).span)
    for row in try Self.rows([UInt8](text)) { #expect(row == file.names, "seed \(seed)") }
  }
}

@Suite struct `Types of JSON Lines` {
  private func evidence(_ values: [String]) throws -> FileSchema.Evidence {
    let text = values.map { "{\"c\":\($0)}" }.joined(separator: "\n")
    return try FileSchema(jsonLines: [UInt8](text).span).evidence[0]
  }

  @Test(
    arguments: [
      (["true", "false", "null"], .inferred(.bool)), (["1", "-0", "null"], .inferred(.int)),
      (["18446744073709551615", "-9223372036854775808"], .inferred(.int)),
      (["18446744073709551616"], .undetermined(.bigInteger(row: 1))),
      (["1", "1.5"], .inferred(.float64)),
      (["1e2", "1"], .inferred(.float64)), (["1.0"], .inferred(.float64)),
      (["\"x\"", "null"], .inferred(.string)), (["null", "null"], .onlyNull),
      (["1", "\"1\""], .undetermined(.mixed)), (["true", "1"], .undetermined(.mixed)),
      (["true", "\"true\""], .undetermined(.mixed)), (["[]"], .undetermined(.lists)),
      (["{}", "null"], .undetermined(.objects)), (["{}", "[]"], .undetermined(.mixed)),
      (["1", "\"x\"", "1"], .undetermined(.mixed)), (["[]", "1"], .undetermined(.mixed)),
      (["1.5", "-9223372036854775809", "1"], .undetermined(.bigInteger(row: 2))),
      (["1", "18446744073709551616", "\"x\""], .undetermined(.mixed)),
    ] as [([String], FileSchema.Evidence)])
  func `come from the values`(values: [String], expected: FileSchema.Evidence) throws {
    #expect(try evidence(values) == expected)
  }

  @Test func `come from the first 10,000 rows`() throws {
    let first = String(repeating: "{\"c\":1}\n", count: 9_999)
    let at = try FileSchema(jsonLines: [UInt8](first + "{\"c\":1.5}").span)
    #expect(at.evidence == [.inferred(.float64)])
    let after = try FileSchema(jsonLines: [UInt8](first + "{\"c\":1}\n{\"c\":1.5}").span)
    #expect(after.evidence == [.inferred(.int)])
  }

  @Test func `stand in order of first appearance`() throws {
    let text = "{\"b\":null}\n{\"a\":1,\"b\":2}\n{\"c\":3,\"a\":4}"
    #expect(try FileSchema(jsonLines: [UInt8](text).span).names == ["b", "a", "c"])
  }

  @Test func `must be settled for what is committed, and only there`() throws {
    let text = [UInt8]("{\"a\":\"x\",\"b\":[1]}")
    let file = try FileSchema(jsonLines: text.span)
    _ = try RowProjection(registering: file, identity: ["a"], content: ["a"])
    #expect(throws: ColumnError.undetermined("b", .lists)) {
      try RowProjection(registering: file, identity: ["a"])
    }
    let typed = try FileSchema(jsonLines: text.span, types: ["b": .list(.int)])
    #expect(try RowProjection(registering: typed, identity: ["a"]).content[1].type == .list(.int))
  }

  /// "é" as one scalar and as two: Swift's strings are equal, columns are not.
  @Test func `are of the column of exactly these bytes`() throws {
    let (one, two) = ("caf\u{e9}", "cafe\u{301}")
    for types in [[one: .int, two: .float64], [two: .float64, one: .int]] as [DeclaredTypes] {
      let csv = try FileSchema(csv: [UInt8]("\(one),\(two)\n".utf8).span, types: types)
      let lines = try FileSchema(
        jsonLines: [UInt8](#"{"\#(one)":1,"\#(two)":2.5}"#.utf8).span, types: types)
      for file in [csv, lines] {
        #expect(file.evidence == [.declared(.cells(.int)), .declared(.cells(.float64))])
        #expect(file.index(of: one) == 0 && file.index(of: two) == 1)
        #expect(file.index(ofAnyCase: two) == 1)
      }
    }
    #expect(throws: ColumnError.typeForMissing(two)) {
      try ([two: .int] as DeclaredTypes).requireAll(in: [one])
    }
  }

  @Test func `are refused for columns that are not there`() {
    #expect(throws: ColumnError.typeForMissing("x")) {
      try (["a": .int, "x": .int] as DeclaredTypes).requireAll(in: ["a", "b"])
    }
  }
}
