import Files
import Foundation
import LedgerCrypto
import SetCommitment
import TestSupport
import Testing

@testable import Datasets

@Suite struct `An index file` {
  let scratch: Scratch
  let bytes: [UInt8]

  init() throws {
    scratch = try Scratch()
    let path = try scratch.put(Table.csv(700), "a.csv")
    _ = try release([path]).index(to: scratch("index"))
    bytes = try OpenFile.readAll(scratch("index"), maxBytes: 1 << 20)
  }

  @Test func `has the documented bytes`() throws {
    #expect(Array(bytes.prefix(16)) == Array("winnow-index1\n".utf8) + [1, 0])
    let keys = try IndexFile(path: scratch("index")).keys
    #expect(try Digest(bytes: bytes[128..<160]) == Table.root(700))
    func word(_ offset: Int) -> UInt64 {
      bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    #expect(word(16) == 700 && word(24) == keys && word(48) == 192)
    #expect(word(56) == 192 + 72 * keys && word(64) == word(56) + 105 * word(40))
    #expect(bytes.count == Int(word(64)) + 32)
    #expect(
      Digest(bytes: bytes.suffix(32))
        == Digest(sha256: Array(bytes[..<192] + bytes[Int(word(56))..<Int(word(64))])))
  }

  @Test func `with any byte changed is refused on opening or by the check`() throws {
    var random = SplitMix64(seed: 4)
    for _ in 0..<400 {
      var bad = bytes
      let place = Int.random(in: 0..<bad.count, using: &random)
      bad[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let path = try scratch.put(bad, "bad")
      #expect(throws: DatasetFailure.self, "byte \(place)") { try IndexFile(path: path).verify() }
    }
  }

  @Test func `cut or lengthened is refused on opening`() throws {
    for length in [0, 1, 14, 191, 192, 193, bytes.count - 1] {
      let path = try scratch.put(Array(bytes.prefix(length)), "bad")
      #expect(throws: DatasetFailure.self) { try IndexFile(path: path) }
    }
    let path = try scratch.put(bytes + [0], "bad")
    #expect(throws: DatasetFailure.self) { try IndexFile(path: path) }
  }

  // A header whose own checksum is right, whatever it claims.
  @Test func `with a header that lies is refused without a trap`() throws {
    var random = SplitMix64(seed: 5)
    for offset in stride(from: 16, to: 96, by: 8) {
      for value in [0, 1, UInt64.max, 1 << 63, UInt64(Int.max), 1 << 32, random.next()] {
        var bad = bytes
        for byte in 0..<8 {
          bad[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * byte))
        }
        if bad == bytes || (offset == 32 && (1...65_536).contains(value)) { continue }
        bad.replaceSubrange(160..<192, with: Digest(sha256: Array(bad[..<160])).bytes)
        let path = try scratch.put(bad, "bad")
        #expect(throws: DatasetFailure.self, "\(offset) \(value)") { try IndexFile(path: path) }
      }
    }
  }

  @Test func `mutated gives an error or the same root, and proofs that hold or fail`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let root = try Table.root(700)
    let keys = Table.rows(700).map { Table.key($0.url) }
    for _ in 0..<Fuzz.inputs / 4 {
      var bad = bytes
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        // Beyond the header, or with its checksum made right again.
        bad[Int.random(in: 14..<bad.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      bad.replaceSubrange(160..<192, with: Digest(sha256: Array(bad[..<160])).bytes)
      let path = try scratch.put(bad, "bad")
      guard let index = try? IndexFile(path: path) else { continue }
      let key = try #require(keys.randomElement(using: &random))
      guard let witness = try? WitnessMaker.lookup(key, in: index.source) else { continue }
      let answer = SetLookup.check(witness, root: root, kind: .release, key: key)
      #expect(answer != .absent, "seed \(seed)")
      _ = try? index.entry(for: key)
    }
  }

  @Test func `shortened while it is open gives an error`() throws {
    let path = try scratch.put(bytes, "short")
    let index = try IndexFile(path: path)
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: 500)
    try handle.close()
    #expect(throws: DatasetFailure.self) { try index.verify() }
    #expect(throws: SetSourceFailure.self) {
      try WitnessMaker.lookup(Table.key("x"), in: index.source)
    }
  }
}

@Suite struct `An index derived from another` {
  /// As many groups as 70,000 records make.
  @Test func `is that of its own records, byte for byte`() throws {
    let scratch = try Scratch()
    var random = SplitMix64(seed: 5)
    var entries: [SetEntry] = []
    for _ in 0..<80_000 {
      let key = Digest(random.next(), random.next(), random.next(), random.next())
      entries.append(SetEntry(key: key, rows: 1, value: Digest(random.next(), 1, 2, 3)))
    }
    let work = smallWork(memory: 32 << 20)
    func index(_ entries: [SetEntry], _ name: String) throws -> IndexFile {
      let store = PairStore(work, directory: scratch.path, expecting: entries.count)
      var buffer = store.buffer()
      for entry in entries {
        try store.add(Pair(key: entry.key, digest: entry.value), to: &buffer)
      }
      store.putBack(buffer)
      store.close()
      let result = try SetAssembly(store, work, scratch: scratch.path).run(index: scratch(name))
      try result.file?.commit()
      return try IndexFile(path: scratch(name))
    }
    let parent = try index(Array(entries[..<75_000]), "parent")
    #if DEBUG
      let changes = [(0..<900, 75_000..<75_100)]
    #else
      let changes = [
        (0..<900, 75_000..<75_100), (0..<0, 75_000..<80_000), (0..<75_000, 0..<0),
      ]
    #endif
    for (removed, added) in changes {
      let absent = [Digest.zero, Digest(.max, .max, .max, .max)]
      let keys = (entries[removed].map(\.key) + absent).sorted()
      let coming = entries[added].sorted { $0.key < $1.key }
      let derivation = IndexDerivation(
        of: parent, removing: keys, adding: coming, work, scratch: scratch.path)
      let outcome = try Crew.work(width: 2) { try derivation.run($0, index: scratch("derived")) }
      try outcome.index.file?.commit()
      let own = try index(
        Array(entries[..<75_000][removed.upperBound...]) + coming, "own")
      #expect(outcome.index.root.root == own.root)
      #expect(outcome.removedKeys == removed.count)
      #expect(outcome.removedRows == UInt64(removed.count) && outcome.parentRows == 75_000)
      try IndexFile(path: scratch("derived")).verify()
      if own.keys > 65_536 {
        let bytes = try ["own", "derived"].map {
          try OpenFile.readAll(scratch($0), maxBytes: 1 << 24)
        }
        #expect(bytes[0] == bytes[1])
      }
    }
  }
}
