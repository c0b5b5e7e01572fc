import LedgerCrypto
import Rows
import Testing

@Suite struct `A row that someone holds` {
  @Test(arguments: [
    #"{"c":[1]}"#, #"{"c":[]}"#, #"{"c":[["a"]],"d":[null]}"#, #"{"d":{"a":1},"c":[1]}"#,
    "{\n\"c\" :\r\n[1,\n2]\n}\n\n", #"{"c":null}"#, #"{"c":1e999}"#, #"{"c":1,"d":[1]}"#,
  ])
  func `is one JSON object, whatever its columns hold`(json: String) throws {
    try RowKey.check(Array(json.utf8))
  }

  @Test(arguments: [
    "", "{}", "[1]", "null", #"{"c":[1]}{"c":[1]}"#, "{\"c\":[1]}\n{\"c\":[2]}",
    #"{"c":[1],"c":[2]}"#, #"{"c":["\ud800"]}"#, #"{"c":[1}"#, #"{"c":[1]}x"#, #"{"c":[1]"#,
    #"{"c":[NaN]}"#, #"[{"c":[1]}]"#, "{\"c\":[\"a\nb\"]}", #"{"c":[01]}"#,
  ])
  func `is refused when it is not one JSON object`(json: String) {
    #expect(throws: RowKey.Failure.self) { try RowKey.check(Array(json.utf8)) }
  }

  @Test func `is told from a file of several`() throws {
    let rows = Array("{\"URL\":\"a\"}\n{\"URL\":\"b\"}\n".utf8)
    #expect(throws: RowKey.Failure.notOneRow) { try RowKey.check(rows) }
    #expect(throws: RowKey.Failure.notOneRow) {
      try RowKey.key(of: rows, identity: [Column("URL", .string)], secret: nil)
    }
    // One that is only unsound is not.
    let failure = #expect(throws: RowKey.Failure.self) {
      try RowKey.check(Array("{\"URL\":\"a\",}".utf8))
    }
    #expect(failure != .notOneRow)
  }

  @Test func `has a key by a column of lists`() throws {
    func key(_ json: String) throws -> String {
      try RowKey.key(
        of: Array(json.utf8), identity: [Column("c", .list(.int))], secret: nil
      ).hex
    }
    #expect(try key(#"{"c":[1]}"#) == key("{\"d\":[[]],\"c\":[\n1]}"))
    #expect(try key(#"{"c":[1]}"#) != key(#"{"c":[1,1]}"#))
    for json in [#"{"c":[1.5]}"#, #"{"c":1}"#, #"{"d":[1]}"#, #"{"c":[[1]]}"#] {
      #expect(throws: RowKey.Failure.self) { try key(json) }
    }
  }
}
