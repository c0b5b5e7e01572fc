internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Decides that what matches and filters of a release found is to go, and rows that someone holds.
///
/// Rows are a filter's choice, too: one that is sealed with them, and recorded first.
package struct Remove: Deciding {
  let release: VersionedName
  let choice: RemovalChoice
  let basis: Basis
  let reasonClass: ReasonClass
  /// The sequences of events that led to it.
  let causes: [UInt64]

  /// The most matches and filters that one removal unites.
  private static let mostSources = 256

  package init(
    _ release: VersionedName, _ choice: RemovalChoice, basis: Basis, reasonClass: ReasonClass,
    causes: [UInt64] = []
  ) {
    self.release = release
    self.choice = choice
    self.basis = basis
    self.reasonClass = reasonClass
    self.causes = causes
  }

  /// What a removal would take.
  package struct Plan: Sendable {
    let causes: [EventID]
    /// The matches and filters; not what was chosen by hand, which no event says yet.
    let sources: [SourceTally]
    let keys: EntrySet
    let tally: Tally
    /// What was chosen by hand, and is not empty.
    let chosen: [HandFilter]
    /// Open where all sources are, and may be.
    let disclosure: Disclosure
    /// What is open of the family until now, where this decision is the one that marks it.
    let openUntilNow: [OpenList]
  }

  /// What was decided.
  package struct Answer: Sendable {
    package let tally: Tally
    package let decoys: Tally?
    /// What was chosen by hand.
    package let chosen: [HandFilter]
    /// What was open of the family until now and stays sealed from here on: said once, by the decision
    /// that marks it.
    package let openUntilNow: [OpenList]
  }

  /// Unites what was found.
  ///
  /// - Throws: ``WorkflowFailure/alreadyDecided(_:at:)`` when removals of the same class and basis
  ///   that are still to be applied cover all of these rows.
  package func plan(_ desk: Desk) throws -> Plan {
    let view = desk.view
    _ = try view.release(release)
    try checkChoice()
    let matches = try choice.matches.map { try $0.map(view.event) } ?? view.matches(on: release)
    var found: [AdmittedEvent] = []
    for event in try matches + choice.filters.map(view.event)
    where !found.contains(where: { $0.id == event.id }) { found.append(event) }
    guard found.count <= Self.mostSources else {
      throw WorkflowFailure.badInput(
        "\(found.count) matches and filters of \(release) are named, and one removal unites at most \(Self.mostSources); decide on them in several."
      )
    }
    guard !found.isEmpty || choice.isByHand else { throw WorkflowFailure.noMatches(release) }
    var keys = EntrySet([Digest]())
    var sources: [SourceTally] = []
    let mark = view.state.catalog.mark(of: release.name)
    var isOpen = reasonClass != .illegal && !choice.isByHand && mark == nil
    for event in found {
      let (set, tally) = try finding(event)
      keys = keys.union(try desk.vault.members(of: set, event: event))
      if set.disclosure == .sealed { isOpen = false }
      sources.append(SourceTally(event: event.id, tally: tally))
    }
    let chosen = try choice.handFilters(of: release, desk)
    for filter in chosen { keys = keys.union(filter.keys) }
    guard keys.count > 0 else { throw WorkflowFailure.nothingFound(release) }
    // What the first try decided is no reason against the second.
    if desk.first == nil, let sequence = try decided(keys, desk.vault) {
      throw WorkflowFailure.alreadyDecided(release, at: sequence)
    }
    let marks = reasonClass == .illegal && mark.map { desk.isEarlier($0.event) } ?? true
    return Plan(
      causes: try causes.map { try view.event($0).id }, sources: sources, keys: keys,
      tally: try desk.shelf.tally(of: keys, in: release), chosen: chosen,
      disclosure: isOpen ? .open : .sealed,
      openUntilNow: marks ? try view.openLists(of: release.name) : [])
  }

  private func checkChoice() throws {
    let isIllegal = reasonClass == .illegal
    if isIllegal, !choice.filters.isEmpty || choice.isByHand {
      throw WorkflowFailure.illegalByHand(release)
    }
    if !isIllegal, choice.decoys > 0 { throw WorkflowFailure.nothingToDilute(release) }
  }

  /// What a match or filter on the release found.
  private func finding(_ event: AdmittedEvent) throws -> (set: SetReference, tally: Tally) {
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
  private func decided(_ keys: EntrySet, _ vault: Vault) throws -> UInt64? {
    let catalog = vault.view.state.catalog
    let alike = try catalog.pending(for: release).filter {
      guard $0.isRemoval else { return false }
      let body = try vault.view.removal($0.event).body
      return body.basis == basis && body.reasonClass == reasonClass
    }
    if alike.isEmpty { return nil }
    // What was taken back counts on whatever release that was decided.
    let events = Set(alike.map(\.event))
    let taken = catalog.releases.values.flatMap(\.decisions).filter {
      !events.isDisjoint(with: $0.removals)
    }
    let history = try vault.history(of: (alike + taken).sorted { $0.sequence < $1.sequence })
    var covered = EntrySet([Digest]())
    for removal in history.removals {
      covered = covered.union(removal.held)
      if keys.isSubset(of: covered) { return removal.event.sequence }
    }
    return nil
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Answer {
    var sources = plan.sources
    var secret: (secret: FamilySecret, commitment: Digest?)?
    if reasonClass == .illegal { secret = try staging.familySecret(of: release.name) }
    var decoys: DrawnDecoys?
    if let secret, choice.decoys > 0 {
      let keys =
        try earlierDecoys(staging.desk) ?? draw(plan.keys, staging.desk.shelf, secret.secret)
      decoys = DrawnDecoys(
        tally: try staging.desk.shelf.tally(of: keys, in: release),
        set: try staging.seal(set: keys, kind: .removalDecided, field: "decoys"))
    }
    for filter in plan.chosen where filter.keys.count > 0 {
      sources.append(SourceTally(event: try say(filter, &staging), tally: filter.tally))
    }
    let set =
      plan.disclosure == .open
      ? try staging.open(set: plan.keys, kind: .removalDecided)
      : try staging.seal(set: plan.keys, kind: .removalDecided)
    try staging.say(
      .removalDecided(
        RemovalDecided(
          release: release, basis: basis, reasonClass: reasonClass, sources: sources,
          removed: plan.tally, set: set, decoys: decoys, familyCommitment: secret?.commitment)),
      causes: plan.causes)
    return Answer(
      tally: plan.tally, decoys: decoys?.tally, chosen: plan.chosen,
      openUntilNow: plan.openUntilNow)
  }

  /// Says a choice of rows as a filter: sealed, for it would say which they are.
  private func say(_ filter: HandFilter, _ staging: inout Staging) throws -> EventID {
    let scanned = try staging.desk.view.release(release).publication.tally.rows
    return try staging.say(
      .filterCompleted(
        FilterCompleted(
          release: release,
          filter: try staging.seal(
            Array(filter.words.utf8), kind: .filterCompleted, field: "filter"),
          scannedRows: scanned, matched: filter.tally,
          absent: filter.absent > 0 ? filter.absent : nil,
          set: try staging.seal(set: filter.keys, kind: .filterCompleted))))
  }

  /// What an earlier try drew: others may have been decided on since, and are not drawn any more.
  private func earlierDecoys(_ desk: Desk) throws -> EntrySet? {
    for event in desk.earlier {
      if case .removalDecided(let body) = event.statement.body, let decoys = body.decoys {
        guard decoys.tally.keys == choice.decoys else {
          throw WorkflowFailure.nonceUsed(event.sequence)
        }
        return try desk.vault.members(
          of: decoys.set, event: event, field: "decoys")
      }
    }
    return nil
  }

  /// Draws rows to leave with `keys`: as many to a key, the first ones in the order of keys one more,
  /// each with as many rows as the key that it hides.
  private func draw(_ keys: EntrySet, _ shelf: Shelf, _ secret: FamilySecret) throws -> EntrySet {
    let record = try shelf.view.release(release)
    guard choice.decoys <= record.publication.tally.keys else {
      throw WorkflowFailure.tooFewRows(release)
    }
    let source = try shelf.index(of: release).source
    // The event has no id before its sets are there: the keys themselves, under the secret, begin.
    let root = keys.root.root
    var draw = RowDraw(
      release, source, secret,
      excluding: try shelf.vault.decidedKeys(of: release.name).union(keys))
    var drawn: [Digest] = []
    for number in 0..<choice.decoys {
      let key = keys.members[Int(number % UInt64(keys.count))]
      guard let entry = try source.entry(of: key) else {
        throw WorkflowFailure.indexDiffers(release)
      }
      drawn.append(try draw.draw(number, for: root, rows: entry.rows))
    }
    return EntrySet(drawn)
  }
}
