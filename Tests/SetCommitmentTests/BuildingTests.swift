import LedgerCrypto
import SetCommitment
import Testing

@Suite struct `Building a root` {
  @Test(arguments: 0..<60 as Range<UInt64>)
  func `gives that of the reference, whatever the order and the shards`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let entries = smallEntries(&random, count: random.below(40))
    let root = try SetRoot(.release, of: entries)
    #expect(root.root == (try ReferenceTree(entries[...]).root()))
    #expect(root.keys == UInt64(entries.count))
    for length in [0, 1, 2, 3, 7] {
      var parts: [SubtreeSummary] = []
      for prefix in try #require(KeyPrefix.partition(length: length)) {
        var builder = SetRootBuilder(.release, within: prefix)
        for entry in entries where prefix.contains(entry.key) { try builder.push(entry) }
        parts.append(builder.finishSubtree())
      }
      #expect(try SetRoot(combining: parts, kind: .release) == root)
      let half = try #require(KeyPrefix(of: .zero, length: length > 0 ? 1 : 0))
      let low = try SubtreeSummary.combine(
        parts.filter { half.contains($0.prefix) }, kind: .release, within: half)
      let rest = parts.filter { !half.contains($0.prefix) }
      #expect(try SetRoot(combining: [low] + rest, kind: .release) == root)
    }
  }

  @Test func `of rows merges duplicates and sorts`() throws {
    var random = SplitMix64(seed: 7)
    var rows = (0..<50).map { _ in
      KeyedDigest(key: smallKey(&random, bits: 4, after: 0), digest: value(random.below(2)))
    }
    let entries = try SetEntry.merging(rows)
    #expect(entries.map(\.rows).reduce(0, +) == 50)
    for entry in entries {
      let digests = rows.filter { $0.key == entry.key }.map(\.digest).sorted()
      let expected =
        digests.count == 1 ? digests[0] : Digest(sha256: [0x15] + digests.flatMap(\.bytes))
      #expect(entry.value == expected)
    }
    rows.shuffle(using: &random)
    #expect(try SetEntry.merging(rows) == entries)
  }

  @Test func `reaches every depth`() throws {
    let base = Digest(sha256: "base")
    var keys = [base]
    for bit in 0..<256 {
      var bytes = base.bytes
      bytes[bit >> 3] ^= 0x80 >> UInt8(bit & 7)
      keys.append(try #require(Digest(bytes: bytes)))
    }
    let entries = keys.sorted().map { SetEntry(key: $0, rows: 1, value: value(1)) }
    let tree = try SetTree(.release, entries)
    #expect(tree.root.root == (try ReferenceTree(entries[...]).root()))
    for key in keys {
      let witness = try WitnessMaker.lookup(key, in: tree.source)
      let found = SetLookup.check(witness, root: tree.root.root, kind: .release, key: key)
      #expect(found == .present(rows: 1, value: value(1)))
    }
    let lists = try TransitionLists(removed: keys.sorted(), changed: [], added: [])
    let witness = try WitnessMaker.transition(lists, in: tree.source)
    let transition = try Transition.check(WitnessBytes(witness), lists.stream)
    #expect(transition.rootAfter == (try SetRoot(.release, of: []).root))
  }

  @Test func `refuses what no set can hold`() throws {
    let (low, high) = (Digest(0, 0, 0, 1), Digest(1, 0, 0, 0))
    let entry = SetEntry(key: low, rows: 1, value: value(0))
    var builder = SetRootBuilder(.release)
    try builder.push(SetEntry(key: high, rows: UInt64.max - 1, value: value(0)))
    #expect(throws: SetBuildError.keysNotAscending(low)) { try builder.push(entry) }
    #expect(throws: SetBuildError.keysNotAscending(high)) {
      try builder.push(SetEntry(key: high, rows: 1, value: value(0)))
    }
    let last = Digest(2, 0, 0, 0)
    #expect(throws: SetBuildError.rowsOverflow) {
      try builder.push(SetEntry(key: last, rows: 2, value: value(0)))
    }
    for bad in [
      SetEntry(key: last, rows: 0, value: value(0)), SetEntry(member: last),
    ] {
      #expect(throws: SetBuildError.entryMalformed(bad)) { try builder.push(bad) }
      #expect(throws: SetBuildError.entryMalformed(bad)) {
        var index = SetIndexBuilder(.release)
        try index.push(bad)
      }
    }
    #expect(throws: SetBuildError.kindDiffers) {
      try builder.push(SetRootBuilder(.entrySet).finishSubtree())
    }
    var entrySet = SetRootBuilder(.entrySet)
    #expect(throws: SetBuildError.entryMalformed(entry)) { try entrySet.push(entry) }
    #expect(throws: SetBuildError.keyWithoutRows) { try SetHash.rowValue(digests: []) }
    #expect(throws: SetBuildError.digestsNotAscending(low)) {
      try SetHash.rowValue(digests: [high, low])
    }
    let upper = try #require(KeyPrefix(of: Digest(1 << 63, 0, 0, 0), length: 1))
    var shard = SetRootBuilder(.release, within: upper)
    #expect(throws: SetBuildError.outsidePrefix(low)) { try shard.push(entry) }
    let part = shard.finishSubtree()
    #expect(throws: SetBuildError.keysNotAscending(part.prefix.bits)) {
      try SetRoot(combining: [part, part], kind: .release)
    }
    let forged = SubtreeSummary(kind: .release, prefix: upper, rows: 3, keys: 1, hash: nil)
    #expect(throws: SetBuildError.summaryInconsistent(upper.bits)) {
      try SetRoot(combining: [forged], kind: .release)
    }
    #expect(KeyPrefix(of: low, length: 257) == nil)
    #expect(KeyPrefix.partition(length: 17) == nil)
  }

  @Test func `of known sets gives known roots`() throws {
    #expect(
      try SetRoot(.release, of: []).root.hex
        == "3a1116a98780058b2e807d336908aa9d6828b05a4c4054709043754d9da1b42c")
    #expect(
      EntrySet([]).root.root.hex
        == "974d575a6d957b0018c9d0cbc3c5d2aa86cf34429726bcf5bc5cd73941a2771f")
  }
}
