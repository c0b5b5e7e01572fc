internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Decides that keys of removals are to come back, or to stay.
package struct Reinstate: Deciding {
  let release: VersionedName
  /// The sequences of removals; none stands for every removal of the line that holds one of the rows.
  let removals: [UInt64]
  /// The sequences of what it rests on.
  let grounds: [UInt64]
  /// With none, all comes back that the removals took away; nothing else may hold any of it.
  let rows: AskedList?

  package init(
    _ release: VersionedName, removals: [UInt64], grounds: [UInt64], rows: AskedList?
  ) {
    self.release = release
    self.removals = removals
    self.grounds = grounds
    self.rows = rows
  }

  package struct Plan: Sendable {
    let removals: [EventID]
    let grounds: [EventID]
    let keys: EntrySet
    package let tally: Tally
  }

  /// Finds which removals hold the rows.
  ///
  /// - Throws: ``WorkflowFailure/alreadyReinstated(_:)`` where rows are to come back already or are
  ///   back, and ``WorkflowFailure/heldElsewhere(_:)`` where removals that are not named hold rows, too.
  package func plan(_ desk: Desk) throws -> Plan {
    let view = desk.view
    _ = try view.release(release)
    // What the first try decided is no reason against the second.
    let decisions = view.decisions(before: release) + later(view.state.catalog)
    let history = try desk.vault.history(
      of: decisions.filter { !desk.isEarlier($0.event) }.sorted { $0.sequence < $1.sequence })
    let named = try Set(removals.map { try view.event($0).id })
    for id in named where !history.removals.contains(where: { $0.id == id }) {
      throw Refusal.wrongReference(id, expected: "a removal of the line of \(release)")
    }
    let wanted = try rows.map {
      EntrySet(try desk.vault.keys(of: $0, in: release, desk.progress).keys)
    }
    let keys = try returning(wanted, named, history, desk.shelf)
    let holders = history.removals.filter { $0.held.intersection(keys).count > 0 }
    return Plan(
      removals: holders.map(\.id).sorted(), grounds: try grounds.map { try view.event($0).id },
      keys: keys, tally: try tally(of: keys, heldBy: holders, desk.shelf))
  }

  /// What releases that came of this one took back already: it is not taken back twice on their lines.
  private func later(_ catalog: Catalog) -> [Decision] {
    catalog.releases.values.filter { record in
      let line = catalog.line(of: record.publication.release).dropFirst()
      return line.contains { $0.publication.release == release }
    }.flatMap(\.decisions).filter { !$0.isRemoval }
  }

  /// The keys that are to come back: those of the rows, or all that only the named removals hold.
  private func returning(
    _ wanted: EntrySet?, _ named: Set<EventID>, _ history: LineHistory, _ shelf: Shelf
  ) throws -> EntrySet {
    let held = history.held { named.isEmpty || named.contains($0.id) }
    let elsewhere = history.held { !named.isEmpty && !named.contains($0.id) }.union(history.decoys)
    guard let wanted else {
      let keys = try withoutThere(held, history, shelf)
      guard keys.count > 0 else {
        throw WorkflowFailure.alreadyReinstated(
          history.removals.filter { named.contains($0.id) }.reduce(0) { $0 + $1.body.removed.keys })
      }
      // By a smaller number everybody would see what the removals share with others.
      let others = keys.intersection(elsewhere).count
      guard others == 0 else { throw WorkflowFailure.heldElsewhere(UInt64(others)) }
      return keys
    }
    let removed = history.removals.filter { named.isEmpty || named.contains($0.id) }
      .reduce(EntrySet([Digest]())) { $0.union($1.keys) }
    guard wanted.isSubset(of: removed) else { throw WorkflowFailure.notRemoved(release) }
    let keys = try withoutThere(wanted.intersection(held), history, shelf)
    guard keys == wanted else {
      throw WorkflowFailure.alreadyReinstated(UInt64(wanted.subtracting(keys).count))
    }
    let others = wanted.intersection(elsewhere).count
    guard others == 0 else { throw WorkflowFailure.heldElsewhere(UInt64(others)) }
    return keys
  }

  /// `keys` without those that are in the release though a cleaning took them: they are back.
  private func withoutThere(
    _ keys: EntrySet, _ history: LineHistory, _ shelf: Shelf
  ) throws -> EntrySet {
    let pending = Set(shelf.view.state.catalog.pending(for: release).map(\.event))
    let toGo = history.held { pending.contains($0.id) }
    let gone = keys.subtracting(toGo)
    if gone.count == 0 { return keys }
    let source = try shelf.index(of: release).source
    return keys.subtracting(EntrySet(try gone.members.filter { try source.holds($0) }))
  }

  /// The keys with the rows that they had when they left, or that they have where they are to go.
  ///
  /// - Throws: ``WorkflowFailure/filesNeeded(_:)`` where no file here has what is to come back.
  private func tally(
    of keys: EntrySet, heldBy removals: [LineHistory.Removal], _ shelf: Shelf
  ) throws -> Tally {
    let pending = Set(shelf.view.state.catalog.pending(for: release).map(\.event))
    var (back, staying): ([SetEntry], [SetEntry]) = ([], [])
    for key in keys.members {
      let holders = removals.filter { $0.held.contains(key) }
      if let entry = try shelf.entry(of: key, takenBy: holders.map(\.id), before: release) {
        back.append(entry)
      } else if let removal = holders.first(where: { pending.contains($0.id) }),
        let entry = try shelf.entry(of: key, in: removal.body.release)
      {
        staying.append(entry)
      } else {
        throw WorkflowFailure.notRemoved(release)
      }
    }
    _ = try shelf.sources(of: back, before: release)
    return try shelf.tally(of: back + staying, in: release)
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Plan {
    let set = try staging.seal(set: plan.keys, kind: .reinstatementDecided)
    try staging.say(
      .reinstatementDecided(
        .init(
          release: release, removals: plan.removals, grounds: plan.grounds,
          reinstated: plan.tally, set: set)))
    return plan
  }
}
