import LedgerCrypto
import SetCommitment
import Testing

@Suite struct `The lists of a transition in a file` {
  private func sample(_ random: inout SplitMix64) throws -> TransitionLists {
    let before = smallEntries(&random, count: random.below(12))
    return try TransitionLists(from: before, to: smallEntries(&random, count: random.below(12)))
  }

  @Test func `come back as they were written`() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<50 {
      let lists = try sample(&random)
      #expect(try TransitionLists(lists.bytes) == lists)
      let bytes = lists.bytes
      let file = try TransitionListsFile(length: bytes.count) { Array(bytes[$0]) }
      #expect(file.removed.count == lists.removed.count)
      #expect(try (0..<file.added.count).map { try file.added.key($0) } == lists.added.map(\.key))
      #expect(
        try (0..<file.changed.count).map { try file.changed.key($0) } == lists.changed.map(\.key))
    }
  }

  @Test func `are read across many reads`() throws {
    var random = SplitMix64(seed: 2)
    let removed = (0..<5_000).map { _ in random.digest() }.sorted()
    let added = (0..<3_000).map { _ in SetEntry(key: random.digest(), rows: 1, value: value(0)) }
      .sorted { $0.key < $1.key }
    let lists = try TransitionLists(removed: removed, changed: [], added: added)
    #expect(try TransitionLists(lists.bytes) == lists)
  }

  @Test func `have one spelling`() {
    let magic = Array("winnow-transition1\n".utf8)
    #expect(throws: Never.self) {
      try TransitionLists(magic + [UInt8](repeating: 0, count: 24))
    }
    let key = value(1).bytes
    let entry = key + bigEndian(1) + value(2).bytes
    let cases: [([UInt8], TransitionListsError)] = [
      ([], .notTransitionLists), (Array("winnow-transition2\n".utf8), .notTransitionLists),
      (Array(magic.dropLast()), .notTransitionLists), (magic, .truncated),
      (magic + bigEndian(0) + bigEndian(0), .truncated),
      (magic + bigEndian(0) + bigEndian(0) + [0], .truncated),
      (magic + bigEndian(0) + bigEndian(0) + bigEndian(0) + [0], .trailingBytes),
      (magic + bigEndian(1) + key.dropLast(), .truncated),
      (magic + bigEndian(.max) + key, .truncated),
      (magic + bigEndian(1 << 59) + key, .truncated),
      (magic + bigEndian(0) + bigEndian(.max / 72 + 2) + entry, .truncated),
      (magic + bigEndian(0) + bigEndian(0) + bigEndian(1) + entry.dropLast(), .truncated),
      (
        magic + bigEndian(2) + key + key + bigEndian(0) + bigEndian(0),
        .refused(.notAscending(value(1)))
      ),
      (
        magic + bigEndian(1) + key + bigEndian(0) + bigEndian(1) + entry,
        .refused(.namedTwice(value(1)))
      ),
      (
        magic + bigEndian(0) + bigEndian(0) + bigEndian(1) + key + bigEndian(0) + value(2).bytes,
        .refused(.entryMalformed(SetEntry(key: value(1), rows: 0, value: value(2))))
      ),
      (
        magic + bigEndian(0) + bigEndian(1) + key + bigEndian(1) + [UInt8](repeating: 0, count: 32)
          + bigEndian(0),
        .refused(.entryMalformed(SetEntry(member: value(1))))
      ),
    ]
    for (bytes, error) in cases {
      #expect(throws: error, "\(bytes.hex)") { try TransitionLists(bytes) }
    }
  }

  @Test func `that cannot be read say so`() throws {
    let bytes = try TransitionLists(removed: [value(1)], changed: [], added: []).bytes
    let file = try TransitionListsFile(length: bytes.count) { (range) throws(SetSourceFailure) in
      if range.count >= 32 { throw .unreadable("The disk is gone.") }
      return Array(bytes[range])
    }
    #expect(throws: TransitionRefusal.unreadable("The disk is gone.")) {
      try Transition.check(WitnessBytes([0]), file.stream)
    }
    #expect(throws: TransitionListsError.truncated) {
      try TransitionListsFile(length: 1_000) { _ in TransitionListsFile.magic }
    }
  }

  @Test func `survive any mutation`() throws {
    var random = SplitMix64(seed: 3)
    let files = try (0..<20).map { _ in try sample(&random).bytes }
    for _ in 0..<mutationCount {
      let bytes = mutate(files[random.below(files.count)], &random)
      if let lists = try? TransitionLists(bytes) { #expect(lists.bytes == bytes) }
    }
  }
}

@Suite struct `An entry set` {
  @Test func `has the algebra of sets`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let a = (0..<random.below(20)).map { _ in smallKey(&random, bits: 4, after: 0) }
      let b = (0..<random.below(20)).map { _ in smallKey(&random, bits: 4, after: 0) }
      let (left, right) = (EntrySet(a), EntrySet(b))
      #expect(left.members == Set(a).sorted())
      #expect(left.union(right).members == Set(a).union(b).sorted())
      #expect(left.subtracting(right).members == Set(a).subtracting(b).sorted())
      #expect(left.intersection(right).members == Set(a).intersection(b).sorted())
      #expect(left.overlapCount(with: right) == Set(a).intersection(b).count)
      #expect(left.isSubset(of: right) == Set(a).isSubset(of: b))
      for key in b { #expect(left.contains(key) == a.contains(key)) }
    }
  }

  @Test func `has the root of its tree, open and sealed`() throws {
    let set = EntrySet((0..<9).map { value($0) })
    #expect(set.root == (try set.tree().root))
    let secret = HMAC256(key: [UInt8](repeating: 7, count: 32))
    let sealed = set.sealed(under: secret)
    #expect(sealed.count == 9)
    #expect(sealed.contains(secret.tag(of: value(3))))
    #expect(!sealed.contains(value(3)))
    #expect(sealed.root != set.root)
    #expect(sealed.root != set.sealed(under: HMAC256(key: [8])).root)
    let witness = try WitnessMaker.lookup(value(3), in: try set.tree().source)
    let found = SetLookup.check(witness, root: set.root.root, kind: .entrySet, key: value(3))
    #expect(found == .present(rows: 1, value: SetEntry(member: value(3)).value))
  }

  @Test func `has one member file`() throws {
    let set = EntrySet((0..<9).map { value($0) })
    #expect(set.file.count == 12 + 8 + 9 * 32)
    #expect(try EntrySet(file: set.file) == set)
    #expect(try EntrySet(file: EntrySet([]).file).count == 0)
    let magic = Array("winnow-set1\n".utf8)
    let (low, high) = (Digest(0, 0, 0, 1), Digest(1, 0, 0, 0))
    let cases: [([UInt8], EntrySetFileError)] = [
      ([], .notAMemberFile), (Array("winnow-set2\n".utf8) + bigEndian(0), .notAMemberFile),
      (magic, .truncated), (magic + bigEndian(0).dropLast(), .truncated),
      (magic + bigEndian(1), .truncated), (magic + bigEndian(.max) + low.bytes, .truncated),
      (magic + bigEndian(1 << 59) + low.bytes, .truncated),
      (magic + bigEndian(2) + low.bytes + high.bytes.dropLast(), .truncated),
      (magic + bigEndian(0) + [0], .trailingBytes),
      (magic + bigEndian(1) + low.bytes + high.bytes, .trailingBytes),
      (magic + bigEndian(2) + high.bytes + low.bytes, .notAscending(low)),
      (magic + bigEndian(2) + low.bytes + low.bytes, .notAscending(low)),
    ]
    for (bytes, error) in cases {
      #expect(throws: error, "\(bytes.hex)") { try EntrySet(file: bytes) }
    }
  }

  @Test func `survives any mutation of its member file`() {
    var random = SplitMix64(seed: 2)
    let files = (0..<10).map { _ in
      EntrySet((0..<random.below(12)).map { _ in random.digest() }).file
    }
    for _ in 0..<mutationCount {
      let bytes = mutate(files[random.below(files.count)], &random)
      if let set = try? EntrySet(file: bytes) { #expect(set.file == bytes) }
    }
  }
}
