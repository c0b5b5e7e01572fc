internal import CanonicalJSON
internal import Datasets
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `remove` recorded.
  package struct RemovalDone: Sendable {
    package let union: Recorded
    package let removal: Recorded
    package let tally: Tally
    package let sources: [SourceTally]
    /// Releases whose transition was shown openly and is sealed from here on.
    package let exposed: [VersionedName]
  }

  /// Decides that what the matches of a release found is to go.
  ///
  /// `matches` are their sequences; `nil` stands for every match on exactly that release.
  ///
  /// - Throws: ``WorkflowFailure/alreadyDecided(_:at:)`` when removals of the same class and basis
  ///   that are still to be applied cover all of these rows.
  package func remove(
    _ release: VersionedName, matches: [UInt64]?, basis: Basis, reasonClass: ReasonClass,
    causes: [EventID] = []
  ) throws -> RemovalDone {
    let attempt = try attempt()
    let secrets = try secrets()
    let plan = try removalPlan(release, matches: matches, secrets: secrets)
    let sources = plan.sources
    let tally = plan.tally
    // What the first try decided is no reason against the second.
    if attempt.first == nil, let sequence = try decision(plan.keys, on: release, basis, reasonClass)
    {
      throw WorkflowFailure.alreadyDecided(release, at: sequence)
    }
    let exposed =
      reasonClass == .illegal ? try self.exposed(by: plan.keys, of: release.name) : []
    return try undoing {
      let set = try sealSet(
        plan.keys.members, kind: .unionComputed, attempt: attempt, secrets: secrets)
      return try append { transaction in
        let union = try record(
          .unionComputed(
            .init(release: release, sources: sources, minus: [], union: tally, set: set)),
          signers: attempt.signers, attempt: attempt, in: &transaction)
        let removal = try record(
          .removalDecided(
            .init(
              release: release, basis: basis, reasonClass: reasonClass, union: union.receipt.id,
              removed: tally)),
          signers: attempt.signers, causes: causes, attempt: attempt, in: &transaction)
        return RemovalDone(
          union: union, removal: removal, tally: tally, sources: sources, exposed: exposed)
      }
    }
  }

  /// The sequence of the last of the pending removals that decide the same already; `nil` when a key
  /// is new, or class or basis differ.
  private func decision(
    _ keys: EntrySet, on release: VersionedName, _ basis: Basis, _ reasonClass: ReasonClass
  ) throws -> UInt64? {
    var covered = EntrySet([Digest]())
    for id in try ledger.state.catalog.pendingRemovals(for: release) {
      let removal = try removal(id)
      guard removal.decision.basis == basis, removal.decision.reasonClass == reasonClass,
        let members = try membersHere(of: removal)
      else { continue }
      covered = covered.union(members)
      if keys.isSubset(of: covered) { return removal.event.sequence }
    }
    return nil
  }

  /// What a removal would cover.
  package struct RemovalPlan: Sendable {
    package let tally: Tally
    package let sources: [SourceTally]
    let keys: EntrySet
  }

  /// Unites what matches found, without deciding anything.
  package func removalPlan(
    _ release: VersionedName, matches: [UInt64]?
  ) throws -> RemovalPlan {
    try removalPlan(release, matches: matches, secrets: try secrets())
  }

  private func removalPlan(
    _ release: VersionedName, matches: [UInt64]?, secrets: SecretDirectory
  ) throws -> RemovalPlan {
    _ = try self.release(release)
    let found = try matches.map { try $0.map(event) } ?? self.matches(on: release)
    guard !found.isEmpty else { throw WorkflowFailure.noMatches(release) }
    var keys = EntrySet([Digest]())
    var sources: [SourceTally] = []
    for event in found {
      guard case .matchCompleted(let match) = event.statement.body, match.release == release
      else {
        throw Refusal.wrongReference(event.id, expected: "a match on \(release)")
      }
      keys = keys.union(
        EntrySet(try members(of: match.set, event: event, secrets: secrets)))
      sources.append(SourceTally(event: event.id, tally: match.matched))
    }
    let rows = try rows(of: keys.members, in: release)
    return RemovalPlan(
      tally: Tally(keys: UInt64(keys.count), rows: rows), sources: sources, keys: keys)
  }

  /// The matches on exactly `release`, in the order of the log.
  package func matches(on release: VersionedName) throws -> [AdmittedEvent] {
    try findings(.matchCompleted, on: release).compactMap { try ledger.event(at: $0.sequence) }
  }

  /// The findings of a kind on exactly `release`, in the order of the log.
  package func findings(_ kind: Kind, on release: VersionedName) throws -> [FindingRecord] {
    var records: [FindingRecord] = []
    for document in try ledger.records(.finding) {
      var reader = try MemberReader(document, path: "finding")
      let record = try FindingRecord(from: &reader)
      if record.kind == kind, record.release == release { records.append(record) }
    }
    return records.sorted { $0.sequence < $1.sequence }
  }

  /// How many rows of `release` have one of `keys`, ascending.
  package func rows(of keys: [Digest], in release: VersionedName) throws -> UInt64 {
    let source = try index(of: release).source
    var rows: UInt64 = 0
    for key in keys {
      let place = try source.lowerBound(key)
      guard place < source.count, let entry = try source.entries(place..<place + 1).first,
        entry.key == key
      else { continue }
      rows += entry.rows
    }
    return rows
  }
}
