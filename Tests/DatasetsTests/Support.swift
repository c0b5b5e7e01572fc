import Files
import Foundation
import LedgerCrypto
import Rows
import SetCommitment
import TestSupport

@testable import Datasets

/// A directory of its own for one test, removed with everything in it afterwards.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/winnow-data-" + UUID().uuidString
    try Directory.make(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func put(_ bytes: [UInt8], _ name: String) throws -> String {
    try AtomicFile.write(bytes, to: self(name))
    return self(name)
  }

  @discardableResult
  func put(_ text: String, _ name: String) throws -> String {
    try put(Array(text.utf8), name)
  }

  func names() throws -> [String] { try Directory.names(in: path) }

  func text(_ name: String) throws -> String {
    String(decoding: try OpenFile.readAll(self(name), maxBytes: 1 << 28), as: UTF8.self)
  }
}

enum Fuzz {
  static var isOptimized: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  /// How many mutated inputs each parser gets.
  static var inputs: Int {
    let text = ProcessInfo.processInfo.environment["WINNOW_FUZZ_INPUTS"]
    if let count = text.flatMap(Int.init) { return count }
    #if DEBUG
      return 2_000
    #else
      return 100_000
    #endif
  }
}

extension [UInt8] {
  /// These bytes with one to three edits.
  func mutated(by random: inout SplitMix64) -> [UInt8] {
    var bytes = self
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2 where place < bytes.count: bytes.remove(at: place)
      case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 4 where place < bytes.count: bytes.insert(bytes[place], at: place)
      default: bytes.removeSubrange(place..<Swift.min(place + 4, bytes.count))
      }
    }
    return bytes
  }

  /// As one gzip member.
  var gzipped: [UInt8] { Packing.gzip.packed(span) }

  /// As a file of this name is packed.
  func packed(as name: String) -> [UInt8] { Packing(name: name).packed(span) }
}

/// Two workers and small chunks, so that little data has many chunks.
func smallWork(_ workers: Int = 2, chunk: Int = 512, memory: Int = 1 << 20) -> Work {
  var work = Work(workers: workers, memory: memory)
  work.chunkSize = chunk
  work.memory = memory
  return work
}

func release(
  _ paths: [String], identity: [String] = ["URL"], content: [String]? = nil,
  types: DeclaredTypes = [:], missing: [String] = []
) throws -> ReleaseReader {
  try ReleaseReader(
    registering: Shard.list(paths), identity: identity, content: content,
    reading: Reading(types: types, missing: .only(missing)))
}

/// The rows of a small table, as CSV and as JSON Lines.
enum Table {
  static func rows(_ count: Int) -> [(url: String, text: String)] {
    (0..<count).map { index in
      let url = "https://img.example.org/\(index % 97 == 5 ? index - 3 : index).jpg"
      let texts = ["plain", "with, comma", "with \"quotes\"", "two\nlines", "ünï 東京", ""]
      return (url, texts[index % texts.count] + "\(index)")
    }
  }

  static func csv(_ count: Int, newline: String = "\n") -> [UInt8] {
    var text = "URL,TEXT" + newline
    for row in rows(count) {
      text += "\(row.url),\"\(row.text.replacing("\"", with: "\"\""))\"" + newline
    }
    return Array(text.utf8)
  }

  static func jsonLines(_ count: Int) -> [UInt8] {
    var text = ""
    for row in rows(count) {
      let escaped = row.text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      text += "{\"URL\":\"\(row.url)\",\"TEXT\":\"\(escaped)\"}\n"
    }
    return Array(text.utf8)
  }

  /// The root by the tree that holds everything in memory.
  static func root(_ count: Int) throws -> Digest {
    let columns = [Column("TEXT", .string), Column("URL", .string)]
    let hasher = RowHasher(identity: [columns[1]], content: columns)
    let pairs = rows(count).map { row in
      KeyedDigest(
        key: hasher.key([.string(row.url)]),
        digest: hasher.digest([.string(row.text), .string(row.url)]))
    }
    return try SetTree(rows: pairs).root.root
  }

  static func key(_ url: String) -> Digest {
    let columns = [Column("TEXT", .string), Column("URL", .string)]
    return RowHasher(identity: [columns[1]], content: columns).key([.string(url)])
  }
}
