import CanonicalJSON
import Files
import LedgerCrypto
import Rows
import SetCommitment
import Testing

@testable import Datasets

/// What is written of rows for their custodian is what gives their keys again.
@Suite struct `The identities of rows` {
  private func identities(
    _ text: String, _ name: String, identity: [String] = ["URL"], types: DeclaredTypes = [:],
    wanted: ([Digest]) -> [Digest] = { $0 }
  ) throws -> (found: [Digest: JSONObject], keys: [Digest], reader: ReleaseReader) {
    let scratch = try Scratch()
    let reader = try release([try scratch.put(text, name)], identity: identity, types: types)
    let index = scratch("index")
    _ = try reader.index(to: index)
    let source = try IndexFile(path: index).source
    let keys = try source.entries(0..<source.count).map(\.key)
    let read = try reader.identities(of: EntrySet(wanted(keys)), work: smallWork())
    return (read.rows, keys, reader)
  }

  @Test(arguments: ["rows.csv", "rows.jsonl"])
  func `give their keys again`(name: String) throws {
    let table = name.hasSuffix("csv") ? Table.csv(400) : Table.jsonLines(400)
    let (found, keys, reader) = try identities(String(decoding: table, as: UTF8.self), name)
    #expect(found.count == keys.count && keys.count > 300)
    for (key, row) in found {
      let json = JSON.object(row).canonicalBytes
      #expect(try RowKey.key(of: json, identity: reader.identity, secret: nil) == key)
    }
  }

  @Test(arguments: [
    ("a\"b,c\n\"1, \"\"2\"\"\",é\n", "rows.csv"),
    ("{\"a\\\"b\":\"1, \\\"2\\\"\\n\",\"c\":\"\\u00e9\"}\n", "rows.jsonl"),
  ])
  func `are of the text as it is, quotes and escapes undone`(text: String, name: String) throws {
    let header = name.hasSuffix("csv") ? text.replacing("a\"b,c", with: "\"a\"\"b\",c") : text
    let (found, keys, reader) = try identities(header, name, identity: ["a\"b", "c"])
    let row = try #require(found[keys[0]])
    let json = JSON.object(row).canonicalBytes
    #expect(try RowKey.key(of: json, identity: reader.identity, secret: nil) == keys[0])
  }

  @Test(arguments: [
    ("id\n7\n18446744073709551615\n", "rows.csv", ColumnType.int),
    ("{\"id\":7}\n{\"id\":18446744073709551615}\n", "rows.jsonl", .int),
    ("id\ntrue\nfalse\n", "rows.csv", .bool),
    ("id\n2024-01-01T00:00:00Z\n2024-01-01T01:00:00+01:00\n", "rows.csv", .timestamp),
    ("id\n1.5\nNaN\n", "rows.csv", .float64),
  ])
  func `are of their types where JSON has them`(
    text: String, name: String, type: ColumnType
  ) throws {
    let (found, keys, reader) = try identities(text, name, identity: ["id"], types: ["id": type])
    #expect(found.count == keys.count)
    for (key, row) in found {
      guard let json = row["id"], json != .null else {
        Issue.record("\(name) has a null")
        continue
      }
      let bytes = JSON.object(row).canonicalBytes
      let again = try? RowKey.key(of: bytes, identity: reader.identity, secret: nil)
      #expect(again == nil || again == key, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `are of those that are asked for, and of no other`() throws {
    let text = String(decoding: Table.csv(60), as: UTF8.self)
    let (found, keys, _) = try identities(text, "rows.csv") { [$0[3], $0[5], .zero] }
    #expect(Set(found.keys) == [keys[3], keys[5]])
  }

  @Test func `are not read past a row that is damaged`() throws {
    let scratch = try Scratch()
    let path = try scratch.put("URL,TEXT\na,b\n", "rows.csv")
    let reader = try release([path])
    try scratch.put("URL,TEXT\na\n", "rows.csv")
    #expect(throws: DatasetFailure.self) {
      try reader.identities(of: EntrySet([Digest.zero]), work: smallWork())
    }
  }
}
