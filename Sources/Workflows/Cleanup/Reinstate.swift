internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `reinstate` recorded.
  package struct ReinstatementDone: Sendable {
    package let recorded: Recorded
    package let tally: Tally
    package let removals: [EventID]
  }

  /// Decides that keys of removals are to come back, or to stay.
  ///
  /// `removals` are their sequences; none stands for every removal of the line that holds one of the
  /// rows. `grounds` are the sequences of what it rests on. With no `rows`, all comes back that the
  /// removals took away and nothing else holds.
  ///
  /// - Throws: ``WorkflowFailure/alreadyReinstated(_:)`` where rows are to come back already or are
  ///   back, and ``WorkflowFailure/heldElsewhere(_:)`` where removals that are not named hold rows, too.
  package func reinstate(
    _ release: VersionedName, removals: [UInt64], grounds: [UInt64], rows: [HeldRow]
  ) throws -> ReinstatementDone {
    _ = try self.release(release)
    let attempt = try attempt()
    let secrets = try secrets()
    // What the first try decided is no reason against the second.
    let decisions = try decisions(before: release).filter { decision in
      !attempt.earlier.contains { $0.id == decision.event }
    }
    let history = try history(of: decisions, secrets)
    let named = try Set(removals.map { try event($0).id })
    for id in named where !history.removals.contains(where: { $0.id == id }) {
      throw Refusal.wrongReference(id, expected: "a removal of the line of \(release)")
    }
    let keys = try returning(
      rows.isEmpty ? nil : try self.keys(of: rows, in: release), named, history, to: release)
    let holders = history.removals.filter { $0.held.intersection(keys).count > 0 }
    let ids = holders.map(\.id).sorted()
    let tally = try tally(of: keys, heldBy: holders, before: release)
    let groundIDs = try grounds.map { try event($0).id }
    return try undoing {
      let set = try sealSet(
        keys.members, kind: .reinstatementDecided, attempt: attempt, secrets: secrets)
      let recorded = try record(
        { _ in
          .reinstatementDecided(
            .init(
              release: release, removals: ids, grounds: groundIDs, reinstated: tally, set: set))
        }, attempt: attempt)
      return ReinstatementDone(recorded: recorded, tally: tally, removals: ids)
    }
  }

  /// The keys that are to come back: those of the rows, or all that only the named removals hold.
  private func returning(
    _ wanted: EntrySet?, _ named: Set<EventID>, _ history: LineHistory, to release: VersionedName
  ) throws -> EntrySet {
    let held = history.held { named.isEmpty || named.contains($0.id) }
    let elsewhere = named.isEmpty ? EntrySet([Digest]()) : history.held { !named.contains($0.id) }
    guard let wanted else {
      let keys = try withoutThere(held.subtracting(elsewhere), history, in: release)
      if keys.count > 0 { return keys }
      let others = held.intersection(elsewhere).count
      throw others > 0
        ? WorkflowFailure.heldElsewhere(UInt64(others))
        : WorkflowFailure.alreadyReinstated(
          history.removals.filter { named.contains($0.id) }.reduce(0) { $0 + $1.body.removed.keys })
    }
    let removed = history.removals.filter { named.isEmpty || named.contains($0.id) }
      .reduce(EntrySet([Digest]())) { $0.union($1.keys) }
    guard wanted.isSubset(of: removed) else { throw WorkflowFailure.notRemoved(release) }
    let keys = try withoutThere(wanted.intersection(held), history, in: release)
    guard keys == wanted else {
      throw WorkflowFailure.alreadyReinstated(UInt64(wanted.subtracting(keys).count))
    }
    let others = wanted.intersection(elsewhere).count
    guard others == 0 else { throw WorkflowFailure.heldElsewhere(UInt64(others)) }
    return keys
  }

  /// `keys` without those that are in the release though a cleaning took them: they are back.
  private func withoutThere(
    _ keys: EntrySet, _ history: LineHistory, in release: VersionedName
  ) throws -> EntrySet {
    let pending = Set(try ledger.state.catalog.pending(for: release).map(\.event))
    let toGo = history.held { pending.contains($0.id) }
    let gone = keys.subtracting(toGo)
    if gone.count == 0 { return keys }
    let source = try index(of: release).source
    return keys.subtracting(EntrySet(try gone.members.filter { try source.holds($0) }))
  }

  /// The keys with the rows that they had when they left, or that they have where they are to go.
  private func tally(
    of keys: EntrySet, heldBy removals: [LineHistory.Removal], before release: VersionedName
  ) throws -> Tally {
    let entries = try keys.members.map { key in
      let holders = removals.filter { $0.held.contains(key) }
      guard let first = holders.first,
        let entry = try entry(of: key, takenBy: holders.map(\.id), before: release)
          ?? entry(of: key, in: first.body.release)
      else { throw WorkflowFailure.notRemoved(release) }
      return entry
    }
    return try tally(of: entries, in: release)
  }

  /// The keys of rows that someone holds.
  func keys(of rows: [HeldRow], in release: VersionedName) throws -> EntrySet {
    let dataset = try dataset(release.name)
    return EntrySet(try rows.map { try key(of: $0, in: dataset) })
  }
}
