import LedgerCrypto
import SetCommitment
import Testing

@Suite struct `A transition` {
  /// Checks that the maker's witness leads from one set to the other, and no smaller tale does.
  private func expectTransition(_ before: [SetEntry], _ after: [SetEntry]) throws {
    let tree = try SetTree(.release, before)
    let root = try SetRoot(.release, of: after)
    let lists = try TransitionLists(from: before, to: after)
    let witness = try WitnessMaker.transition(lists, in: tree.source)
    let transition = try Transition.check(
      WitnessBytes(witness), lists.stream, from: tree.root.root, to: root.root)
    #expect(transition.rowsAfter == root.rows)
    #expect(transition.removedKeys == UInt64(lists.removed.count))
    let kept = Set(after.map(\.key))
    let lost = before.filter { !kept.contains($0.key) }.map(\.rows).reduce(0, +)
    #expect(transition.removedRows == lost)
  }

  @Test(arguments: [[0, 1, 2, 3], [0, 1, 4, 6], [2, 3, 5, 7]])
  func `between all pairs of small sets is shown`(places: [UInt64]) throws {
    // Each of four keys is absent, or present in one of two ways: 81 × 81 pairs.
    #if DEBUG
      let states = 2
    #else
      let states = 3
    #endif
    let keys = places.map { Digest($0 << 61, 0, 0, 0) }
    var sets: [[SetEntry]] = [[]]
    for key in keys {
      sets = sets.flatMap { set in
        (0..<states).map { state in
          state == 0 ? set : set + [SetEntry(key: key, rows: 1, value: value(state))]
        }
      }
    }
    for before in sets {
      for after in sets { try expectTransition(before, after) }
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `between random sets is shown`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let before = smallEntries(&random, count: random.below(40))
    var after: [Digest: SetEntry] = [:]
    for entry in before {
      switch random.below(4) {
      case 0: break
      case 1:
        after[entry.key] = SetEntry(
          key: entry.key, rows: 1 + random.next() % 3, value: value(random.below(3)))
      default: after[entry.key] = entry
      }
    }
    for entry in smallEntries(&random, count: random.below(10)) { after[entry.key] = entry }
    try expectTransition(before, after.values.sorted { $0.key < $1.key })
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `is judged as by the reference, on any pruning and any lists`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var accepted = 0
    for _ in 0..<100 {
      let entries = smallEntries(&random, count: random.below(9))
      let tree = try ReferenceTree(entries[...]).pruned(&random, oneIn: 2 + random.below(8))
      var (removed, changed, added) = ([Digest](), [SetEntry](), [SetEntry]())
      for entry in entries + smallEntries(&random, count: random.below(4)) {
        let new = SetEntry(key: entry.key, rows: entry.rows, value: value(random.below(4)))
        switch random.below(8) {
        case 0, 1: removed.append(entry.key)
        case 2: changed.append(new)
        case 3: added.append(new)
        default: break
        }
      }
      if random.below(12) > 0 {
        removed.sort()
        changed.sort { $0.key < $1.key }
        added.sort { $0.key < $1.key }
      }
      let expected = try? tree.applying(removed, changed, added).root()
      let transition = try? Transition.check(
        WitnessBytes(tree.witness()), stream(removed, changed, added))
      #expect(transition?.rootAfter == expected, "seed \(seed)")
      if transition != nil {
        accepted += 1
        #expect(transition?.rootBefore == (try SetRoot(.release, of: entries).root))
      }
    }
    #expect(accepted > 5)
  }

  @Test func `is of another root when any bit of the witness changes`() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<4 {
      let before = smallEntries(&random, count: 7)
      let tree = try SetTree(.release, before)
      let lists = try TransitionLists(
        removed: [before[0].key], changed: [],
        added: [SetEntry(key: random.digest(), rows: 2, value: value(1))])
      let witness = try WitnessMaker.transition(lists, in: tree.source)
      for bit in 0..<witness.count * 8 {
        var altered = witness
        altered[bit >> 3] ^= 0x80 >> UInt8(bit & 7)
        let transition = try? Transition.check(WitnessBytes(altered), lists.stream)
        #expect(transition?.rootBefore != tree.root.root, "bit \(bit)")
      }
    }
  }

  @Test func `reads its witness in chunks of any size`() throws {
    var random = SplitMix64(seed: 9)
    let before = smallEntries(&random, count: 60)
    let after = before.filter { _ in random.below(3) > 0 }
    let lists = try TransitionLists(from: before, to: after)
    let witness = try WitnessMaker.transition(lists, in: try SetTree(.release, before).source)
    let whole = try Transition.check(WitnessBytes(witness), lists.stream)
    for size in [1, 2, 7, 72, 73, 74, 1_000, 65_536] {
      var position = 0
      let bytes = WitnessBytes { () throws(WitnessFailure) in
        let end = min(witness.count, position + size)
        defer { position = end }
        return Array(witness[position..<end])
      }
      #expect(try Transition.check(bytes, lists.stream) == whole)
    }
    let failing = WitnessBytes { () throws(WitnessFailure) in throw .unreadable("The disk is gone.")
    }
    #expect(throws: TransitionRefusal.witness(.unreadable("The disk is gone."))) {
      try Transition.check(failing, lists.stream)
    }
  }

  @Test func `is refused for each false list`() throws {
    let keys = (0..<4).map { Digest(UInt64($0) << 62, 0, 0, 1) }
    let entries = keys.prefix(3).map { SetEntry(key: $0, rows: 1, value: value(0)) }
    let new = SetEntry(key: keys[3], rows: 1, value: value(0))
    let witness = ReferenceTree(entries[...]).witness()
    func expectRefusal(
      _ refusal: TransitionRefusal, _ removed: [Digest], _ changed: [SetEntry], _ added: [SetEntry]
    ) {
      #expect(throws: refusal) {
        try Transition.check(WitnessBytes(witness), stream(removed, changed, added))
      }
    }
    let zero = SetEntry(member: keys[3])
    let none = SetEntry(key: keys[3], rows: 0, value: value(0))
    let huge = SetEntry(key: keys[3], rows: .max, value: value(0))
    expectRefusal(.removedAbsent(keys[3]), [keys[3]], [], [])
    expectRefusal(.changedAbsent(keys[3]), [], [new], [])
    expectRefusal(.changedAlike(keys[0]), [], [entries[0]], [])
    expectRefusal(.addedPresent(keys[1]), [], [], [entries[1]])
    expectRefusal(.notAscending(keys[0]), [keys[1], keys[0]], [], [])
    expectRefusal(.notAscending(keys[0]), [keys[0], keys[0]], [], [])
    expectRefusal(.namedTwice(keys[0]), [keys[0]], [entries[0]], [])
    expectRefusal(.namedTwice(keys[0]), [keys[0]], [], [entries[0]])
    expectRefusal(.namedTwice(keys[3]), [], [new], [new])
    expectRefusal(.entryMalformed(zero), [], [], [zero])
    expectRefusal(.entryMalformed(none), [], [none], [])
    expectRefusal(.rowsOverflow, [], [], [huge])
  }

  @Test func `refuses to move up what the witness hides, and to decide by it`() throws {
    let keys = [0, 2, 3].map { Digest(UInt64($0) << 62, 0, 0, 1) }
    let entries = keys.map { SetEntry(key: $0, rows: 1, value: value(0)) }
    let top = ReferenceTree(entries[...])
    guard case .node(let bit, let prefix, let left, let right, _) = top else { return }
    let hidden = ReferenceTree.node(
      bit: bit, prefix: prefix, left: left,
      right: .opaque(rows: 2, hash: try right.hash(), hidden: nil), claims: nil
    ).witness()
    #expect(throws: TransitionRefusal.movedSideHidden(prefix)) {
      try Transition.check(WitnessBytes(hidden), stream([keys[0]], [], []))
    }
    // Refilling the side that is gone does not excuse hiding the other: removals come first.
    let refill = SetEntry(key: Digest(1 << 61, 0, 0, 0), rows: 1, value: value(0))
    #expect(throws: TransitionRefusal.movedSideHidden(prefix)) {
      try Transition.check(WitnessBytes(hidden), stream([keys[0]], [], [refill]))
    }
    #expect(throws: TransitionRefusal.witness(.undecided(keys[1]))) {
      try Transition.check(WitnessBytes(hidden), stream([keys[1]], [], []))
    }
    let before = Digest(1 << 62, 0, 0, 0)
    let added = SetEntry(key: before, rows: 1, value: value(0))
    #expect(throws: Never.self) {
      try Transition.check(WitnessBytes(hidden), stream([], [], [added]))
    }
  }

  @Test func `is refused, not trapped on, when removed rows pass any count`() {
    let keys = [Digest(0, 0, 0, 1), Digest(1 << 63, 0, 0, 0)]
    let tree = ReferenceTree(keys.map { SetEntry(key: $0, rows: .max, value: value(0)) }[...])
    #expect(throws: TransitionRefusal.witness(.rowsOverflow)) {
      try Transition.check(WitnessBytes(tree.witness()), stream(keys, [], []))
    }
  }

  @Test func `is refused when it leads elsewhere`() throws {
    let entries = [SetEntry(key: value(1), rows: 1, value: value(0))]
    let root = try SetRoot(.release, of: entries).root
    let empty = try SetRoot(.release, of: []).root
    let witness = ReferenceTree(entries[...]).witness()
    let lists = try TransitionLists(removed: [value(1)], changed: [], added: [])
    #expect(throws: TransitionRefusal.rootBeforeDiffers(root)) {
      try Transition.check(WitnessBytes(witness), lists.stream, from: empty, to: empty)
    }
    #expect(throws: TransitionRefusal.rootAfterDiffers(empty)) {
      try Transition.check(WitnessBytes(witness), lists.stream, from: root, to: root)
    }
  }
}
