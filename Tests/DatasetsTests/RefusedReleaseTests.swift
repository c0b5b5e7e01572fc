import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `A release is refused` {
  func failure(_ paths: [String], _ body: (ReleaseReader) throws -> Void = { _ in }) -> String {
    do {
      let reader = try release(paths)
      _ = try reader.index(to: nil, scratch: NSTemporaryDirectory(), work: smallWork(chunk: 64))
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("a.csv", "URL,TEXT\nx,1\ny,2\nz\nw,4,5\n", "a.csv: Row 3 "),
    ("a.csv", "URL,TEXT\nx,1\ny,\"2\nz,3\n", "a.csv: Row 2"),
    ("a.csv", "URL,TEXT\nx,1\"2\n", "a.csv: Row 1"),
    ("a.csv", "", "a.csv: The header is missing"),
    ("a.csv", "TEXT\nx\n", "a.csv has no column URL"),
    ("a.csv", "URL,URL\nx,y\n", "a.csv: The column URL stands twice"),
    ("a.jsonl", "{\"URL\":\"x\"}\n{\"URL\":\"y\"\n", "a.jsonl: Row 2 "),
    ("a.jsonl", "{\"URL\":\"x\",\"URL\":\"y\"}\n", "a.jsonl: Row 1"),
    ("a.jsonl", "{\"TEXT\":\"x\"}\n", "a.jsonl has no column URL"),
    ("a.jsonl", "", "a.jsonl has no row that names a column"),
    ("a.txt", "URL\n", "no known format"),
    ("a.orc", "ORC", "no known format"),
  ])
  func `with a sentence`(name: String, text: String, expected: String) throws {
    let scratch = try Scratch()
    let path = try scratch.put(text, name)
    #expect(failure([path]).contains(expected), "\(failure([path]))")
  }

  @Test func `for invalid UTF-8 far into the file, with the row's place in it`() throws {
    let scratch = try Scratch()
    var bytes = Table.csv(400)
    bytes += Array("https://x,".utf8) + [0xff, 0x0a] + Array("y,z\n".utf8)
    let path = try scratch.put(bytes, "a.csv")
    for workers in 1...3 {
      do {
        _ = try release([path]).index(
          to: nil, scratch: scratch.path, work: smallWork(workers, chunk: 300))
        Issue.record("invalid UTF-8 was taken")
      } catch DatasetFailure.row(let shard, let error) {
        #expect(shard == "a.csv" && error.row == 401 && error.column == "TEXT")
        #expect(error.reason == .invalidUTF8)
      }
    }
  }

  @Test func `for the earliest of several bad rows`() throws {
    let scratch = try Scratch()
    var text = "URL,TEXT\n"
    for row in 1...500 { text += row % 100 == 77 ? "only one\n" : "u\(row),t\n" }
    let path = try scratch.put(text, "a.csv")
    for _ in 0..<20 {
      #expect(failure([path]).hasPrefix("a.csv: Row 77 "))
    }
  }

  @Test(arguments: 1...3)
  func `for the first bad row of the first shard that has one`(workers: Int) throws {
    let scratch = try Scratch()
    let paths = try [0, 77, 5].enumerated().map { place, bad in
      var text = "URL,TEXT\n"
      for row in 1...200 { text += row == bad || row > 190 && bad > 0 ? "one\n" : "u\(row),t\n" }
      return try scratch.put(text, "\(place).csv")
    }
    do {
      _ = try release(paths).index(
        to: nil, scratch: scratch.path, work: smallWork(workers, chunk: 100))
      Issue.record("a row of one cell was taken")
    } catch DatasetFailure.row(let shard, let error) {
      #expect(shard == "1.csv" && error.row == 77)
    }
  }

  @Test func `with no shard, a missing one, or one that is named twice`() throws {
    let scratch = try Scratch()
    let paths = Array(repeating: try scratch.put("URL\n", "a.csv"), count: 2)
    #expect(failure([]).contains("No shard"))
    #expect(failure(paths).contains("a.csv is named twice"))
    #expect(failure([scratch("none.csv")]).contains("no such file"))
    try Directory.make(scratch("d.csv"))
    #expect(failure([scratch("d.csv")]).contains("not a regular file"))
  }

  @Test func `when a shard changes between its columns and its rows`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Table.csv(10), "a.csv")
    let reader = try release([path])
    try scratch.put(Table.csv(11), "a.csv")
    #expect(throws: DatasetFailure.self) { try reader.index(to: nil, scratch: scratch.path) }
  }

  @Test(arguments: ["a.csv.gz", "a.csv.zst"], ["ends in the middle", "is damaged"])
  func `when what it is packed in is cut or damaged, and nothing is left`(
    name: String, flaw: String
  ) throws {
    let scratch = try Scratch()
    let whole = Table.csv(900).packed(as: name)
    var bytes = whole
    if flaw == "is damaged" { bytes[bytes.count - 1] ^= 1 } else { bytes.removeLast(9) }
    let path = try scratch.put(bytes, name)
    do {
      _ = try release([path]).index(to: scratch("index"), work: smallWork())
      Issue.record("it was read")
    } catch {
      #expect("\(error)".contains(name + " " + flaw), "\(error)")
    }
    #expect(try scratch.names() == [name])
  }
}
