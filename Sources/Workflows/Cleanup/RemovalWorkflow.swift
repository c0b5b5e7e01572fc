internal import CanonicalJSON
internal import Datasets
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `remove` recorded.
  package struct RemovalDone: Sendable {
    package let recorded: RemovalRecorded
    package let tally: Tally
    /// Releases whose transition was shown openly and is sealed from here on.
    package let exposed: [VersionedName]
  }

  /// Decides that what matches and filters of a release found is to go, and rows that someone holds.
  ///
  /// Rows are a filter's choice, too: one that is sealed with them, and recorded first.
  ///
  /// - Throws: ``WorkflowFailure/alreadyDecided(_:at:)`` when removals of the same class and basis
  ///   that are still to be applied cover all of these rows.
  package func remove(
    _ release: VersionedName, _ choice: RemovalChoice, basis: Basis, reasonClass: ReasonClass,
    causes: [EventID] = []
  ) throws -> RemovalDone {
    let attempt = try attempt()
    let secrets = try secrets()
    let plan = try removalPlan(release, choice, secrets: secrets)
    let tally = plan.tally
    // What the first try decided is no reason against the second.
    if attempt.first == nil, let sequence = try decision(plan.keys, on: release, basis, reasonClass)
    {
      throw WorkflowFailure.alreadyDecided(release, at: sequence)
    }
    let exposed =
      reasonClass == .illegal ? try self.exposed(of: release.name, decided: plan.keys) : []
    return try undoing {
      let draft = RemovalDraft(
        release: release, basis: basis, reasonClass: reasonClass, sources: plan.sources,
        chosen: try plan.chosen.map {
          try filter(
            of: $0, saying: "rows given by hand", release, attempt: attempt, secrets: secrets)
        },
        tally: tally, explainedRows: plan.explainedRows,
        set: plan.disclosure == .open
          ? try openSet(plan.keys.members, kind: .unionComputed, attempt: attempt)
          : try sealSet(
            plan.keys.members, kind: .unionComputed, attempt: attempt, secrets: secrets))
      return RemovalDone(
        recorded: try append { transaction in
          try record(draft, causes: causes, attempt: attempt, in: &transaction)
        }, tally: tally, exposed: exposed)
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

  /// The matches on exactly `release`, in the order of the log.
  package func matches(on release: VersionedName) throws -> [AdmittedEvent] {
    try findings(.matchCompleted, on: release).compactMap { try ledger.event(at: $0.sequence) }
  }

  /// The findings of a kind on exactly `release`, in the order of the log.
  package func findings(_ kind: Kind, on release: VersionedName) throws -> [FindingRecord] {
    try ledger.findings(on: release).filter { $0.kind == kind }
  }

  /// How many rows of `release` have one of `keys`, ascending.
  package func rows(of keys: [Digest], in release: VersionedName) throws -> UInt64 {
    let source = try index(of: release).source
    var count = RowCount(of: try self.release(release))
    for key in keys {
      if let entry = try source.entry(of: key) { try count.add(entry) }
    }
    return count.rows
  }
}
