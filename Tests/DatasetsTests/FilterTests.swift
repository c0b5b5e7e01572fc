import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A filter` {
  private static let rows: [(url: String, width: Int?, score: Double?, text: String)] = [
    ("http://a.example/1", 10, 0.951, "x, \"y\"\nz"), ("http://a.example/2", 20, 0.95, ""),
    ("http://a.example/3", nil, 0.1, "é"), ("http://a.example/4", 40, nil, "' OR 1=1 --"),
    ("http://a.example/4", 40, 2, "again"),
  ]

  private func csv() -> String {
    "URL,width,score,text\r\n"
      + Self.rows.map { row in
        "\(row.url),\(row.width.map { "\($0)" } ?? ""),\(row.score.map { "\($0)" } ?? ""),\"\(row.text.replacing("\"", with: "\"\""))\"\r\n"
      }.joined()
  }

  private func lines() -> String {
    Self.rows.map { row in
      let text = row.text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return
        "{\"text\":\"\(text)\",\"score\":\(row.score.map { "\($0)" } ?? "null"),\"URL\":\"\(row.url)\""
        + (row.width.map { ",\"width\":\($0)" } ?? "") + "}\n"
    }.joined()
  }

  private func chosen(_ reader: ReleaseReader, _ text: String) throws -> [Int] {
    try chosen(reader, FilterExpression(text, Parquet.engine))
  }

  private func chosen(_ reader: ReleaseReader, _ expression: FilterExpression) throws -> [Int] {
    let found = try reader.filter(expression, work: smallWork())
    let hasher = RowHasher(identity: reader.identity, content: reader.content)
    let keys = Self.rows.map { hasher.key([.string($0.url)]) }
    #expect(found.keys == found.keys.sorted() && Set(found.keys).isSubset(of: keys))
    #expect(found.shards.reduce(0) { $0 + $1.rows } == 5)
    return keys.indices.filter { found.keys.contains(keys[$0]) }
  }

  @Test(arguments: [
    ("score > 0.95", [0, 3, 4]), ("width < 30", [0, 1]), ("width IS NULL", [2]),
    ("text = ''", [1]), ("text IS NULL", []), ("text LIKE '%OR 1=1%' -- a comment", [3, 4]),
    ("contains(text, chr(10))", [0]), ("URL > 'http://a.example/2' AND score < 1", [2]),
    ("true", [0, 1, 2, 3, 4]), ("NULL", []), ("width::VARCHAR = '10' /* why */", [0]),
    ("list_contains([10, 20], width)", [0, 1]), ("URL = 'http://a.example/''1'", []),
  ])
  func `chooses the same rows in every format`(text: String, expected: [Int]) throws {
    let scratch = try Scratch()
    let expression = try FilterExpression(text, Parquet.engine)
    let types: DeclaredTypes = ["width": .int, "score": .float64]
    let plain = try scratch.put(csv(), "a.csv")
    for path in [
      plain, try scratch.put(lines(), "b.jsonl"),
      try scratch.put(Array(csv().utf8).packed(as: "c.csv.gz"), "c.csv.gz"),
      try scratch.put(Array(lines().utf8).packed(as: "d.jsonl.zst"), "d.jsonl.zst"),
    ] {
      #expect(try chosen(Parquet.release([path], types: types), expression) == expected, "\(path)")
    }
    try Parquet.run(
      """
      COPY (SELECT URL, NULLIF(width, '')::INTEGER AS width, NULLIF(score, '')::DOUBLE AS score, text
            FROM read_csv('\(plain)', all_varchar=true, nullstr='none'))
      TO '\(scratch("e.parquet"))' (FORMAT parquet);
      """)
    #expect(try chosen(Parquet.release([scratch("e.parquet")]), expression) == expected)
  }

  @Test func `sees carried columns, types that are given and several shards`() throws {
    let scratch = try Scratch()
    let one = try scratch.put(
      #"{"URL":"http://a.example/1","n":18446744073709551615,"b":"00ff"}"#, "a.jsonl")
    let two = try scratch.put(
      Self.rows.dropFirst().map { "{\"URL\":\"\($0.url)\",\"t\":\"2024-01-01T00:00:00+02:00\"}\n" }
        .joined(), "b.jsonl")
    let reader = try Parquet.release([one, two], content: ["URL"], types: [:])
    #expect(try chosen(Parquet.release([two, one], content: ["URL"]), "true").count == 5)
    for (text, expected) in [("URL LIKE '%1'", [0]), ("URL NOT LIKE '%1'", [1, 2, 3, 4])] {
      #expect(try chosen(reader, text) == expected)
    }
    // Members that other files have are null where they are absent.
    #expect(try chosen(reader, "n > 1 AND b = '00ff'") == [0])
    let error = #expect(throws: DatasetFailure.self) { try chosen(reader, "m > 1") }
    guard case .engine("a.jsonl", .expressionColumn) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    let typed = try Parquet.release(
      [one, two], types: ["b": .bytes, "t": .timestamp, "n": .int], missing: ["b", "n", "t"])
    #expect(typed.content.count == 4)
  }

  @Test(arguments: [
    ("", FilterExpression.Flaw.empty), (" \n", .empty), ("width >", .syntax), ("a;b", .syntax),
    ("width = 1) UNION (SELECT 2", .syntax), ("true) LIMIT (1", .syntax),
    ("true) ORDER BY (width", .syntax), ("width) GROUP BY (width", .syntax),
    ("true) FROM range(3) WHERE (true", .syntax), ("'", .syntax), ("/*", .syntax),
    ("1=1); COPY (SELECT 1) TO '/tmp/x'; SELECT (1", .syntax), ("\u{0}", .empty),
    ("width = (SELECT 1)", .otherRows), ("EXISTS (FROM shard)", .otherRows),
    ("URL IN (SELECT content FROM read_text('/etc/passwd'))", .otherRows),
    ("row_number() OVER () > 1", .otherRows), ("COLUMNS(*) > 1", .otherRows),
    ("$1 = 1", .otherRows),
    ("random() < 0.5", .changing), ("now() > score", .changing), ("uuid() = URL", .changing),
    ("current_date > '2020-01-01'", .changing), ("CURRENT_TIMESTAMP IS NULL", .changing),
    ("getenv('HOME') = URL", .changing), ("current_setting('threads') = 1", .changing),
    ("today() > '2020-01-01'", .changing), ("version() = 'x'", .changing),
  ])
  func `is refused that is not one condition on one row`(
    text: String, expected: FilterExpression.Flaw
  ) throws {
    let error = #expect(throws: DatasetFailure.self) {
      try FilterExpression(text, Parquet.engine)
    }
    guard case .expression(expected) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
  }

  @Test(arguments: [
    ("score > 0.95", EngineFlaw.expressionTypes), ("score::INT > 1", .expressionValue),
    ("punsafe > 1", .expressionColumn), ("text::DATE > '2020-01-01'", .expressionValue),
    ("count(*) > 1", .expressionTypes), ("no_such_function(width)", .expressionTypes),
    ("read_text('/etc/passwd') = URL", .expressionTypes),
  ])
  func `that does not fit the columns shows no value`(text: String, expected: EngineFlaw) throws {
    let scratch = try Scratch()
    let path = try scratch.put("URL,score,text\na,secret,secret\n", "a.csv")
    let reader = try Parquet.release([path])
    let error = #expect(throws: DatasetFailure.self) {
      try reader.filter(FilterExpression(text, Parquet.engine))
    }
    guard case .engine("a.csv", let flaw) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    #expect(flaw == expected || text.contains("text::DATE") && flaw == .damaged)
    #expect(!"\(error as Any)".contains("secret"))
  }

  @Test func `has no access to other files`() throws {
    let scratch = try Scratch()
    let path = try scratch.put("URL\na\n", "a.csv")
    let other = try scratch.put("URL\nb\n", "b.csv")
    // As an expression never gets there, by the statement itself.
    let reader = try Parquet.release([path])
    let part = reader.parts[0]
    let view = try TypedView(part)
    for statement in [
      "SELECT * FROM read_csv('\(other)')", "COPY (SELECT 1) TO '\(scratch("c.csv"))'",
      "SET enable_external_access=true", "ATTACH '\(scratch("d.db"))'", "INSTALL httpfs",
      "SELECT getenv('HOME')",
    ] {
      let command = try Parquet.engine.command(
        "SET allowed_paths=['\(path)', '/dev/stdout'];\nSET enable_external_access=false;\nSET lock_configuration=true;\n\(statement);\n"
      )
      #expect(throws: FileFailure.self, "\(statement)") {
        _ = try ChildOutput(command).readAll(limit: 1 << 16)
      }
    }
    #expect(view.columns.count == 1 && !Directory.holds(scratch("c.csv")))
  }
}
