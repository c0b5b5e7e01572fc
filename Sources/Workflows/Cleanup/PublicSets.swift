internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// The sets of keys that anyone may hold: by which of them hold a row, it is told from others.
///
/// They are the releases, whose files were given out, and the members of open sets; with the releases
/// the lists between them.
struct PublicSets {
  /// In which of the sets a key is.
  typealias Trait = [Bool]

  private var releases: [SetSource] = []
  private var open: [EntrySet] = []
  /// Whether all of them are here: any other may tell any row from the rest.
  private(set) var isComplete = true

  /// Whether each of the sets has `key`, in their order; about log2(n) reads for a release of n keys.
  func trait(of key: Digest) throws -> Trait {
    try releases.map { try $0.holds(key) } + open.map { $0.contains(key) }
  }

  /// How many of `keys` have each trait that any of them has.
  func traits(of keys: [Digest]) throws -> [Trait: UInt64] {
    var counts: [Trait: UInt64] = [:]
    for key in keys { counts[try trait(of: key), default: 0] += 1 }
    return counts
  }

  mutating func add(_ index: IndexFile) { releases.append(index.source) }
  mutating func add(_ members: EntrySet?) {
    if let members { open.append(members) } else { isComplete = false }
  }
  mutating func add(_ other: PublicSets) {
    releases += other.releases
    open += other.open
    if !other.isComplete { isComplete = false }
  }
  mutating func addUnknown() { isComplete = false }
}

extension Session {
  /// The public sets with keys of `dataset`.
  func publicSets(of dataset: Name) throws -> PublicSets {
    var sets = PublicSets()
    let catalog = try ledger.state.catalog
    for record in catalog.releases(withKeysOf: dataset) {
      let name = record.publication.release
      if Directory.holds(directory.index(of: name)) {
        sets.add(try index(of: name))
      } else {
        sets.addUnknown()
      }
      for item in record.reinstatements {
        if let event = try ledger.event(id: item.event) { try add(event, to: &sets) }
      }
      for finding in try ledger.findings(on: name) {
        if let event = try ledger.event(at: finding.sequence) { try add(event, to: &sets) }
      }
    }
    return sets
  }

  /// Adds the set that an event made, where it is open or a published filter says what is in it.
  private func add(_ event: AdmittedEvent, to sets: inout PublicSets) throws {
    switch event.statement.body {
    case .matchCompleted(let body) where body.set.disclosure == .open:
      sets.add(try membersHere(of: body.set, event))
    case .filterCompleted(let body)
    where body.set.disclosure == .open || body.filter.disclosure == .open:
      sets.add(try membersHere(of: body.set, event))
    case .unionComputed(let body) where body.set.disclosure == .open:
      sets.add(try membersHere(of: body.set, event))
    case .reinstatementDecided(let body) where body.set.disclosure == .open:
      sets.add(try membersHere(of: body.set, event))
    default: break
    }
  }
}
