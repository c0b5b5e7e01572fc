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

  package init(matches: [UInt64]? = [], filters: [UInt64] = [], rows: [HeldRow] = []) {
    self.matches = matches
    self.filters = filters
    self.rows = rows
  }
}

extension Session {
  /// What a removal would cover.
  struct RemovalPlan {
    let tally: Tally
    /// The matches and filters; not the rows that were given, which no event chose yet.
    let sources: [SourceTally]
    let keys: EntrySet
    /// The keys of the rows that were given.
    let chosen: EntrySet?
    /// As the sources disclose their sets.
    let disclosure: Disclosure
    /// Rows that an open set or a published filter names; there exactly when a source is one.
    let explainedRows: UInt64?
  }

  /// Unites what was found, without deciding anything.
  func removalPlan(
    _ release: VersionedName, _ choice: RemovalChoice, secrets: SecretDirectory
  ) throws -> RemovalPlan {
    _ = try self.release(release)
    let matches = try choice.matches.map { try $0.map(event) } ?? self.matches(on: release)
    let found = try matches + choice.filters.map(event)
    guard !found.isEmpty || !choice.rows.isEmpty else { throw WorkflowFailure.noMatches(release) }
    var keys = EntrySet([Digest]())
    var explained: EntrySet?
    var sources: [SourceTally] = []
    var disclosures: Set<Disclosure> = []
    for event in found {
      let finding = try finding(event, on: release)
      let members = EntrySet(try members(of: finding.set, event: event, secrets: secrets))
      keys = keys.union(members)
      disclosures.insert(finding.set.disclosure)
      if finding.isPublished { explained = explained.map { $0.union(members) } ?? members }
      sources.append(SourceTally(event: event.id, tally: finding.tally))
    }
    var chosen: EntrySet?
    if !choice.rows.isEmpty {
      let given = try self.keys(of: choice.rows, in: release)
      let source = try index(of: release).source
      guard try given.members.allSatisfy({ try source.holds($0) }) else {
        throw WorkflowFailure.rowsAbsent(release)
      }
      chosen = given
      keys = keys.union(given)
      disclosures.insert(.sealed)
    }
    guard disclosures.count == 1, let disclosure = disclosures.first else {
      throw WorkflowFailure.badInput(
        "Some of these sets are open and some sealed; decide on the open ones alone.")
    }
    return RemovalPlan(
      tally: Tally(keys: UInt64(keys.count), rows: try rows(of: keys.members, in: release)),
      sources: sources, keys: keys, chosen: chosen, disclosure: disclosure,
      explainedRows: try explained.map { try rows(of: $0.members, in: release) })
  }

  /// What a match or filter on `release` found.
  private func finding(
    _ event: AdmittedEvent, on release: VersionedName
  ) throws -> (set: SetReference, tally: Tally, isPublished: Bool) {
    switch event.statement.body {
    case .matchCompleted(let match) where match.release == release:
      return (match.set, match.matched, match.set.disclosure == .open)
    case .filterCompleted(let filter) where filter.release == release:
      return (
        filter.set, filter.matched,
        filter.filter.disclosure == .open || filter.set.disclosure == .open
      )
    default:
      throw Refusal.wrongReference(event.id, expected: "a match or filter on \(release)")
    }
  }
}
