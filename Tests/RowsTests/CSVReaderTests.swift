import Rows
import TestSupport
import Testing

@Suite struct `The CSV reader` {
  /// All fields of all rows, as text.
  static func rows(_ text: [UInt8], at offset: Int? = nil) throws -> [[String]] {
    let file = try FileSchema(csv: text.span)
    let projection = try RowProjection(registering: file, identity: [file.names[0]])
    var reader = RowReader(projection, at: offset ?? file.dataStart)
    var rows: [[String]] = []
    while try reader.next(in: text.span) {
      var row: [String] = []
      for column in file.names.indices {
        var value: [UInt8] = []
        #expect(try reader.appendValue(ofColumn: column, in: text.span, to: &value))
        if let plain = reader.plainValue(ofColumn: column) { #expect(Array(text[plain]) == value) }
        row.append(String(decoding: value, as: UTF8.self))
      }
      rows.append(row)
    }
    return rows
  }

  @Test(
    arguments: [
      ("a,b\n1,2\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]),
      ("a,b\r\n1,2\n3,4", [["1", "2"], ["3", "4"]]), ("\u{feff}a,b\n1,2", [["1", "2"]]),
      ("a,b\n,\n", [["", ""]]), ("a,b\n1,", [["1", ""]]), ("a,b\n,2", [["", "2"]]),
      ("a,b\n\"\",\"\"", [["", ""]]), ("a\n\"\"\n\"\"\r\nx", [[""], [""], ["x"]]), ("a\n", []),
      ("a", []),
      ("a,b\n\"x,y\",\"p\nq\r\nr\"\n", [["x,y", "p\nq\r\nr"]]),
      ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["say \"hi\"", "\""]]),
      ("a,b\n x , y \n", [[" x ", " y "]]), ("\"a,1\",b\n1,2", [["1", "2"]]),
      ("a,b\né,😀\n", [["é", "😀"]]), ("a,b\n1,\u{feff}2\n", [["1", "\u{feff}2"]]),
      ("a,b\n1,\"\"\n3,\"4\"\r\n", [["1", ""], ["3", "4"]]),
    ])
  func `reads fields as RFC 4180 writes them`(text: String, rows: [[String]]) throws {
    #expect(try Self.rows([UInt8](text)) == rows)
  }

  @Test(
    arguments: [
      ("a,b\n1\n", 1, nil, .ragged(expected: 2)), ("a,b\n1,2,3\n", 1, nil, .ragged(expected: 2)),
      ("a,b\n1,2\n\n", 2, nil, .emptyLine), ("a\n\nx", 1, nil, .emptyLine),
      ("a\nx\r\n\r\n", 2, nil, .emptyLine), ("a,b\n1,x\"y\n", 1, "b", .bareQuote),
      ("a,b\n\"x\"y,2\n", 1, "a", .bareQuote), ("a,b\n\"x\" ,2\n", 1, "a", .bareQuote),
      ("a,b\n1, \"x\"\n", 1, "b", .bareQuote), ("a,b\n1,\"x\n", 1, "b", .unterminatedQuote),
      ("a,b\n1,\"", 1, "b", .unterminatedQuote), ("a,b\n1,\"x\"\"", 1, "b", .unterminatedQuote),
      ("a,b\n1\r,2\n", 1, "a", .bareCarriageReturn), ("a,b\n1,2\r", 1, "b", .bareCarriageReturn),
      ("a,b\n1,\"2\"\r", 1, "b", .bareCarriageReturn), ("a,b\n1,2\r3", 1, "b", .bareCarriageReturn),
      ("a,b\n1,2\n3\n", 2, nil, .ragged(expected: 2)),
    ] as [(String, Int, String?, RowReason)])
  func `refuses other spellings, with the place`(
    text: String, row: Int, column: String?, reason: RowReason
  ) {
    #expect(throws: RowError(row: row, column: column, reason: reason)) {
      try Self.rows([UInt8](text))
    }
  }

  @Test(arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]] as [[UInt8]])
  func `refuses bytes that are not UTF-8, in every column`(bytes: [UInt8]) {
    for quote in [[], [0x22]] as [[UInt8]] {
      let text = [UInt8]("a,b\n1,2\n3,") + quote + bytes + quote + [0x0a]
      #expect(throws: RowError(row: 2, column: "b", reason: .invalidUTF8)) { try Self.rows(text) }
    }
  }

  @Test(
    arguments: [
      ("", .row(RowError(row: 0, column: nil, reason: .noHeader))),
      ("\u{feff}", .row(RowError(row: 0, column: nil, reason: .noHeader))),
      ("a,a\n", .column(.duplicate("a"))), ("a,\"a\"\n", .column(.duplicate("a"))),
      ("a,\"b", .row(RowError(row: 0, column: nil, reason: .unterminatedQuote))),
      ("a,b\"\n", .row(RowError(row: 0, column: nil, reason: .bareQuote))),
      (String(repeating: ",", count: 10_000), .column(.tooMany)),
    ] as [(String, SchemaError)])
  func `refuses a header`(text: String, error: SchemaError) {
    #expect(throws: error) { try FileSchema(csv: [UInt8](text).span) }
  }

  @Test func `keeps composed and decomposed names apart`() throws {
    let file = try FileSchema(csv: [UInt8]("\u{e9},e\u{301}\n").span)
    #expect(file.names.count == 2)
    #expect(file.index(of: "e\u{301}") == 1)
  }

  @Test func `refuses a record beyond the longest, at once`() throws {
    for start in ["a\n", "a\n\""] {
      let text = [UInt8](start) + [UInt8](repeating: 0x61, count: RowReader.maximumRecordLength + 9)
      let file = try FileSchema(csv: text.span)
      var reader = RowReader(
        try RowProjection(registering: file, identity: ["a"]), at: file.dataStart)
      #expect(throws: RowError(row: 1, column: nil, reason: .recordTooLong)) {
        try reader.next(in: text.span)
      }
    }
  }

  @Test func `lends each record's own bytes, which make up the file`() throws {
    let text = [UInt8]("\u{feff}a,b\r\n1,\"x\ny\"\r\n2,\n\"3\",z")
    let file = try FileSchema(csv: text.span)
    var reader = RowReader(
      try RowProjection(registering: file, identity: ["a"]), at: file.dataStart)
    var copy = Array(text[..<file.dataStart])
    var records = 0
    while try reader.next(in: text.span) {
      copy += text[reader.record]
      records += 1
      #expect(reader.row == records)
    }
    #expect(copy == text)
    #expect(records == 3)
  }
}

@Suite struct `Cutting CSV into chunks` {
  @Test func `keeps records whole at every size`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var text = [UInt8]("a,b\n")
    let fields = ["x", "", "\"\"", "\"p,q\"", "\"1\n2\"", "\"\"\"\n\"\"\"", "é", "\"\r\n\""]
    for _ in 0..<60 {
      let pair = [fields.randomElement(using: &random)!, fields.randomElement(using: &random)!]
      text += [UInt8](pair.joined(separator: ",") + (Bool.random(using: &random) ? "\n" : "\r\n"))
    }
    let file = try FileSchema(csv: text.span)
    let projection = try RowProjection(registering: file, identity: ["a"])
    let whole = try RowText.tags(projection, text)
    for size in 1...text.count {
      let cuts = CSVBoundaries.cuts(in: text.span, from: file.dataStart, every: size)
      #expect(cuts.first == file.dataStart && cuts.last == text.count)
      var tags: [RowTags] = []
      for (start, end) in zip(cuts, cuts.dropFirst()) {
        let chunk = text.span.extracting(start..<end)
        var reader = RowReader(projection)
        while try reader.next(in: chunk) { tags.append(try reader.tags(in: chunk)) }
      }
      #expect(tags == whole, "seed \(seed), size \(size)")
    }
  }

  @Test func `ends on any bytes`() {
    for text in ["", "\n", "\"", "\"\n\n", "a\n\n\nb", "\"\"\""] {
      for size in [-1, 0, 1, 2, 100] {
        let bytes = [UInt8](text)
        for cuts in [
          CSVBoundaries.cuts(in: bytes.span, every: size),
          LineBoundaries.cuts(in: bytes.span, every: size),
        ] {
          #expect(cuts.first == 0 && cuts.last == bytes.count && cuts == cuts.sorted())
        }
      }
    }
  }
}
