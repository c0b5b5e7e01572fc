import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `Rows of Parquet` {
  @Test func `give the root of the same rows in CSV and JSON Lines`() throws {
    let scratch = try Scratch()
    let types: DeclaredTypes = [
      "bool": .bool, "bytes": .bytes, "f32": .float32, "f64": .float64, "int": .int,
      "list": .list(.int), "time": .timestamp,
    ]
    let csv = try scratch.put(
      """
      URL,bool,bytes,f32,f64,int,list,time
      https://a.example/1,true,00ff,0.1,1e300,-9223372036854775808,"[1,null]",1970-01-01T00:00:00.000001Z
      https://a.example/2,false,,-0.0,-0.0,18446744073709551615,[],1969-12-31T23:59:59.5Z
      https://a.example/3,,61,3.4028235e38,5e-324,0,,

      """, "a.csv")
    let lines = try scratch.put(
      """
      {"URL":"https://a.example/1","bool":true,"bytes":"00ff","f32":0.1,"f64":1e300,"int":-9223372036854775808,"list":[1,null],"time":"1970-01-01T00:00:00.000001Z"}
      {"URL":"https://a.example/2","bool":false,"bytes":null,"f32":-0.0,"f64":-0.0,"int":18446744073709551615,"list":[],"time":"1969-12-31T23:59:59.5Z"}
      {"URL":"https://a.example/3","bool":null,"bytes":"61","f32":3.4028235e38,"f64":5e-324,"int":0,"list":null,"time":null}

      """, "a.jsonl")
    let parquet = scratch("a.parquet")
    // Two row groups, and the integers as two columns could not be: they need 65 bits together.
    try Parquet.write(
      """
      SELECT * FROM (VALUES
        ('https://a.example/1', true, '\\x00\\xFF'::BLOB, 0.1::FLOAT, 1e300::DOUBLE, [1, NULL]::INTEGER[],
         TIMESTAMPTZ '1970-01-01 00:00:00.000001+00'),
        ('https://a.example/2', false, NULL, '-0.0'::FLOAT, '-0.0'::DOUBLE, []::INTEGER[],
         TIMESTAMPTZ '1969-12-31 23:59:59.5+00'),
        ('https://a.example/3', NULL, 'a'::BLOB, 3.4028235e38::FLOAT, 5e-324::DOUBLE, NULL, NULL)
      ) t("URL", bool, bytes, f32, f64, list, "time")
      """, parquet)
    let content = ["URL", "bool", "bytes", "f32", "f64", "list", "time"]
    let roots = try [csv, lines].map {
      try release([$0], content: content, types: types.without("int")).index(to: nil).root
    }
    #expect(roots[0] == roots[1])
    #expect(try Parquet.release([parquet]).index(to: nil).root == roots[0])
  }

  @Test func `are of every type that has cells`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("types"), "types.parquet")
    let reader = try Parquet.release([path])
    let types = Dictionary(
      uniqueKeysWithValues: reader.content.map { ($0.name, $0.type.text) })
    #expect(
      types == [
        "URL": "string", "bool": "bool", "int8": "int", "uint32": "int", "int64": "int",
        "uint64": "int", "float16": "float32", "float32": "float32", "float64": "float64",
        "dictionary": "string", "large": "string", "binary": "bytes", "fixed": "bytes",
        "millis": "timestamp", "micros": "timestamp", "ints": "list<int>",
        "floats": "list<float32>", "strings": "list<string>", "blobs": "list<bytes>",
        "times": "list<timestamp>", "lists": "list<list<int>>", "nothing": "string",
      ])
    let hasher = RowHasher(identity: reader.identity, content: reader.content)
    func row(_ values: [String: Cell]) -> Digest {
      hasher.digest(reader.content.map { values[$0.name] ?? .null })
    }
    let expected = [
      row([
        "URL": .string("https://a.example/1"), "bool": .bool(true), "int8": .int(-128),
        "uint32": .int(0), "int64": .int(.min), "uint64": .int(0), "float16": .float32(1.5),
        "float32": .float32(0.1), "float64": .float64(-0.0), "dictionary": .string("a"),
        "large": .string("x"), "binary": .bytes([0xff, 0]), "fixed": .bytes(Array("abcd".utf8)),
        "millis": .timestamp(-1000), "micros": .timestamp(-1), "ints": .list([.int(1), .null]),
        "floats": .list([.float32(0.1), .float32(.nan)]),
        "strings": .list([.string("a, b]"), .null, .string("\"")]),
        "blobs": .list([.bytes([1]), .null]), "times": .list([.timestamp(1), .null]),
        "lists": .list([.list([.int(1)]), .null, .list([])]),
      ]),
      row([
        "URL": .string("https://a.example/2"), "float16": .float32(.nan), "float64": .float64(.nan),
        "ints": .list([]), "floats": .list([]), "strings": .list([]), "blobs": .list([]),
        "times": .list([]), "lists": .list([]),
      ]),
      row([
        "URL": .string("https://a.example/3"), "bool": .bool(false), "int8": .int(127),
        "uint32": .int(4_294_967_295), "int64": .int(.max), "uint64": .unsigned(.max),
        "float16": .float32(-0.0), "float32": .float32(.infinity),
        "float64": .float64(-.infinity), "dictionary": .string("é\n\"\\"), "large": .string(""),
        "binary": .bytes([]), "fixed": .bytes([0, 1, 2, 3]), "millis": .timestamp(1000),
        "micros": .timestamp(253_402_300_800_000_000),
      ]),
    ]
    let found = try reader.choose(
      (1...3).map { .equals(column: "URL", "https://a.example/\($0)") })
    #expect(found.chosen.map(\.digest) == expected)
  }

  @Test(arguments: [
    ("local", "a time without a zone"), ("date", "DATE"), ("decimal", "DECIMAL"),
    ("time", "TIME"), ("struct", "STRUCT"), ("map", "MAP"), ("structs", "a list of STRUCT"),
    ("localnanos", "TIMESTAMP_NS"),
  ])
  func `of a type without cells are refused where they are committed`(
    column: String, word: String
  ) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("others"), "others.parquet")
    let error = #expect(throws: DatasetFailure.self) {
      try Parquet.release([path], content: ["URL", column])
    }
    guard case .columns("others.parquet", .unreadable(let name, let found)) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    #expect(name == column && found == word)
    // Carried they hinder nobody.
    let summary = try Parquet.release([path], content: ["URL"]).index(to: nil)
    #expect(summary.carried.contains(column) && summary.rows == 2)
  }

  @Test func `of types that someone names are read so`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Parquet.bytes("others"), "others.parquet")
    func root(_ path: String, _ column: String, _ type: DeclaredType?) throws -> Digest {
      var types = DeclaredTypes()
      types[column] = type
      let reader = try ReleaseReader(
        registering: Shard.list([path]), identity: ["URL"], content: ["URL", column],
        reading: Reading(types: types), engine: Parquet.engine)
      return try reader.index(to: nil).root.root
    }
    let local = try scratch.put(
      "URL,local\na,1970-01-01T00:00:00Z\nb,1970-01-01T00:00:00.000001Z\n", "l.csv")
    #expect(
      try root(path, "local", .cells(.timestamp)) == root(local, "local", .cells(.timestamp)))
    let json = try scratch.put(
      #"{"URL":"a","struct":{"a":"x","b":1}}"# + "\n" + #"{"URL":"b","struct":{"b":1.0,"a":"x"}}"#
        + "\n", "s.jsonl")
    #expect(try root(path, "struct", .json) == root(json, "struct", .json))
    for type in [DeclaredType.cells(.timestamp), .cells(.string), .cells(.list(.string))] {
      #expect(throws: DatasetFailure.self) { try root(path, "date", type) }
    }
    #expect(throws: DatasetFailure.self) { try root(path, "localnanos", .cells(.timestamp)) }
  }

  @Test func `are converted where that is exact`() throws {
    let scratch = try Scratch()
    func file(_ name: String, _ type: String, _ value: String = "'1'") throws -> String {
      try Parquet.write(
        "SELECT '\(name)' AS \"URL\", \(value)::\(type) AS width", scratch("\(name).parquet"))
    }
    func root(_ types: [String]) throws -> SetRootText {
      let paths = try types.enumerated().map { try file("f\($0)", $1) }
      let reader = try Parquet.release(paths)
      return SetRootText(
        root: try reader.index(to: nil).root.root, type: reader.content[1].type.text)
    }
    // Whatever the order, and in whatever widths.
    #expect(try root(["TINYINT", "BIGINT"]) == root(["UBIGINT", "INTEGER"]))
    #expect(try root(["INTEGER", "DOUBLE"]).type == "float64")
    #expect(try root(["INTEGER", "DOUBLE"]) == root(["DOUBLE", "FLOAT"]))
    for types in [["INTEGER", "VARCHAR"], ["DOUBLE", "BOOLEAN"], ["VARCHAR", "BLOB"]] {
      #expect(throws: DatasetFailure.self) { try root(types) }
    }
    let lists = try [("ints", "INTEGER"), ("floats", "FLOAT"), ("more", "DOUBLE")].map {
      try file($0, "\($1)[]", "[3, NULL]")
    }
    #expect(try Parquet.release(lists).content[1].type == .list(.float64))
    // Not rounded: 2^53 + 1 is no float64.
    let big = try file("big", "BIGINT", "9007199254740993")
    let float = try file("float", "DOUBLE")
    let error = #expect(throws: DatasetFailure.self) {
      try Parquet.release([big, float]).index(to: nil)
    }
    guard case .row("big.parquet", let row) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
    #expect(row.row == 1 && row.column == "width")
  }

  @Test func `stand beside rows of other formats in one release`() throws {
    let scratch = try Scratch()
    let parquet = try Parquet.write(
      "SELECT 'a' AS \"URL\", 1 AS width", scratch("a.parquet"))
    let lines = try scratch.put(#"{"URL":"b","width":2}"# + "\n", "b.jsonl")
    let both = try Parquet.release([parquet, lines]).index(to: nil)
    let all = try scratch.put(
      #"{"width":2,"URL":"b"}"# + "\n" + #"{"width":1,"URL":"a"}"# + "\n", "all.jsonl")
    #expect(try both.root == release([all]).index(to: nil).root)
  }

  @Test func `of a column of nulls have the type of the others, or none`() throws {
    let scratch = try Scratch()
    let nulls = try scratch.put(Parquet.bytes("types"), "types.parquet")
    let more = try Parquet.write(
      "SELECT 'b' AS \"URL\", 1.5::DOUBLE AS nothing", scratch("more.parquet"))
    let reader = try Parquet.release([nulls, more], content: ["URL", "nothing"])
    #expect(reader.content[1].type == .float64)
    #expect(try reader.index(to: nil).rows == 4)
  }

  @Test func `are read as the file has them, whatever its path looks like`() throws {
    let scratch = try Scratch()
    let bytes = try Parquet.bytes("numbered")
    let plain = try scratch.put(bytes, "plain.parquet")
    let content = ["URL", "file_row_number", "filename", "row number"]
    let expected = try Parquet.release([plain], content: content).index(to: nil)
    #expect(expected.root.rows == 3)
    // A folder that tells a column to DuckDB, and a name that is a pattern to it.
    try Directory.make(scratch("year=2024"))
    try scratch.put(try Parquet.bytes("alike"), "part1.parquet")
    for name in ["year=2024/a.parquet", "part[1].parquet", "part?.parquet", "it's.parquet"] {
      let path = try scratch.put(bytes, name)
      #expect(
        try Parquet.release([path], content: content).index(to: nil).root == expected.root,
        "\(name)")
    }
    #expect(expected.carried == ["we\"ird' name\n.shell false"])
  }

  @Test func `of columns alike but for case are told apart, and of the same name refused`() throws {
    let scratch = try Scratch()
    let alike = try scratch.put(Parquet.bytes("alike"), "alike.parquet")
    let lines = try scratch.put(
      #"{"URL":"x","url":1}"# + "\n" + #"{"URL":"v","url":2}"# + "\n", "alike.jsonl")
    #expect(
      try Parquet.release([alike]).index(to: nil).root == release([lines]).index(to: nil).root)
    let twice = try scratch.put(Parquet.bytes("twice"), "twice.parquet")
    let error = #expect(throws: DatasetFailure.self) { try Parquet.release([twice]) }
    guard case .columns("twice.parquet", .duplicate("URL")) = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
  }

  @Test func `are none in a file without a row`() throws {
    let scratch = try Scratch()
    let empty = try Parquet.write(
      "SELECT 'x' AS \"URL\", 1 AS width LIMIT 0", scratch("empty.parquet"))
    let full = try Parquet.write("SELECT 'x' AS \"URL\", 1 AS width", scratch("full.parquet"))
    #expect(try Parquet.release([empty]).index(to: nil).rows == 0)
    #expect(
      try Parquet.release([empty, full]).index(to: nil).root
        == Parquet.release([full]).index(to: nil).root)
  }

  @Test func `lack a column that the file has not`() throws {
    let scratch = try Scratch()
    let path = try Parquet.write("SELECT 'x' AS text", scratch("a.parquet"))
    let error = #expect(throws: DatasetFailure.self) { try Parquet.release([path]) }
    guard case .missingColumn("a.parquet", "URL") = error else {
      return #expect(Bool(false), "\(error as Any)")
    }
  }

  @Test func `of many row groups and chunks come in their order`() throws {
    let scratch = try Scratch()
    let path = try Parquet.write(
      "SELECT 'https://a.example/' || i AS \"URL\", i AS place FROM range(5000) t(i)",
      scratch("many.parquet"), ", ROW_GROUP_SIZE 2048")
    let lines = try scratch.put(
      (0..<5000).map { "{\"URL\":\"https://a.example/\($0)\",\"place\":\($0)}\n" }.joined(),
      "many.jsonl")
    let reader = try Parquet.release([path])
    let summary = try reader.index(to: nil, work: smallWork(chunk: 4096))
    #expect(try summary.root == release([lines]).index(to: nil).root)
    let chosen = try reader.choose([.prefix(column: "URL", "https://a")])
    #expect(chosen.rowsScanned == 5000 && chosen.chosen.count == 5000)
  }

  @Test func `are matched by what they hold`() throws {
    let scratch = try Scratch()
    let digest = Digest(sha256: Array("image".utf8)).hex
    let path = try Parquet.write(
      """
      SELECT 'a' AS "URL", unhex('\(digest)') AS sha256 UNION ALL SELECT 'b', NULL
      """, scratch("a.parquet"))
    let list = try scratch.put(digest + "\n", "list.txt")
    let hashes = try HashList(path: list, algorithm: .sha256, of: .image)
    for content in [["URL"], ["URL", "sha256"]] {
      let found = try Parquet.release([path], content: content).match(hashes)
      #expect(found.matched.count == 1 && found.rowsScanned == 2)
    }
  }
}

/// What two releases are compared by.
struct SetRootText: Equatable {
  let root: Digest
  let type: String
}
