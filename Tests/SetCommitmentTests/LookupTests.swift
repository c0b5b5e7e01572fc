import LedgerCrypto
import SetCommitment
import Testing

@Suite struct `A lookup` {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `decides every key, and follows the reference on any pruning`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let entries = smallEntries(&random, count: random.below(25))
    let kind: SetKind = seed.isMultiple(of: 2) ? .release : .entrySet
    let held = kind == .release ? entries : entries.map { SetEntry(member: $0.key) }
    let tree = try SetTree(kind, held)
    let probes = held.map(\.key) + (0..<20).map { _ in smallKey(&random, bits: 5, after: 0) }
    for key in probes {
      let entry = held.first { $0.key == key }
      let expected = entry.map { SetLookup.present(rows: $0.rows, value: $0.value) } ?? .absent
      let witness = try WitnessMaker.lookup(key, in: tree.source)
      #expect(
        SetLookup.check(witness, root: tree.root.root, kind: kind, key: key) == expected)
      #expect(try SetLookup.root(of: WitnessBytes(witness), kind: kind).root == tree.root.root)
    }
    guard kind == .release else { return }
    for key in probes {
      let pruned = try ReferenceTree(held[...]).pruned(&random, oneIn: 5)
      let found = SetLookup.check(
        pruned.witness(), root: tree.root.root, kind: .release, key: key)
      do {
        let entry = try pruned.looking(for: key)
        #expect(found == entry.map { .present(rows: $0.rows, value: $0.value) } ?? .absent)
      } catch {
        #expect(found == .failed(.undecided(key)))
      }
    }
  }

  @Test func `fails when any bit of the witness changes`() throws {
    var random = SplitMix64(seed: 3)
    let entries = smallEntries(&random, count: 12)
    let tree = try SetTree(.release, entries)
    for key in [entries[0].key, entries[entries.count / 2].key, random.digest()] {
      let witness = try WitnessMaker.lookup(key, in: tree.source)
      for bit in 0..<witness.count * 8 {
        var altered = witness
        altered[bit >> 3] ^= 0x80 >> UInt8(bit & 7)
        guard
          case .failed = SetLookup.check(
            altered, root: tree.root.root, kind: .release, key: key)
        else {
          Issue.record("bit \(bit) of \(witness.hex) does not matter")
          return
        }
      }
    }
  }

  @Test func `fails for each form of bytes that is not a witness`() {
    let key = Digest(1 << 63, 0, 0, 0)
    let leaf: [UInt8] = [1] + key.bytes + bigEndian(1) + value(0).bytes
    let hidden: [UInt8] = [3] + bigEndian(1) + value(0).bytes
    let low: [UInt8] = [1] + Digest(0, 0, 0, 7).bytes + bigEndian(1) + value(0).bytes
    let cases: [([UInt8], WitnessFailure)] = [
      ([], .truncated), ([2], .truncated), ([2, 9, 0], .truncated),
      (Array(leaf.dropLast()), .truncated),
      (Array(hidden.dropLast()), .truncated), ([2, 0] + hidden, .truncated),
      ([0, 0], .trailingBytes), (leaf + [0], .trailingBytes), ([4], .unknownTag(4)),
      ([0xff], .unknownTag(0xff)), ([2, 0, 0] + leaf, .emptyBelowNode),
      ([2, 0] + low + [0], .emptyBelowNode),
      ([1] + key.bytes + bigEndian(0) + value(0).bytes, .withoutRows),
      ([3] + bigEndian(0) + value(0).bytes, .withoutRows),
      ([2, 0] + leaf + hidden, .misplaced(key)),
      ([2, 0] + hidden + low, .misplaced(Digest(0, 0, 0, 7))),
      ([2, 0] + hidden + [2, 0] + hidden + hidden, .bitDoesNotIncrease(0)),
      ([2, 1, 0xff] + hidden + hidden, .prefixTooLong(Digest(0xff << 56, 0, 0, 0))),
      ([2, 8, 0x80] + hidden + leaf, .misplaced(key)),
      (
        [2, 0, 3] + bigEndian(.max) + value(0).bytes + [3] + bigEndian(1) + value(1).bytes,
        .rowsOverflow
      ),
      (
        [1] + key.bytes + bigEndian(1) + [UInt8](repeating: 0, count: 32),
        .leafMalformed(SetEntry(member: key))
      ),
    ]
    for (bytes, failure) in cases {
      #expect(
        SetLookup.check(bytes, root: value(0), kind: .release, key: key) == .failed(failure),
        "\(bytes.hex)")
      #expect(throws: TransitionRefusal.witness(failure)) {
        try Transition.check(WitnessBytes(bytes), stream([], [], []))
      }
    }
    let entry = SetEntry(key: key, rows: 1, value: value(0))
    #expect(
      SetLookup.check(leaf, root: value(0), kind: .entrySet, key: key)
        == .failed(.leafMalformed(entry)))
    let double = SetEntry(key: key, rows: 2, value: SetEntry(member: key).value)
    let doubled: [UInt8] = [1] + key.bytes + bigEndian(2) + [UInt8](repeating: 0, count: 32)
    #expect(
      SetLookup.check(doubled, root: value(0), kind: .entrySet, key: key)
        == .failed(.leafMalformed(double)))
  }

  @Test func `fails under another root, kind or count`() throws {
    let entries = [SetEntry(member: value(1)), SetEntry(member: value(2))].sorted {
      $0.key < $1.key
    }
    let tree = try SetTree(.entrySet, entries)
    let witness = try WitnessMaker.lookup(value(1), in: tree.source)
    #expect(
      SetLookup.check(witness, root: value(9), kind: .entrySet, key: value(1))
        == .failed(.rootDiffers(tree.root.root)))
    let uncounted = SetHash.root(.entrySet, count: 3, top: tree.root.top)
    #expect(
      SetLookup.check(witness, root: uncounted, kind: .entrySet, key: value(1))
        == .failed(.rootDiffers(tree.root.root)))
    let asRelease = SetHash.root(.release, count: 2, top: tree.root.top)
    #expect(SetLookup.check(witness, root: asRelease, kind: .release, key: value(1)) != .absent)
    let hidden: [UInt8] = [3] + bigEndian(2) + tree.root.top.bytes
    #expect(
      SetLookup.check(hidden, root: tree.root.root, kind: .entrySet, key: value(1))
        == .failed(.undecided(value(1))))
  }

  @Test func `survives any mutation of its witness`() throws {
    var random = SplitMix64(seed: 11)
    var witnesses: [[UInt8]] = [[0]]
    for _ in 0..<20 {
      let entries = smallEntries(&random, count: 1 + random.below(30))
      let tree = ReferenceTree(entries[...])
      witnesses.append(try tree.pruned(&random, oneIn: 4).witness())
    }
    let lists = stream([], [], [])
    for _ in 0..<mutationCount {
      let bytes = mutate(witnesses[random.below(witnesses.count)], &random)
      let key = smallKey(&random, bits: 5, after: 0)
      _ = SetLookup.check(bytes, root: value(0), kind: .release, key: key)
      _ = SetLookup.check(bytes, root: value(0), kind: .entrySet, key: key)
      let whole = try? SetLookup.root(of: WitnessBytes(bytes), kind: .release)
      let folded = try? Transition.check(WitnessBytes(bytes), lists)
      #expect(whole?.root == folded?.rootBefore)
      #expect(folded?.rootAfter == folded?.rootBefore)
    }
  }
}
