internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// What is to be removed from a release.
package struct RemovalChoice: Sendable {
  /// The sequences of matches; `nil` stands for every match on exactly the release.
  package var matches: [UInt64]?
  /// The sequences of filters.
  package var filters: [UInt64]
  /// Rows that someone holds.
  package var rows: [HeldRow]
  /// How many others are drawn to leave with those of class `illegal`.
  package var decoys: UInt64

  package init(
    matches: [UInt64]? = [], filters: [UInt64] = [], rows: [HeldRow] = [], decoys: UInt64 = 0
  ) {
    self.matches = matches
    self.filters = filters
    self.rows = rows
    self.decoys = decoys
  }
}

/// What a removal would take.
private struct RemovalPlan {
  /// The matches and filters; not the rows that were given, which no event chose yet.
  let sources: [SourceTally]
  let keys: EntrySet
  let tally: Tally
  /// The keys of the rows that were given.
  let chosen: EntrySet?
  /// Open where all sources are, and may be.
  let disclosure: Disclosure
  let decoys: (keys: EntrySet, tally: Tally)?
  let commitment: Digest?
}

extension Session {
  /// What `remove` recorded.
  package struct RemovalDone: Sendable {
    /// The choice of rows that no event had chosen, and the removal.
    package let recorded: [Recorded]
    package let tally: Tally
    package let decoys: Tally?
    /// What was open of the family until now and stays sealed from here on: said once, by the decision
    /// that marks it.
    package let openUntilNow: [OpenList]
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
    let plan = try removalPlan(release, choice, reasonClass, attempt, secrets)
    // What the first try decided is no reason against the second.
    if attempt.first == nil,
      let sequence = try decision(plan.keys, on: release, basis, reasonClass, secrets)
    {
      throw WorkflowFailure.alreadyDecided(release, at: sequence)
    }
    let open = try plan.commitment == nil ? [] : openLists(of: release.name)
    return try undoing {
      let chosen = try plan.chosen.map {
        try filter(of: $0, release, attempt: attempt, secrets: secrets)
      }
      let set =
        plan.disclosure == .open
        ? try openSet(plan.keys.members, kind: .removalDecided, attempt: attempt)
        : try sealSet(
          plan.keys.members, kind: .removalDecided, attempt: attempt, secrets: secrets)
      let decoys = try plan.decoys.map {
        DrawnDecoys(
          tally: $0.tally,
          set: try sealSet(
            $0.keys.members, kind: .removalDecided, field: "decoys", attempt: attempt,
            secrets: secrets))
      }
      let recorded = try append { transaction in
        var sources = plan.sources
        var recorded: [Recorded] = []
        if let chosen {
          let filter = try record(
            .filterCompleted(chosen), signers: attempt.signers, attempt: attempt, in: &transaction)
          sources.append(SourceTally(event: filter.receipt.id, tally: chosen.matched))
          recorded.append(filter)
        }
        let body = RemovalDecided(
          release: release, basis: basis, reasonClass: reasonClass, sources: sources,
          removed: plan.tally, set: set, decoys: decoys, familyCommitment: plan.commitment)
        recorded.append(
          try record(
            .removalDecided(body), signers: attempt.signers, causes: causes, attempt: attempt,
            in: &transaction))
        return recorded
      }
      return RemovalDone(
        recorded: recorded, tally: plan.tally, decoys: decoys?.tally, openUntilNow: open)
    }
  }

  /// Unites what was found, without deciding anything.
  private func removalPlan(
    _ release: VersionedName, _ choice: RemovalChoice, _ reasonClass: ReasonClass,
    _ attempt: Attempt, _ secrets: SecretDirectory
  ) throws -> RemovalPlan {
    let record = try self.release(release)
    let isIllegal = reasonClass == .illegal
    if isIllegal, !choice.filters.isEmpty || !choice.rows.isEmpty {
      throw WorkflowFailure.illegalByHand(release)
    }
    if !isIllegal, choice.decoys > 0 { throw WorkflowFailure.nothingToDilute(release) }
    let matches = try choice.matches.map { try $0.map(event) } ?? self.matches(on: release)
    let found = try matches + choice.filters.map(event)
    guard !found.isEmpty || !choice.rows.isEmpty else { throw WorkflowFailure.noMatches(release) }
    var keys = EntrySet([Digest]())
    var sources: [SourceTally] = []
    var isOpen =
      try !isIllegal && choice.rows.isEmpty
      && ledger.state.catalog.mark(of: release.name) == nil
    for event in found {
      let (set, tally) = try finding(event, on: release)
      keys = keys.union(EntrySet(try members(of: set, event: event, secrets: secrets)))
      if set.disclosure == .sealed { isOpen = false }
      sources.append(SourceTally(event: event.id, tally: tally))
    }
    let source = try index(of: release).source
    let given = choice.rows.isEmpty ? nil : try self.keys(of: choice.rows, in: release)
    if let given {
      guard try given.members.allSatisfy({ try source.holds($0) }) else {
        throw WorkflowFailure.rowsAbsent(release)
      }
      keys = keys.union(given)
    }
    guard keys.count > 0 else { throw WorkflowFailure.nothingFound(release) }
    var commitment: Digest?
    var decoys: (keys: EntrySet, tally: Tally)?
    if isIllegal {
      let (secret, own) = try secretForDecision(on: release.name, attempt, secrets)
      commitment = own
      if choice.decoys > 0 {
        let drawn =
          try earlierDecoys(attempt, secrets)
          ?? self.decoys(choice.decoys, for: keys, of: record, source, secret)
        decoys = (drawn, try tally(of: drawn, in: release))
      }
    }
    return RemovalPlan(
      sources: sources, keys: keys, tally: try tally(of: keys, in: release), chosen: given,
      disclosure: isOpen ? .open : .sealed, decoys: decoys, commitment: commitment)
  }

  private func tally(of keys: EntrySet, in release: VersionedName) throws -> Tally {
    Tally(keys: UInt64(keys.count), rows: try rows(of: keys.members, in: release))
  }

  /// What an earlier try drew: others may have been decided on since, and are not drawn any more.
  private func earlierDecoys(_ attempt: Attempt, _ secrets: SecretDirectory) throws -> EntrySet? {
    for event in attempt.earlier {
      if case .removalDecided(let body) = event.statement.body, body.decoys != nil {
        return try removal(event.id, secrets).decoys
      }
    }
    return nil
  }

  /// Draws rows to leave with `keys`: as many to a key, the first ones in the order of keys one more,
  /// each with as many rows as the key that it hides.
  private func decoys(
    _ count: UInt64, for keys: EntrySet, of record: ReleaseRecord, _ source: SetSource,
    _ secret: FamilySecret
  ) throws -> EntrySet {
    let release = record.publication.release
    guard count <= record.publication.tally.keys else {
      throw WorkflowFailure.tooFewRows(release)
    }
    // The event has no id before its sets are there: the keys themselves, under the secret, begin.
    let root = keys.root.root
    var draw = RowDraw(
      release, source, secret, excluding: try decidedKeys(of: release.name).union(keys))
    var drawn: [Digest] = []
    for number in 0..<count {
      let key = keys.members[Int(number % UInt64(keys.count))]
      guard let entry = try source.entry(of: key) else {
        throw WorkflowFailure.indexDiffers(release)
      }
      drawn.append(try draw.draw(number, for: root, rows: entry.rows))
    }
    return EntrySet(drawn)
  }

  /// A choice of rows as a filter: sealed, for it would say which they are.
  private func filter(
    of keys: EntrySet, _ release: VersionedName, attempt: Attempt, secrets: SecretDirectory
  ) throws -> FilterCompleted {
    FilterCompleted(
      release: release,
      filter: try attachSealed(
        Array("rows given by hand".utf8), mediaType: "text/plain", kind: .filterCompleted,
        field: "filter", attempt: attempt, secrets: secrets),
      scannedRows: try self.release(release).publication.tally.rows,
      matched: try tally(of: keys, in: release),
      set: try sealSet(keys.members, kind: .filterCompleted, attempt: attempt, secrets: secrets))
  }

  /// What a match or filter on `release` found.
  private func finding(
    _ event: AdmittedEvent, on release: VersionedName
  ) throws -> (set: SetReference, tally: Tally) {
    switch event.statement.body {
    case .matchCompleted(let match) where match.release == release: (match.set, match.matched)
    case .filterCompleted(let filter) where filter.release == release:
      (filter.set, filter.matched)
    default:
      throw Refusal.wrongReference(event.id, expected: "a match or filter on \(release)")
    }
  }

  /// The sequence of the last of the pending removals that decide the same already; `nil` when a key
  /// is new or was taken back, or class or basis differ.
  private func decision(
    _ keys: EntrySet, on release: VersionedName, _ basis: Basis, _ reasonClass: ReasonClass,
    _ secrets: SecretDirectory
  ) throws -> UInt64? {
    let pending = try ledger.state.catalog.pending(for: release)
    let alike = try Set(
      pending.filter(\.isRemoval).map { try removal($0.event) }
        .filter { $0.body.basis == basis && $0.body.reasonClass == reasonClass }.map(\.event.id))
    if alike.isEmpty { return nil }
    let history = try history(
      of: pending.filter { !$0.isRemoval || alike.contains($0.event) }, secrets)
    var covered = EntrySet([Digest]())
    for removal in history.removals {
      covered = covered.union(removal.held)
      if keys.isSubset(of: covered) { return removal.event.sequence }
    }
    return nil
  }
}
