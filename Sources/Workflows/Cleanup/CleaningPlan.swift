internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// What cleaning a release does now: what `--dry-run` prints, and `clean` carries out.
package struct CleaningPlan: Sendable {
  package let release: VersionedName
  /// What is applied, in the order of the log.
  package let decisions: [Decision]
  /// How many decisions are left for a further cleaning.
  package let later: Int
  /// The keys that leave: what was decided to go, decoys, and what stands in for keys that two
  /// decisions name or that were gone.
  let leaving: EntrySet
  package let removed: Tally
  /// What comes back, with the rows that it had when it left, by key ascending.
  let returning: [SetEntry]
  package let added: Tally
  /// The releases whose files have those rows so, the oldest first.
  let sources: [Source]
  package let disclosure: Disclosure
  /// Removals among these that were taken back on a later release.
  package let takenBack: [TakenBack]

  /// An older release from which rows come back.
  struct Source: Sendable {
    let release: VersionedName
    let keys: EntrySet
  }
}

extension CleaningPlan {
  /// Plans the cleaning of `release` to `target`; reads indexes, and the sets of what was decided.
  ///
  /// The files are neither read nor written, so that what only they show is not found.
  package init(
    of release: VersionedName, to target: VersionedName, _ shelf: Shelf
  ) throws {
    guard target.name == release.name else {
      throw WorkflowFailure.badInput(
        "A cleaned release is one of the same dataset; name it \(release.name)@VERSION.")
    }
    _ = try shelf.view.release(release)
    try shelf.view.state.checkIsNew(target)
    self = try shelf.cleaningPlan(release)
  }
}

extension Shelf {
  fileprivate func cleaningPlan(_ release: VersionedName) throws -> CleaningPlan {
    let record = try view.release(release)
    let catalog = view.state.catalog
    let next = catalog.next(for: release)
    guard !next.isEmpty else { throw WorkflowFailure.nothingPending(release) }
    let history = try vault.history(of: next)
    let source = try index(of: release).source
    var there = EntrySet([Digest]())
    for removal in history.removals {
      let keys = removal.held.union(removal.decoys)
      let found = EntrySet(try keys.members.filter { try source.holds($0) })
      // What is decided on the release itself is there.
      guard found == keys || removal.body.release != release else {
        throw WorkflowFailure.indexDiffers(release)
      }
      there = there.union(found)
    }
    let returning = try returning(history, to: record, source)
    var leaving = there
    if catalog.mark(of: release.name) != nil {
      leaving = leaving.union(
        try standIns(history, leaving: leaving, returning: returning, release, source))
    }
    return CleaningPlan(
      release: release, decisions: next, later: catalog.pending(for: release).count - next.count,
      leaving: leaving,
      removed: Tally(
        keys: UInt64(leaving.count), rows: try rows(of: leaving.members, in: release)),
      returning: returning, added: try tally(of: returning, in: release),
      sources: try sources(of: returning, before: release),
      disclosure: catalog.mark(of: release.name) == nil ? .open : .sealed,
      takenBack: try view.takenBack(
        next.filter(\.isRemoval).map(\.event), outside: release, before: view.size))
  }

  /// What comes back: keys of the reinstatements that no removal holds any more and that a cleaning
  /// had taken from the line.
  private func returning(
    _ history: LineHistory, to record: ReleaseRecord, _ source: SetSource
  ) throws -> [SetEntry] {
    if history.reinstatements.isEmpty { return [] }
    let release = record.publication.release
    let now = Set(history.removals.map(\.id) + history.reinstatements.map(\.id))
    let later = Set(view.state.catalog.pending(for: release).map(\.event)).subtracting(now)
    let line = try vault.history(
      of: view.decisions(before: release).filter { !later.contains($0.event) })
    let held = line.held().union(line.decoys)
    var entries: [Digest: SetEntry] = [:]
    for item in history.reinstatements {
      for key in item.keys.subtracting(held).members where try !source.holds(key) {
        entries[key] = try entry(of: key, takenBy: item.removals, before: release)
      }
    }
    return entries.values.sorted { $0.key < $1.key }
  }

  /// What stands in: where public counts say that more leaves than there is, another key with as many
  /// rows leaves for each that is missing.
  ///
  /// Of a key, m removals of the batch speak and b reinstatements; it leaves or it comes back, or
  /// neither. By the counts m − b keys go on its account, and what is missing of them is drawn.
  private func standIns(
    _ history: LineHistory, leaving: EntrySet, returning: [SetEntry], _ release: VersionedName,
    _ source: SetSource
  ) throws -> EntrySet {
    var named: [Digest: [Int]] = [:]
    var seen = EntrySet([Digest]())
    var special = history.reinstatements.reduce(seen) { $0.union($1.keys) }
    let all = history.removals.map { $0.keys.union($0.decoys) }
    for keys in all {
      special = special.union(seen.intersection(keys)).union(keys.subtracting(leaving))
      seen = seen.union(keys)
    }
    for (place, keys) in all.enumerated() {
      for key in keys.intersection(special).members { named[key, default: []].append(place) }
    }
    let back = Set(returning.map(\.key))
    var wanted: [Int: [Digest]] = [:]
    for key in special.members {
      let places = named[key] ?? []
      let taken = history.reinstatements.count { $0.keys.contains(key) }
      let missing =
        places.count - taken + (back.contains(key) ? 1 : 0) - (leaving.contains(key) ? 1 : 0)
      for place in places.suffix(max(0, missing)) { wanted[place, default: []].append(key) }
    }
    if wanted.isEmpty { return EntrySet([Digest]()) }
    let decided = try vault.decidedKeys(of: release.name)
    var draw = RowDraw(
      release, source, try vault.familySecret(of: release.name), excluding: decided)
    var drawn: [Digest] = []
    for (place, keys) in wanted.sorted(by: { $0.key < $1.key }) {
      let removal = history.removals[place]
      let decidedOn = try index(of: removal.body.release).source
      for (number, key) in keys.enumerated() {
        guard let entry = try decidedOn.entry(of: key) else {
          throw WorkflowFailure.indexDiffers(removal.body.release)
        }
        drawn.append(
          try draw.draw(UInt64(number), for: removal.id.digest, rows: entry.rows))
      }
    }
    return EntrySet(drawn)
  }
}
