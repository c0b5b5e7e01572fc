import LedgerCrypto
import SetCommitment
import Testing

@Suite struct `The vectors of sets` {
  let file: Vectors.File

  init() throws {
    file = try Vectors.read()
  }

  private func entries(_ set: Vectors.SetVector) throws -> [SetEntry] {
    var rows: [KeyedDigest] = []
    for entry in set.entries {
      for row in entry.digests {
        rows.append(KeyedDigest(key: try digest(entry.key), digest: try digest(row)))
      }
    }
    return try SetEntry.merging(rows.reversed())
  }

  @Test func `give the values and roots of every set`() throws {
    #expect(file.sets.count == 7)
    for set in file.sets {
      let entries = try entries(set)
      #expect(try entries.map { $0.key } == set.entries.map { try digest($0.key) }.sorted())
      for (entry, vector) in zip(entries, set.entries.sorted { $0.key < $1.key }) {
        #expect(entry.value.hex == vector.value, "\(set.name)")
      }
      let root = try SetRoot(.release, of: entries)
      #expect(root.root.hex == set.root, "\(set.name)")
      #expect(root.rows == set.rows)
      #expect(EntrySet(entries.map(\.key)).root.root.hex == set.entrySetRoot, "\(set.name)")
    }
  }

  @Test func `give every lookup, and its witness byte for byte`() throws {
    for set in file.sets {
      let tree = try SetTree(.release, try entries(set))
      for lookup in set.lookups {
        let key = try digest(lookup.key)
        let found = SetLookup.check(
          try bytes(lookup.witness), root: try digest(set.root), kind: .release, key: key)
        if lookup.present {
          let rows = try #require(lookup.rows)
          #expect(found == .present(rows: rows, value: try digest(try #require(lookup.value))))
        } else {
          #expect(found == .absent)
        }
        #expect(try WitnessMaker.lookup(key, in: tree.source).hex == lookup.witness)
      }
    }
  }

  @Test func `give every transition, and its witness byte for byte`() throws {
    for set in file.sets {
      let tree = try SetTree(.release, try entries(set))
      for vector in set.transitions {
        let lists = try TransitionLists(
          removed: vector.removed.map(digest), changed: vector.changed.map { try $0.entry() },
          added: vector.added.map { try $0.entry() })
        let transition = try Transition.check(
          WitnessBytes(try bytes(vector.witness)), lists.stream,
          from: try digest(vector.rootBefore), to: try digest(vector.rootAfter))
        #expect(transition.rowsAfter == vector.rowsAfter, "\(set.name)")
        #expect(try WitnessMaker.transition(lists, in: tree.source).hex == vector.witness)
        #expect(try TransitionLists(lists.bytes) == lists)
      }
    }
  }

  @Test func `have every malformed witness refused`() throws {
    #expect(file.refusedWitnesses.count == 15)
    for vector in file.refusedWitnesses {
      let kind = vector.kind == "set" ? SetKind.entrySet : .release
      let witness = try bytes(vector.witness)
      #expect(throws: WitnessFailure.self, "\(vector.name)") {
        try SetLookup.root(of: WitnessBytes(witness), kind: kind)
      }
      if kind == .release {
        #expect(throws: TransitionRefusal.self, "\(vector.name)") {
          try Transition.check(WitnessBytes(witness), stream([], [], []))
        }
      }
    }
  }

  @Test func `have every false transition refused`() throws {
    #expect(file.refusedTransitions.count == 10)
    for vector in file.refusedTransitions {
      let witness = try bytes(vector.witness)
      #expect(
        try SetLookup.root(of: WitnessBytes(witness), kind: .release).root.hex == vector.rootBefore)
      let lists = stream(
        try vector.removed.map(digest), try vector.changed.map { try $0.entry() },
        try vector.added.map { try $0.entry() })
      #expect(throws: TransitionRefusal.self, "\(vector.name)") {
        try Transition.check(WitnessBytes(witness), lists)
      }
    }
  }
}
