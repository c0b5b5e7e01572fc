internal import Datasets
internal import Dispatch
internal import LedgerCrypto
internal import SetCommitment

/// Roots, lookups and transitions of sets of random keys.
enum SetMeasurements {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let count = settings.rows
    var random = SystemRandomNumberGenerator()
    let keys = (0..<count).map { _ in
      Digest(random.next(), random.next(), random.next(), random.next())
    }
    let entries = keys.sorted().map { SetEntry(key: $0, rows: 1, value: keys[0]) }
    var found = [try root(entries, settings, cores: 1)]
    found.append(try root(entries, settings, cores: CryptoLimit.cores))
    let tree = try SetTree(.release, entries)
    found += try lookups(tree, settings)
    found += try transition(tree, settings)
    return found
  }

  /// Two hashes of two blocks a key bound it.
  private static func root(
    _ entries: [SetEntry], _ settings: Settings, cores: Int
  ) throws -> Measurement {
    try Measurement.compare(
      "set root from sorted keys, \(cores) thread\(cores == 1 ? "" : "s")", size: entries.count,
      rounds: settings.rounds, limit: "two SHA-256 of 114 B a key", target: 0.80
    ) {
      try CryptoLimit.hashing(114, cores: cores) / 2
    } _: {
      try rate(entries.count) {
        if cores == 1 {
          _ = try SetRoot(.release, of: entries)
        } else {
          DispatchQueue.concurrentPerform(iterations: 4 * cores) { part in
            let start = entries.count * part / (4 * cores)
            let end = entries.count * (part + 1) / (4 * cores)
            var builder = SetRootBuilder(.release)
            for index in start..<end { try? builder.push(entries[index]) }
            _ = builder.finish()
          }
        }
      }
    }
  }

  private static func lookups(_ tree: SetTree, _ settings: Settings) throws -> [Measurement] {
    let source = tree.source
    let step = max(1, tree.entries.count / 1_000)
    let keys = stride(from: 0, to: tree.entries.count, by: step).map { tree.entries[$0].key }
    var witnesses: [[UInt8]] = []
    for key in keys { witnesses.append(try WitnessMaker.lookup(key, in: source)) }
    let makes = try Measurement.compare(
      "make lookups, index in memory", size: tree.entries.count, rounds: settings.rounds,
      limit: "target: 1 ms each", target: 1
    ) {
      Speed.stated(1_000)
    } _: {
      try rate(keys.count) {
        for key in keys { _ = try WitnessMaker.lookup(key, in: source) }
      }
    }
    let checks = try Measurement.compare(
      "check lookups", size: tree.entries.count, rounds: settings.rounds,
      limit: "target: 50 µs each", target: 1
    ) {
      Speed.stated(20_000)
    } _: {
      try rate(keys.count) {
        for (key, witness) in zip(keys, witnesses) {
          let found = SetLookup.check(witness, root: tree.root.root, kind: .release, key: key)
          guard case .present = found else { throw BenchFailure.refused("\(found)") }
        }
      }
    }
    let largest = Double(witnesses.map(\.count).max() ?? 0)
    let size = Measurement.ceiling(
      "largest lookup", size: tree.entries.count, unit: " B", largest, limit: 1_400)
    return [makes, checks, size]
  }

  /// One row of a hundred leaves.
  private static func transition(_ tree: SetTree, _ settings: Settings) throws -> [Measurement] {
    let removed = stride(from: 50, to: tree.entries.count, by: 100).map { tree.entries[$0].key }
    let lists = try TransitionLists(removed: removed, changed: [], added: [])
    let witness = try WitnessMaker.transition(lists, in: tree.source)
    let hashes = Double(hashes(witness) - removed.count) / Double(removed.count)
    let bound = { try CryptoLimit.hashing(114, cores: 1) / hashes }
    let makes = try Measurement.compare(
      "make transitions, 1 % removed", size: removed.count, rounds: settings.rounds,
      limit: "hashes to check them, one thread", target: nil, bound
    ) {
      try rate(removed.count) { _ = try WitnessMaker.transition(lists, in: tree.source) }
    }
    let checks = try Measurement.compare(
      "check transitions, 1 % removed", size: removed.count, rounds: settings.rounds,
      limit: "hashes to check them, one thread", target: 0.5, bound
    ) {
      try rate(removed.count) {
        _ = try Transition.check(WitnessBytes(witness), lists.stream)
      }
    }
    let bytes = Double(witness.count) / Double(removed.count)
    let size = Measurement.ceiling(
      "transition, bytes a removed row", size: removed.count, unit: " B", bytes, limit: 450)
    return [makes, checks, size]
  }

  /// How many leaves and nodes a check hashes: those opened before, and the nodes again after.
  private static func hashes(_ witness: [UInt8]) -> Int {
    var place = 0
    var count = 0
    while place < witness.count {
      switch witness[place] {
      case 1:
        count += 1
        place += 1 + 72
      case 2:
        count += 2
        place += 2 + (Int(witness[place + 1]) + 7) / 8
      case 3: place += 1 + 40
      default: place += 1
      }
    }
    return count
  }
}
