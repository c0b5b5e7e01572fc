import CanonicalJSON
import LedgerCrypto
import Rows
import TestSupport
import Testing

@Suite struct `Mapping a file to a dataset` {
  private let url = Column("URL", .string)

  @Test func `carries further columns without committing to them`() throws {
    let plain = try RowText.tags(csv: "URL\nx\n", identity: [url], content: [url])
    let wide = try RowText.tags(csv: "note,URL\nanything,x\n", identity: [url], content: [url])
    #expect(plain == wide)
  }

  @Test func `takes content columns by the bytes of their names, and no other order`() throws {
    let columns = [Column("TEXT", .string), url]
    let one = try RowText.tags(csv: "URL,TEXT\nx,y\n", identity: [url], content: columns)
    let two = try RowText.tags(csv: "TEXT,URL\ny,x\n", identity: [url], content: columns)
    #expect(one == two)
    let file = try FileSchema(csv: [UInt8]("URL,TEXT\n").span)
    #expect(throws: ColumnError.notAscending) {
      try RowProjection(file: file, identity: [url], content: columns.reversed())
    }
    // By bytes, capitals come first, and what UTF-16 puts before U+FFFD comes after it.
    let names = ["B", "a", "é", "\u{fffd}", "😀"]
    let wide = names.shuffled().joined(separator: ",") + "\n"
    let registered = try RowProjection(
      registering: try FileSchema(csv: [UInt8](wide.utf8).span), identity: ["a"])
    #expect(registered.content.map(\.name) == names)
    #expect(Column.areAscending(names) && !Column.areAscending(["a", "a"]))
    #expect(!Column.areAscending(["a", "B"]))
  }

  @Test func `takes identity columns that are no content`() throws {
    let id = Column("id", .int)
    let tags = try RowText.tags(csv: "id,URL\n7,x\n", identity: [id], content: [url])
    let hasher = RowHasher(identity: [id], content: [url])
    #expect(tags == [RowTags(key: hasher.key([.int(7)]), digest: hasher.digest([.string("x")]))])
  }

  @Test func `refuses missing, double and conflicting columns`() throws {
    let file = try FileSchema(csv: [UInt8]("URL\n").span)
    func refusal(_ identity: [Column], _ content: [Column]) -> ColumnError? {
      do {
        _ = try RowProjection(file: file, identity: identity, content: content)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([url], [Column("TEXT", .string), url]) == .lacking("TEXT"))
    #expect(refusal([Column("url", .string)], [url]) == .missing("url"))
    #expect(refusal([], [url]) == ColumnError.none)
    #expect(refusal([url], []) == ColumnError.none)
    #expect(refusal([url], [url, url]) == .duplicate("URL"))
    #expect(refusal([url, url], [url]) == .duplicate("URL"))
    #expect(refusal([Column("URL", .bytes)], [url]) == .conflictingTypes("URL"))
    #expect(refusal([Column("a\tb", .string)], [url]) == .nameHasControlCharacter)
    let long = String(repeating: "x", count: 129)
    #expect(refusal([Column(long, .string)], [url]) == .nameTooLong)
  }

  @Test func `converts only what is exact`() throws {
    let scalars = ColumnType.scalars
    for source in scalars + scalars.map(ColumnType.list) {
      for target in scalars + scalars.map(ColumnType.list) {
        let isExact =
          source == target || (source, target) == (.float32, .float64)
          || (source, target) == (.list(.float32), .list(.float64))
        #expect(source.convertsExactly(to: target) == isExact)
        let file = try FileSchema(csv: [UInt8]("c\n").span, types: ["c": source])
        let column = Column("c", target)
        if isExact {
          _ = try RowProjection(file: file, identity: [column], content: [column])
        } else {
          #expect(throws: ColumnError.notConvertible("c", from: source, to: target)) {
            try RowProjection(file: file, identity: [column], content: [column])
          }
        }
      }
    }
  }

  @Test func `widens a binary32 after rounding it`() throws {
    let bytes = [UInt8]("c\n0.1\n")
    let file = try FileSchema(csv: bytes.span, types: ["c": .float32])
    let column = Column("c", .float64)
    let tags = try RowText.tags(
      RowProjection(file: file, identity: [column], content: [column]), bytes)
    #expect(tags[0].digest == RowText.digest(.float64(Double(Float(0.1))), column))
  }

  @Test func `reads what JSON Lines show as the dataset's type where they allow it`() throws {
    let cases: [(String, ColumnType, isRead: Bool)] = [
      ("1", .float64, true), ("1", .float32, true), ("1.5", .float32, true), ("1.5", .int, false),
      ("\"00\"", .bytes, true), ("\"2023-12-20T00:00:00Z\"", .timestamp, true),
      ("1", .string, false),
      ("true", .int, false), ("\"x\"", .int, false), ("null", .bool, true),
      ("[1]", .list(.int), true),
    ]
    for (value, type, isRead) in cases {
      let file = try FileSchema(jsonLines: [UInt8]("{\"c\":\(value)}").span)
      let column = Column("c", type)
      let projection = try? RowProjection(file: file, identity: [column], content: [column])
      #expect((projection != nil) == isRead, "\(value) as \(type.text)")
    }
  }

  @Test func `finds a column in any case, the exact one first`() throws {
    let file = try FileSchema(csv: [UInt8]("Url,URL,MD5\n").span)
    #expect(file.index(ofAnyCase: "URL") == 1)
    #expect(file.index(ofAnyCase: "url") == 0)
    #expect(file.index(ofAnyCase: "md5") == 2)
    #expect(file.index(ofAnyCase: "sha") == nil)
  }
}

@Suite struct `A column` {
  @Test(
    arguments: [
      "", "Int", "int ", "list", "list<>", "list<int", "list<int>>", "list<list>", "int32",
      "list< int>", "struct<a int>", String(repeating: "list<", count: 9) + "int>>>>>>>>>",
    ])
  func `has no type by another text`(text: String) {
    #expect(throws: ColumnError.unknownType(text)) { try ColumnType(text: text) }
  }

  @Test func `has up to eight lists inside one another`() throws {
    let text = String(repeating: "list<", count: 8) + "timestamp" + String(repeating: ">", count: 8)
    let type = try ColumnType(text: text)
    #expect(type.text == text && type.nesting == 8)
    for scalar in ColumnType.scalars { #expect(try ColumnType(text: scalar.text) == scalar) }
  }

  @Test func `is written as JSON and read back`() throws {
    let columns = [Column("URL", .string), Column("e\u{301}", .list(.float32))]
    let json = Column.json(columns)
    #expect(
      json.canonicalBytes == [UInt8]("[[\"URL\",\"string\"],[\"e\u{301}\",\"list<float32>\"]]"))
    #expect(try Column.list(from: json) == columns)
    #expect(columns[1] != Column("\u{e9}", .list(.float32)))
  }

  @Test(
    arguments: [
      (nil, .notColumns), (.array([]), ColumnError.none), (["URL"], .notColumns),
      ([["URL"]], .notColumns),
      ([["URL", "string", 1]], .notColumns), ([[1, "string"]], .notColumns),
      ([["URL", "text"]], .unknownType("text")),
      ([["a", "int"], ["a", "bool"]], .duplicate("a")),
      ([["a\n", "int"]], .nameHasControlCharacter),
      ([["\u{85}", "int"]], .nameHasControlCharacter),
      ([["\u{7f}", "int"]], .nameHasControlCharacter),
    ] as [(JSON, ColumnError)])
  func `is refused as JSON`(json: JSON, error: ColumnError) {
    #expect(throws: error) { try Column.list(from: json) }
  }

  @Test func `secret has 32 bytes`() {
    #expect(RowSecret(bytes: []) == nil)
    #expect(RowSecret(bytes: Array(repeating: 0, count: 31)) == nil)
    #expect(RowSecret(bytes: Array(repeating: 0, count: 33)) == nil)
    #expect(
      RowSecret(bytes: Array(0..<32))?.commitment.hex
        == "770922fb9a71121c5cb3a5b75468d847b8832fc57f8233df73894ca4be926bdb")
  }
}
