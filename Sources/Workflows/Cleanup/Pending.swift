internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What a cleaning of a release is to apply: the removals and reinstatements of its line that no
/// release between applied.
struct Pending {
  let sources: [SourceTally]
  let returned: [Reinstatement]
  /// What was decided to go: the removals, less what reinstatements took back from each.
  let keys: EntrySet
  /// What reinstatements name, whether it comes back or not.
  let named: EntrySet
  /// What some removal of the line still holds, whether it was applied or is now.
  let held: EntrySet
  /// What the removals say, in the order of the sources, and then those beyond the 256 that one
  /// statement can name: they go with the next cleaning, and must not show by its list.
  let decisions: [RemovalDecided]
  /// Rows that are drawn to leave with these.
  var decoys: Decoys?

  /// All that is to go.
  var leaving: EntrySet { decoys.map { keys.union($0.keys) } ?? keys }

  /// What all that is to go counts for.
  func figures(of parent: VersionedName) -> [RemovalFigures] {
    decisions.map(\.figures)
      + (decoys.map {
        [RemovalFigures(release: parent, reasonClass: .decoy, removed: $0.tally)]
      } ?? [])
  }

  /// Whether rows of class `illegal` may be among those that go or come back.
  var isIllegal: Bool {
    decisions.contains { $0.reasonClass == .illegal } || returned.contains { $0.isOfIllegal }
  }
  var reinstatements: [EventID] { returned.map(\.event) }
}

extension Session {
  func pending(_ release: VersionedName, secrets: SecretDirectory) throws -> Pending {
    let catalog = try ledger.state.catalog
    let ids = catalog.pendingRemovals(for: release)
    let all = catalog.pendingReinstatements(for: release)
    guard !ids.isEmpty || !all.isEmpty else { throw WorkflowFailure.nothingPending(release) }
    let applied = Set(ids.prefix(256))
    // A reinstatement is never parted from the removals that it names.
    let later = Set(ids.dropFirst(256))
    let returned = Array(all.filter { later.isDisjoint(with: $0.removals) }.prefix(256))
    let line = catalog.line(of: release)
    let taken = try takenBack(
      line.flatMap(\.reinstatements),
      leaving: Set(all.map(\.event)).subtracting(returned.map(\.event)),
      secrets)
    var keys = EntrySet([Digest]())
    var held = keys
    var sources: [SourceTally] = []
    var decisions: [RemovalDecided] = []
    for id in line.reversed().flatMap(\.removals) where !later.contains(id) {
      let removal = try removal(id)
      if applied.contains(id) {
        decisions.append(removal.decision)
        sources.append(SourceTally(event: id, tally: removal.decision.removed))
      } else if returned.isEmpty {
        // What was applied before matters only to what comes back.
        continue
      }
      let left = EntrySet(
        try members(of: removal.union.set, event: removal.unionEvent, secrets: secrets)
      ).subtracting(taken[id] ?? EntrySet([Digest]()))
      if applied.contains(id) { keys = keys.union(left) }
      held = held.union(left)
    }
    decisions += try later.map { try self.removal($0).decision }
    return Pending(
      sources: sources, returned: returned, keys: keys, named: try named(returned, secrets),
      held: held, decisions: decisions)
  }

  /// What reinstatements took back from each removal; those of `leaving` do not count yet.
  private func takenBack(
    _ reinstatements: [Reinstatement], leaving: Set<EventID>, _ secrets: SecretDirectory
  ) throws -> [EventID: EntrySet] {
    var taken: [EventID: EntrySet] = [:]
    for item in reinstatements where !leaving.contains(item.event) {
      let members = try members(of: item, secrets)
      for id in item.removals {
        taken[id] = taken[id].map { $0.union(members) } ?? members
      }
    }
    return taken
  }

  /// The keys that reinstatements of the line of `release` named.
  func reinstatedKeys(before release: VersionedName) throws -> EntrySet {
    try named(try ledger.state.catalog.line(of: release).flatMap(\.reinstatements), try secrets())
  }

  private func named(_ items: [Reinstatement], _ secrets: SecretDirectory) throws -> EntrySet {
    try items.reduce(EntrySet([Digest]())) { $0.union(try members(of: $1, secrets)) }
  }

  /// The keys of a reinstatement.
  private func members(of item: Reinstatement, _ secrets: SecretDirectory) throws -> EntrySet {
    guard let event = try ledger.event(id: item.event),
      case .reinstatementDecided(let body) = event.statement.body
    else { throw WorkflowFailure.noEvent(item.event.description) }
    return EntrySet(try members(of: body.set, event: event, secrets: secrets))
  }

  /// The keys that come back: reinstated, gone from `release`, and held by no other removal.
  func returning(_ pending: Pending, to release: VersionedName) throws -> EntrySet {
    guard !pending.returned.isEmpty else { return EntrySet([Digest]()) }
    let source = try index(of: release).source
    return EntrySet(
      try pending.named.subtracting(pending.held).members.filter { try !source.holds($0) })
  }

  /// The rows that keys had in the last release of the line that held them, `release` itself or one
  /// before it.
  ///
  /// - Throws: ``WorkflowFailure/noIndex(_:)`` where an index is needed that is not here.
  func lastRows(of keys: [Digest], before release: VersionedName) throws -> UInt64 {
    var left = keys
    var rows: UInt64 = 0
    for record in try ledger.state.catalog.line(of: release) where !left.isEmpty {
      let source = try index(of: record.publication.release).source
      var count = RowCount(of: record)
      left = try left.filter { key in
        guard let entry = try source.entry(of: key) else { return true }
        try count.add(entry)
        return false
      }
      rows += count.rows
    }
    return rows
  }
}

/// How many rows some keys of a release have, by its index.
struct RowCount {
  private let release: ReleaseRecord
  private(set) var rows: UInt64 = 0

  init(of release: ReleaseRecord) { self.release = release }

  /// Counts the rows of one more key.
  ///
  /// - Throws: ``WorkflowFailure/indexDiffers(_:)`` past the rows that the release has: only a damaged
  ///   index says so.
  mutating func add(_ entry: SetEntry) throws(WorkflowFailure) {
    let (sum, overflows) = rows.addingReportingOverflow(entry.rows)
    guard !overflows, sum <= release.publication.tally.rows else {
      throw .indexDiffers(release.publication.release)
    }
    rows = sum
  }
}

extension SetSource {
  /// What the set has of a key.
  func entry(of key: Digest) throws -> SetEntry? {
    let place = try lowerBound(key)
    guard place < count, let entry = try entries(place..<place + 1).first, entry.key == key else {
      return nil
    }
    return entry
  }

  /// Whether a key is in the set.
  func holds(_ key: Digest) throws -> Bool { try entry(of: key) != nil }
}
