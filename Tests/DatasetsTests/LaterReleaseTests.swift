import Files
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A later release` {
  private let content = [Column("URL", .string), Column("n", .float64)]

  private func reader(_ files: ShardFiles, _ reading: Reading = Reading()) throws -> ReleaseReader {
    try ReleaseReader(
      shards: Shard.list(files.paths), identity: [content[0]], content: content, reading: reading)
  }

  @Test func `names what it carries beyond the dataset's columns, in all of its rows`() throws {
    let rows = (0..<10_050).map {
      "{\"URL\":\"\($0)\",\"n\":0.5\($0 == 10_020 ? ",\"late\":[1]" : "")}\n"
    }
    let files = try ShardFiles([("a.csv", "URL,license,n\na,cc0,1\n"), ("b.jsonl", rows.joined())])
    let summary = try files.summary(reader(files))
    #expect(summary.carried == ["late", "license"])
    // The first release has no member that its first rows do not show.
    #expect(
      try files.refusal(content: ["URL", "n"], types: ["n": .float64])?.contains(
        "Row 10021 has a member, number 3, that is no column") == true)
  }

  @Test(
    arguments: [
      ("a.csv", "URL,n\na,1\n", nil), ("a.jsonl", #"{"URL":"a","n":1}"#, nil),
      ("a.jsonl", #"{"URL":"a","n":9007199254740992}"#, nil),
      ("a.jsonl", #"{"URL":"a","n":null}"#, nil),
      ("a.jsonl", #"{"URL":"a","n":9007199254740993.0}"#, nil),
      (
        "a.jsonl", #"{"URL":"a","n":9007199254740993}"#,
        "a.jsonl: Row 1, column n, is an integer that no float of its type holds exactly"
      ),
      (
        "a.jsonl", #"{"URL":"a","n":18446744073709551616}"#,
        "a.jsonl: Row 1, column n, is an integer outside of"
      ),
      (
        "a.jsonl", "{\"URL\":\"a\",\"n\":0.5}\n{\"URL\":\"a\",\"n\":-9007199254740993}",
        "a.jsonl: Row 2, column n, is an integer that no float"
      ),
      (
        "a.jsonl", #"{"URL":"a","n":"x"}"#,
        "a.jsonl: The column n is string here and float64 in the dataset"
      ),
      ("a.jsonl", #"{"URL":"a","n":{}}"#, "a.jsonl: Row 1, column n, is an object"),
      ("a.jsonl", #"{"URL":"a","n":[1]}"#, "a.jsonl: Row 1, column n, is no float64"),
      (
        "a.jsonl", #"{"URL":1,"n":1}"#,
        "a.jsonl: The column URL is int here and string in the dataset"
      ),
      ("a.jsonl", #"{"url":"a","n":1}"#, "a.jsonl has no column URL"),
      ("a.jsonl", #"{"URL":"a"}"#, "a.jsonl: The file has no column n"),
      ("a.csv", "URL\na\n", "a.csv: The file has no column n"),
      (
        "a.jsonl", #"{"URL":"a","n":1,"x":1,"x":2}"#,
        "a.jsonl: Row 1, column x, has two members of one name"
      ),
      ("a.csv", "URL,n\na,inf\n", "a.csv: Row 1, column n, is no number"),
    ] as [(String, String, String?)])
  func `is read where that is exact, and else refused`(
    name: String, text: String, sentence: String?
  ) throws {
    let files = try ShardFiles([(name, text)])
    do {
      _ = try files.summary(reader(files))
      #expect(sentence == nil)
    } catch let failure as DatasetFailure {
      #expect(sentence.map(failure.description.hasPrefix) == true, "\(failure)")
    }
  }

  @Test func `rounds what it is asked to round, and is read again so`() throws {
    let files = try ShardFiles([("a.jsonl", #"{"URL":"a","n":9007199254740993,"m":1}"#)])
    let asked = try reader(files, Reading(types: ["n": .float64, "m": .int]))
    let plain = try ShardFiles([("a.csv", "URL,n\na,9007199254740992\n")])
    #expect(try files.summary(asked).root == plain.summary(reader(plain)).root)
    #expect(asked.reading == Reading(types: ["n": .float64]))
    #expect(try files.summary(reader(files, asked.reading)).root == files.summary(asked).root)
  }

  @Test func `refuses two members of one name that are no column, past the first rows as well`()
    throws
  {
    let rows = String(repeating: "{\"URL\":\"a\",\"n\":1}\n", count: 10_000)
    let files = try ShardFiles([
      (
        "a.jsonl",
        rows + "{\"URL\":\"b\",\"n\":1,\"x\":1}\n{\"x\":1,\"URL\":\"b\",\"n\":1,\"\\u0078\":2}\n"
      )
    ])
    do {
      _ = try files.summary(reader(files))
      Issue.record("accepted")
    } catch let failure as DatasetFailure {
      #expect(
        failure.description == "a.jsonl: Row 10002 has two members of one name; keep one of them.")
    }
  }
}
