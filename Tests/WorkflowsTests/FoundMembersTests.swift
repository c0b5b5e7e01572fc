import LedgerCrypto
import Rows
import SetCommitment
import TestSupport
import Testing
import Workflows

/// The file in which a match seals what it found.
@Suite struct `What a match found` {
  private static let keys = ["a", "b", "c"].map { Digest.of($0) }.sorted()
  private static let rows = ["one", "two"].map { Digest.of($0) }.sorted()

  /// Two rows of the first key, one of two alike of the second, all of the third.
  private static let found: [RowTags] = [
    RowTags(key: keys[0], digest: rows[0]), RowTags(key: keys[0], digest: rows[1]),
    RowTags(key: keys[1], digest: rows[0]), RowTags(key: keys[2], digest: rows[1]),
  ]

  private static let members = FoundMembers(found: found) { [3, 2, 1][keys.firstIndex(of: $0)!] }

  @Test func `names the rows of keys that have others`() {
    #expect(Self.members.keys == EntrySet(Self.keys))
    #expect(Self.members.parts == Array(Self.found[..<3]))
    #expect(FoundMembers(found: Self.found) { _ in nil }.parts == Self.found)
    #expect(FoundMembers(found: []) { _ in nil } == FoundMembers(EntrySet([Digest]())))
  }

  @Test func `is read back from its file`() {
    #expect(FoundMembers(file: Self.members.file, count: 3) == Self.members)
    let whole = FoundMembers(EntrySet(Self.keys))
    #expect(whole.file == EntrySet(Self.keys).file)
    #expect(FoundMembers(file: whole.file, count: 3) == whole)
  }

  @Test func `is not read from another file`() {
    let file = Self.members.file
    for count in [0, 1, 2, 4, 5, .max] as [UInt64] {
      #expect(FoundMembers(file: file, count: count) == nil, "\(count) keys")
    }
    for size in 0..<file.count where (file.count - size) % 64 != 0 || size < file.count - 192 {
      #expect(FoundMembers(file: Array(file[..<size]), count: 3) == nil, "\(size) bytes")
    }
    let start = file.count - 192
    let parts = stride(from: start, to: file.count, by: 64).map { Array(file[$0..<$0 + 64]) }
    for order in [[1, 0, 2], [0, 2, 1], [2, 1, 0]] {
      let other = Array(file[..<start]) + order.flatMap { parts[$0] }
      #expect(FoundMembers(file: other, count: 3) == nil, "\(order)")
    }
    var foreign = file
    foreign.replaceSubrange(start..<start + 32, with: Digest.of("d").bytes)
    #expect(FoundMembers(file: foreign, count: 3) == nil)
  }
}
