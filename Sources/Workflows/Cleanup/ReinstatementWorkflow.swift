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
  /// `removals` are their sequences; none stands for every removal of the line that has one of the
  /// rows. `grounds` are the sequences of what it rests on. With no `rows`, all that the removals took
  /// away comes back.
  package func reinstate(
    _ release: VersionedName, removals: [UInt64], grounds: [UInt64], rows: [HeldRow]
  ) throws -> ReinstatementDone {
    _ = try self.release(release)
    let attempt = try attempt()
    let secrets = try secrets()
    let wanted = try rows.isEmpty ? nil : keys(of: rows, in: release)
    let line = try ledger.state.catalog.line(of: release)
    let named = try removals.map { try event($0).id }
    var taken: [DecidedRemoval] = []
    var keys = EntrySet([Digest]())
    for id in named.isEmpty ? line.reversed().flatMap(\.removals) : named {
      let removal = try removal(id)
      let all = EntrySet(
        try members(of: removal.union.set, event: removal.unionEvent, secrets: secrets))
      let members = wanted.map { all.intersection($0) } ?? all
      guard members.count > 0 || !named.isEmpty else { continue }
      keys = keys.union(members)
      taken.append(removal)
    }
    if let wanted, keys != wanted { throw WorkflowFailure.notRemoved(release) }
    // A key that never had a row in the line has none to come back.
    keys = EntrySet(try keys.members.filter { try lastRows(of: [$0], before: release) > 0 })
    guard keys.count > 0 else { throw WorkflowFailure.notRemoved(release) }
    let tally = Tally(
      keys: UInt64(keys.count), rows: try lastRows(of: keys.members, before: release))
    // What hides others cannot come back: by what is left, these would be seen.
    if let shown = try exposed(of: release.name, returning: keys).first {
      throw WorkflowFailure.wouldShow(shown)
    }
    let groundEvents = try grounds.map { try event($0) }
    let looked = try Set(groundEvents.compactMap { try target(of: $0) })
    let unions = Set(
      taken.filter { removal in removal.union.sources.contains { looked.contains($0.event) } }
        .map(\.decision.union))
    let ids = Set(taken.map(\.event.id))
    return try undoing {
      let set = try sealSet(
        keys.members, kind: .reinstatementDecided, attempt: attempt, secrets: secrets)
      let recorded = try record(
        { _ in
          .reinstatementDecided(
            .init(
              release: release, removals: Array(ids), grounds: groundEvents.map(\.id),
              unions: Array(unions), reinstated: tally, set: set))
        }, attempt: attempt)
      return ReinstatementDone(recorded: recorded, tally: tally, removals: ids.sorted())
    }
  }

  /// What a ground is about: the disputed or the verified event.
  private func target(of ground: AdmittedEvent) throws -> EventID? {
    switch ground.statement.body {
    case .disputeResolved(let body): try ledger.state.disputes.records[body.dispute]?.target
    case .verificationRecorded(let body): body.target
    default: nil
    }
  }

  /// The keys of rows that someone holds.
  func keys(of rows: [HeldRow], in release: VersionedName) throws -> EntrySet {
    let dataset = try dataset(release.name)
    return EntrySet(try rows.map { try key(of: $0, in: dataset) })
  }
}
