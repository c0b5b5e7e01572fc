import LedgerCrypto
import SetCommitment
import Testing

/// Trees whose hashes are consistent and whose shape is not: what a dishonest publisher can sign.
@Suite struct `A hostile tree` {
  private static let keys = (0..<8).map { Digest(UInt64($0) << 61, 0, 0, 0) }

  private func leaf(_ number: Int, value: Digest) -> ReferenceTree {
    .leaf(SetEntry(key: Self.keys[number], rows: 1, value: value))
  }

  /// A tree over the keys of three bits that goes wrong here and there.
  private func hostile(
    _ random: inout SplitMix64, bit: Int, prefix: Digest
  ) throws -> ReferenceTree {
    if bit > 2 || random.below(4) == 0 {
      let lies = random.below(4) == 0
      let inside = (0..<8).filter { Self.keys[$0].testPrefix(bit) == prefix }
      let number = lies ? random.below(8) : inside[random.below(inside.count)]
      return leaf(number, value: value(random.below(2)))
    }
    let skips = random.below(5) == 0 ? 1 : 0
    let here = min(2, bit + skips)
    let from = Self.keys.filter { $0.testPrefix(bit) == prefix }.randomElement(using: &random)
    let own = (from ?? prefix).testPrefix(here)
    var high = own.bytes
    high[0] |= 0x80 >> UInt8(here)
    let left = try hostile(&random, bit: here + 1, prefix: own)
    let right = try hostile(&random, bit: here + 1, prefix: Digest(bytes: high) ?? own)
    var claimedPrefix = own
    var claimedBit = here
    var claims: (UInt64, UInt64)?
    switch random.below(10) {
    case 0: claimedPrefix = Self.keys[random.below(8)].testPrefix(here)
    case 1: claimedBit = random.below(3)
    case 2:
      let (a, b) = (try left.rows(), try right.rows())
      if a > 1 { claims = (a - 1, b + 1) } else { claims = (a + 1, b) }
    case 3: claimedPrefix = Self.keys[random.below(8)]
    default: break
    }
    return random.below(12) == 0
      ? .node(bit: claimedBit, prefix: claimedPrefix, left: right, right: left, claims: claims)
      : .node(bit: claimedBit, prefix: claimedPrefix, left: left, right: right, claims: claims)
  }

  /// Every pruning of a tree.
  private func prunings(_ tree: ReferenceTree, claim: UInt64? = nil) throws -> [ReferenceTree] {
    let hidden = ReferenceTree.opaque(
      rows: try claim ?? tree.rows(), hash: try tree.hash(), hidden: tree)
    guard case .node(let bit, let prefix, let left, let right, let claims) = tree else {
      return [tree, hidden]
    }
    var all = [hidden]
    let rights = try prunings(right, claim: claims?.1)
    for left in try prunings(left, claim: claims?.0) {
      for right in rights {
        all.append(.node(bit: bit, prefix: prefix, left: left, right: right, claims: claims))
      }
    }
    return all
  }

  /// Everything that some witness of the root shows about each key.
  private func answers(_ prunings: [ReferenceTree], root: Digest) -> [Set<SetLookup>] {
    var all = [Set<SetLookup>](repeating: [], count: 8)
    for pruning in prunings {
      let witness = pruning.witness()
      for (number, key) in Self.keys.enumerated() {
        let found = SetLookup.check(witness, root: root, kind: .release, key: key)
        if case .failed = found { continue }
        all[number].insert(found)
      }
    }
    return all
  }

  @Test func `lets no transition change the lookup of a key that it does not list`() throws {
    #if DEBUG
      let trees = 60
    #else
      let trees = 3_000
    #endif
    var random = SplitMix64(seed: 2_236)
    var (accepted, dishonest) = (0, 0)
    for _ in 0..<trees {
      let tree = try hostile(&random, bit: 0, prefix: Digest(0, 0, 0, 0))
      let root = try tree.root()
      let before = try prunings(tree)
      let known = answers(before, root: root)
      for set in known { #expect(set.count <= 1, "one root gives two answers") }
      for _ in 0..<30 {
        let witness = before[random.below(before.count)]
        var (removed, changed, added) = ([Digest](), [SetEntry](), [SetEntry]())
        for key in Self.keys {
          let entry = SetEntry(key: key, rows: 1 + random.next() % 2, value: value(random.below(3)))
          switch random.below(12) {
          case 0, 1: removed.append(key)
          case 2: changed.append(entry)
          case 3: added.append(entry)
          default: break
          }
        }
        let transition = try? Transition.check(
          WitnessBytes(witness.witness()), stream(removed, changed, added))
        guard let transition, transition.rootBefore == root else { continue }
        // What the publisher then holds: the tree after, with everything that was hidden.
        let after = try witness.applying(removed, changed, added)
        #expect(try after.root() == transition.rootAfter)
        let opened = try after.opened()
        #expect(try opened.hash() == after.hash())
        let listed = Set(removed + (changed + added).map(\.key))
        let later = answers(try prunings(opened), root: transition.rootAfter)
        for (number, key) in Self.keys.enumerated() where !listed.contains(key) {
          #expect(later[number] == known[number], "key \(number)")
        }
        for entry in changed + added {
          let number = Self.keys.firstIndex(of: entry.key) ?? 0
          #expect(later[number].isSubset(of: [.present(rows: entry.rows, value: entry.value)]))
        }
        for key in removed {
          #expect(later[Self.keys.firstIndex(of: key) ?? 0].isSubset(of: [.absent]))
        }
        accepted += 1
        if (try? tree.judge()) == nil { dishonest += 1 }
      }
    }
    #expect(accepted > trees / 10)
    #expect(dishonest > 0)
  }

  @Test func `cannot hide a key below a wrong prefix that comes back`() throws {
    // The right side holds a key of the left: no lookup finds it before, and it must not return.
    let misfiled = leaf(1, value: value(1))
    let tree = ReferenceTree.node(
      bit: 0, prefix: Digest(0, 0, 0, 0), left: leaf(0, value: value(0)), right: misfiled,
      claims: nil)
    #expect(throws: TransitionRefusal.witness(.misplaced(Self.keys[1]))) {
      try Transition.check(WitnessBytes(tree.witness()), stream([Self.keys[0]], [], []))
    }
    let hidden = ReferenceTree.node(
      bit: 0, prefix: Digest(0, 0, 0, 0), left: leaf(0, value: value(0)),
      right: .opaque(rows: 1, hash: try misfiled.hash(), hidden: nil), claims: nil)
    #expect(throws: TransitionRefusal.movedSideHidden(Digest(0, 0, 0, 0))) {
      try Transition.check(WitnessBytes(hidden.witness()), stream([Self.keys[0]], [], []))
    }
  }

  @Test func `cannot lend rows from one side to the other`() throws {
    let honest = ReferenceTree.node(
      bit: 0, prefix: Digest(0, 0, 0, 0), left: leaf(0, value: value(0)),
      right: leaf(4, value: value(0)), claims: nil)
    let lent = ReferenceTree.node(
      bit: 0, prefix: Digest(0, 0, 0, 0), left: leaf(0, value: value(0)),
      right: leaf(4, value: value(0)), claims: (2, 0))
    #expect(try honest.rows() == lent.rows())
    #expect(try honest.root() != lent.root())
    let lookup = SetLookup.check(
      lent.witness(), root: try lent.root(), kind: .release, key: Self.keys[0])
    #expect(lookup == .failed(.rootDiffers(try honest.root())))
  }
}
