import LedgerCrypto
import SetCommitment
import Testing

/// An index as a file holds it.
private struct IndexFile {
  var records: [UInt8] = []
  var nodes: [UInt8] = []
  let kind: SetKind
  let blockSize: Int
  let root: SetRoot

  init(_ kind: SetKind, _ entries: [SetEntry], blockSize: Int) throws {
    self.kind = kind
    self.blockSize = blockSize
    var builder = SetIndexBuilder(kind, blockSize: blockSize)
    for entry in entries {
      try builder.push(entry)
      SetIndexLayout.append(entry, to: &records)
      for node in builder.takeNodes() { SetIndexLayout.append(node, to: &nodes) }
    }
    root = builder.finish()
    for node in builder.takeNodes() { SetIndexLayout.append(node, to: &nodes) }
  }

  var source: SetSource {
    let (records, nodes) = (records, nodes)
    return SetSource(
      kind: kind, count: records.count / SetIndexLayout.recordLength,
      nodeCount: nodes.count / SetIndexLayout.nodeLength, blockSize: blockSize,
      entries: { (range) throws(SetSourceFailure) in
        var entries: [SetEntry] = []
        for index in range {
          guard let entry = SetIndexLayout.entry(records, at: index * SetIndexLayout.recordLength)
          else { throw .damaged("record \(index)") }
          entries.append(entry)
        }
        return entries
      },
      node: { (index) throws(SetSourceFailure) in
        guard let node = SetIndexLayout.node(nodes, at: index * SetIndexLayout.nodeLength) else {
          throw .damaged("node \(index)")
        }
        return node
      })
  }
}

@Suite struct `An index on disk` {
  @Test(arguments: [1, 2, 5, 16, 256])
  func `gives the witnesses of the tree in memory, byte for byte`(blockSize: Int) throws {
    for seed in 0..<12 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let entries = smallEntries(&random, count: random.below(90))
      let tree = try SetTree(.release, entries)
      let index = try IndexFile(.release, entries, blockSize: blockSize)
      #expect(index.root == tree.root)
      for key in entries.map(\.key).prefix(9) + [
        random.digest(), smallKey(&random, bits: 6, after: 0),
      ] {
        #expect(
          try WitnessMaker.lookup(key, in: index.source)
            == WitnessMaker.lookup(key, in: tree.source))
        #expect(
          try index.source.lowerBound(key) == entries.count { $0.key < key })
      }
      let after =
        (entries.filter { _ in random.below(4) > 0 } + [
          SetEntry(key: random.digest(), rows: 1, value: value(1))
        ])
        .sorted { $0.key < $1.key }
      let lists = try TransitionLists(from: entries, to: after)
      let witness = try WitnessMaker.transition(lists, in: index.source)
      #expect(try witness == WitnessMaker.transition(lists, in: tree.source))
      let transition = try Transition.check(WitnessBytes(witness), lists.stream)
      #expect(transition.rootAfter == (try SetRoot(.release, of: after).root))
    }
  }

  @Test func `has few nodes for each block of records`() throws {
    var random = SplitMix64(seed: 1)
    let entries = (0..<4_000).map { _ in random.digest() }.sorted()
      .map { SetEntry(key: $0, rows: 1, value: value(0)) }
    let index = try IndexFile(.release, entries, blockSize: 64)
    #expect(index.source.nodeCount < 4 * 4_000 / 64)
    let witness = try WitnessMaker.lookup(entries[1_234].key, in: index.source)
    #expect(witness.count < 900)
  }

  @Test func `reads nodes strictly`() throws {
    var random = SplitMix64(seed: 2)
    let entries = smallEntries(&random, count: 40)
    let index = try IndexFile(.release, entries, blockSize: 4)
    for number in 0..<index.source.nodeCount {
      let offset = number * SetIndexLayout.nodeLength
      let node = try #require(SetIndexLayout.node(index.nodes, at: offset))
      var copy: [UInt8] = []
      SetIndexLayout.append(node, to: &copy)
      #expect(copy == Array(index.nodes[offset..<offset + SetIndexLayout.nodeLength]))
      #expect(node.moved(records: .max, nodes: 0) == nil || node.first == 0)
    }
    #expect(SetIndexLayout.node(index.nodes, at: -1) == nil)
    #expect(SetIndexLayout.node(index.nodes, at: index.nodes.count - 104) == nil)
    #expect(SetIndexLayout.entry(index.records, at: index.records.count - 71) == nil)
    #expect(SetIndexLayout.entry([], at: 0) == nil)
    let zeros = [UInt8](repeating: 0, count: SetIndexLayout.nodeLength)
    #expect(SetIndexLayout.node(zeros, at: 0) == nil)
  }

  @Test func `that is damaged gives a failure or a witness of another root, never a trap`() throws {
    var random = SplitMix64(seed: 4)
    let entries = smallEntries(&random, count: 40)
    let whole = try IndexFile(.release, entries, blockSize: 4)
    let lists = try TransitionLists(
      removed: entries.filter { _ in random.below(3) == 0 }.map(\.key), changed: [], added: [])
    for _ in 0..<max(300, mutationCount / 20) {
      var index = whole
      if random.below(2) == 0 {
        index.nodes = mutate(index.nodes, &random)
      } else {
        index.records = mutate(index.records, &random)
      }
      let key = entries[random.below(entries.count)]
      if let witness = try? WitnessMaker.lookup(key.key, in: index.source) {
        let found = SetLookup.check(witness, root: whole.root.root, kind: .release, key: key.key)
        #expect(found != .absent)
      }
      _ = try? WitnessMaker.transition(lists, in: index.source)
    }
  }

  @Test func `whose bits do not increase is damaged, since its depth would have no bound`() throws {
    let entries = (0..<8).map { SetEntry(key: Digest($0 << 61, 0, 0, 0), rows: 1, value: value(0)) }
    var index = try IndexFile(.release, entries, blockSize: 1)
    let last = index.source.nodeCount - 1
    guard case .inner(_, let left, _) = try index.source.node(last).content else { return }
    #expect(throws: Never.self) { try WitnessMaker.lookup(entries[0].key, in: index.source) }
    index.nodes[left * SetIndexLayout.nodeLength + SetIndexLayout.nodeLength - 1] = 0
    #expect(throws: SetSourceFailure.damaged("a node's bit does not increase")) {
      try WitnessMaker.lookup(entries[0].key, in: index.source)
    }
  }

  @Test func `refuses lists that are not of its set`() throws {
    let entries = (0..<3).map { SetEntry(key: Digest($0, 0, 0, 0), rows: 1, value: value(0)) }
    let source = try SetTree(.release, entries).source
    let stranger = Digest(9, 0, 0, 0)
    let new = SetEntry(key: stranger, rows: 1, value: value(0))
    let empty = try SetTree(.release, []).source
    for source in [source, empty] {
      #expect(throws: WitnessMakingFailure.refused(.removedAbsent(stranger))) {
        let lists = try TransitionLists(removed: [stranger], changed: [], added: [])
        return try WitnessMaker.transition(lists, in: source)
      }
      #expect(throws: WitnessMakingFailure.refused(.changedAbsent(stranger))) {
        let lists = try TransitionLists(removed: [], changed: [new], added: [])
        return try WitnessMaker.transition(lists, in: source)
      }
    }
    #expect(throws: WitnessMakingFailure.refused(.addedPresent(entries[0].key))) {
      let lists = try TransitionLists(removed: [], changed: [], added: [entries[0]])
      return try WitnessMaker.transition(lists, in: source)
    }
  }
}
