import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

/// Files of one test, and what is made of them.
struct ShardFiles {
  let scratch: Scratch
  let paths: [String]

  /// Writes each text under its name.
  init(_ files: [(String, String)]) throws {
    let scratch = try Scratch()
    self.scratch = scratch
    paths = try files.map { try scratch.put($0.1, $0.0) }
  }

  func reader(
    _ order: [Int]? = nil, identity: [String] = ["URL"], content: [String]? = nil,
    types: DeclaredTypes = [:], missing: [String] = []
  ) throws -> ReleaseReader {
    try release(
      (order ?? Array(paths.indices)).map { paths[$0] }, identity: identity, content: content,
      types: types, missing: missing)
  }

  func summary(_ reader: ReleaseReader) throws -> ReleaseSummary {
    try reader.index(to: nil, scratch: scratch.path, work: smallWork())
  }

  /// The sentence with which the files are refused, if they are.
  func refusal(
    identity: [String] = ["URL"], content: [String]? = nil, types: DeclaredTypes = [:],
    missing: [String] = []
  ) throws -> String? {
    do {
      _ = try summary(
        reader(identity: identity, content: content, types: types, missing: missing))
      return nil
    } catch let failure as DatasetFailure {
      return failure.description
    }
  }
}

@Suite struct `The columns of a first release` {
  @Test func `are those of all shards by the bytes of their names, whatever the order`() throws {
    let files = try ShardFiles([
      ("a.jsonl", #"{"URL":"a","b":null,"B":1}"# + "\n" + #"{"é":true,"URL":"b"}"#),
      ("b.jsonl", #"{"b":"x","B":2.5,"URL":"c","é":null}"#),
    ])
    let one = try files.reader()
    #expect(
      one.content
        == [
          Column("B", .float64), Column("URL", .string), Column("b", .string), Column("é", .bool),
        ])
    let two = try files.reader([1, 0])
    #expect(one.content == two.content)
    #expect(try files.summary(one).root == files.summary(two).root)
  }

  @Test func `shuffled with shards, rows and members give one root`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let names = ["URL", "a", "B", "é", "e\u{301}", "\u{fffd}", "😀", ""]
    let rows = (0..<40).map { row in
      names.map { name in
        name == "URL" ? "u\(row % 37)" : name == "a" ? "\(row)" : "\(name) \(row % 3)"
      }
    }
    var roots: Set<Digest> = []
    for round in 0..<12 {
      let shards = Int.random(in: 1...4, using: &random)
      var texts = Array(repeating: [String](), count: shards)
      var orders = Array(repeating: names.indices.map { $0 }, count: shards)
      for shard in 0..<shards { orders[shard].shuffle(using: &random) }
      for row in rows.shuffled(using: &random) {
        let shard = Int.random(in: 0..<shards, using: &random)
        if round.isMultiple(of: 2) {
          texts[shard].append(orders[shard].map { row[$0] }.joined(separator: ","))
        } else {
          let members = names.indices.shuffled(using: &random).map { place in
            "\"\(names[place])\":" + (names[place] == "a" ? row[place] : "\"\(row[place])\"")
          }
          texts[shard].append("{" + members.joined(separator: ",") + "}")
        }
      }
      let files = try ShardFiles(
        (0..<shards).map { shard in
          let header = orders[shard].map { names[$0] }.joined(separator: ",") + "\n"
          return round.isMultiple(of: 2)
            ? ("\(shard).csv", header + texts[shard].map { $0 + "\n" }.joined())
            : ("\(shard).jsonl", texts[shard].map { $0 + "\n" }.joined())
        }.shuffled(using: &random))
      let reader = try files.reader(types: ["a": .int])
      #expect(reader.content.count == names.count, "seed \(seed)")
      roots.insert(try files.summary(reader).root.root)
    }
    #expect(roots.count == 1, "seed \(seed)")
  }

  @Test func `leave out what is not asked for, and name it`() throws {
    let files = try ShardFiles([
      ("a.csv", "URL,x,note\na,1,n\n"), ("b.csv", "note,URL,more\nn,b,m\n"),
    ])
    #expect(
      try files.refusal()
        == "a.csv: The file has no column more; supply it, or say that all of its rows are to have null there."
    )
    let reader = try files.reader(content: ["note", "URL"])
    #expect(reader.content.map(\.name) == ["URL", "note"])
    #expect(try files.summary(reader).carried == ["more", "x"])
  }

  @Test(
    arguments: [
      // A column that one file lacks, in either format and either order.
      (
        [("a.jsonl", #"{"URL":"a"}"#), ("b.jsonl", #"{"URL":"b","n":"x"}"#)],
        "a.jsonl: The file has no column n"
      ),
      (
        [("b.jsonl", #"{"URL":"b","n":"x"}"#), ("a.jsonl", #"{"URL":"a"}"#)],
        "a.jsonl: The file has no column n"
      ),
      ([("a.csv", "URL\na\n"), ("b.csv", "URL,n\nb,x\n")], "a.csv: The file has no column n"),
      ([("b.csv", "URL,n\nb,x\n"), ("a.csv", "URL\na\n")], "a.csv: The file has no column n"),
      ([("a.csv", "URL\n"), ("b.csv", "URL,n\nb,x\n")], "a.csv: The file has no column n"),
      // The identity column that no row of a file has.
      ([("a.csv", "URL\na\n"), ("b.jsonl", #"{"url":"b"}"#)], "b.jsonl has no column URL"),
      ([("a.jsonl", #"{"url":"a"}"#)], "a.jsonl has no column URL"),
      ([("a.jsonl", "{\"URL\":\"a\"}\n"), ("b.jsonl", "{}\n")], "b.jsonl has no column URL"),
      ([("a.csv", "url\na\n")], "a.csv has no column URL"),
      // Types that differ, each file's own or between files.
      (
        [("a.jsonl", #"{"URL":"a","n":1}"#), ("b.jsonl", #"{"URL":"b","n":"x"}"#)],
        "b.jsonl: The column n is string here and int in the files before it"
      ),
      (
        [("b.jsonl", #"{"URL":"b","n":"x"}"#), ("a.jsonl", #"{"URL":"a","n":1}"#)],
        "a.jsonl: The column n is int here and string in the files before it"
      ),
      (
        [("a.jsonl", #"{"URL":"a","n":1.5}"#), ("b.jsonl", #"{"URL":"b","n":true}"#)],
        "b.jsonl: The column n is bool here and float64 in"
      ),
      (
        [("a.csv", "URL,n\na,1\n"), ("b.jsonl", #"{"URL":"b","n":1}"#)],
        "b.jsonl: The column n is int here and string in"
      ),
      (
        [("a.jsonl", #"{"URL":"a","n":null}"#), ("b.jsonl", #"{"URL":"b","n":[1]}"#)],
        "b.jsonl: The column n holds lists"
      ),
      (
        [("a.jsonl", #"{"URL":"a","n":1}"#), ("b.jsonl", #"{"URL":"b","n":{"x":1}}"#)],
        "b.jsonl: The column n holds objects"
      ),
      (
        [("a.jsonl", #"{"URL":1}"#), ("b.csv", "URL\nb\n")],
        "b.csv: The column URL is string here and int in"
      ),
      // Numbers that no type holds, or that an identity would round.
      (
        [("a.jsonl", "{\"URL\":\"a\",\"n\":1}\n{\"URL\":\"b\",\"n\":18446744073709551616}\n")],
        "a.jsonl: The column n holds an integer outside of -2^63...2^64-1, first in row 2"
      ),
      (
        [
          ("a.jsonl", #"{"URL":"a","n":0.5}"#),
          ("b.jsonl", #"{"URL":"b","n":-9223372036854775809}"#),
        ], "b.jsonl: The column n holds an integer outside of"
      ),
      (
        [("a.jsonl", #"{"URL":36893488147419103232}"#)],
        "a.jsonl: The column URL holds an integer outside of"
      ),
      ([("a.jsonl", #"{"URL":1.5}"#)], "a.jsonl: The identity column URL holds floats"),
      (
        [("a.jsonl", #"{"URL":1}"#), ("b.jsonl", #"{"URL":2.0}"#)],
        "b.jsonl: The identity column URL holds floats"
      ),
      // Rows that are none.
      ([("a.csv", "URL\na\n\n")], "a.csv: Row 2 is an empty line; remove it."),
      ([("a.csv", "URL,n\na,1\r\n\r\nb,2\n")], "a.csv: Row 2 is an empty line; remove it."),
      ([("a.csv", "\nURL\na\n")], "a.csv: The header is an empty line; remove it."),
      ([("a.jsonl", "{\"URL\":\"a\"}\n\n")], "a.jsonl: Row 2 is an empty line; remove it."),
      (
        [("a.csv", "URL,n\na,1\nb\n")],
        "a.csv: Row 2 has not the 2 fields of the header; correct it."
      ),
      (
        [("a.jsonl", "{\"URL\":\"a\",\"n\":NaN}\n")],
        "a.jsonl: Row 1, column n, is NaN or Infinity, which JSON does not have"
      ),
      (
        [("a.jsonl", "{\"URL\":\"a\",\"n\":-Infinity}\n")],
        "a.jsonl: Row 1, column n, is NaN or Infinity"
      ),
      ([("a.jsonl", "")], "a.jsonl has no row that names a column"),
    ] as [([(String, String)], String)])
  func `are refused, naming shard and column`(files: [(String, String)], sentence: String) throws {
    let refusal = try ShardFiles(files).refusal()
    #expect(refusal?.hasPrefix(sentence) == true, "\(refusal ?? "accepted")")
  }

  @Test func `that files lack are null where that is meant, and nowhere else`() throws {
    let files = try ShardFiles([
      ("a.jsonl", #"{"URL":"a"}"# + "\n"), ("b.csv", "URL,n\nb,x\n"), ("c.csv", "URL\nc\n"),
    ])
    let reader = try files.reader(missing: ["n"])
    #expect(reader.reading.missing == .only(["n"]))
    let spelled = try ShardFiles([
      (
        "a.jsonl",
        #"{"URL":"a","n":null}"# + "\n" + #"{"n":"x","URL":"b"}"# + "\n" + #"{"URL":"c"}"# + "\n"
      )
    ])
    #expect(try files.summary(reader).root == spelled.summary(spelled.reader()).root)
    #expect(try spelled.reader().reading == Reading())
    // The empty string is no null.
    let empty = try ShardFiles([("a.csv", "URL,n\na,\nb,x\nc,\n")])
    #expect(try files.summary(reader).root != empty.summary(empty.reader()).root)
    #expect(
      try files.refusal(missing: ["m"])
        == "Files may lack the column m, but no column that is committed is called so; correct the name."
    )
    #expect(try files.refusal(missing: ["m", "n"]) != nil)
    let without = try ShardFiles([("a.csv", "url,n\nb,x\n")])
    #expect(throws: DatasetFailure.self) { try without.reader(missing: ["URL"]) }
  }

  @Test func `of an empty file are those of the others`() throws {
    let files = try ShardFiles([("a.jsonl", ""), ("b.jsonl", #"{"URL":"b","n":1}"#)])
    #expect(try files.reader().content == [Column("URL", .string), Column("n", .int)])
    #expect(try files.summary(files.reader()).rows == 1)
  }

  @Test func `may have types that stand in some files only`() throws {
    let files = try ShardFiles([("a.jsonl", #"{"URL":"a"}"#), ("b.csv", "URL,n\nb,1\n")])
    let reader = try files.reader(types: ["n": .int], missing: ["n"])
    #expect(reader.content[1] == Column("n", .int))
    #expect(
      try files.refusal(types: ["m": .int], missing: ["n"])
        == "A type is given for the column m, which no file has; correct the name.")
  }

  @Test func `come after one byte order mark in both formats`() throws {
    let mark = "\u{feff}"
    let files = try ShardFiles([
      ("a.csv", mark + "URL\na\n"), ("b.jsonl", mark + "{\"URL\":\"b\"}\n"), ("c.jsonl", mark),
    ])
    let plain = try ShardFiles([("a.csv", "URL\na\nb\n")])
    #expect(try files.summary(files.reader()).root == plain.summary(plain.reader()).root)
    #expect(try ShardFiles([("a.jsonl", mark + mark + "{\"URL\":\"b\"}\n")]).refusal() != nil)
    #expect(try ShardFiles([("a.csv", mark + mark + "URL\na\n")]).refusal() != nil)
  }
}
