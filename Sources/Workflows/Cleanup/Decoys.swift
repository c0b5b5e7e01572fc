internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// Rows that leave with those of class `illegal` so that nobody can tell these by the list of what
/// left (see the article What may be shown).
///
/// Drawn at random, they are a filter's choice, sealed like any rows given by hand, and a removal of
/// class `decoy`: every count of removed rows can be settled with theirs. They never come back.
struct Decoys {
  let keys: EntrySet
  var tally: Tally { Tally(keys: UInt64(keys.count), rows: UInt64(keys.count)) }
}

extension Session {
  /// What `clean` recorded of its decoys.
  package struct DecoysDone: Sendable {
    package let recorded: RemovalRecorded
    package let tally: Tally
  }

  /// Draws `count` rows of `release` to leave with those of class `illegal` that are pending.
  ///
  /// Each is alone under its key, for others hide nothing that is alone, and in just the public sets
  /// that one of those rows is in, for by these the two are told apart; each of these rows gets its
  /// share. None is to go already, or named as illegal elsewhere, or was ordered back. Cost: some
  /// reads of every release's index for each place drawn, and memory for it.
  func drawDecoys(
    _ count: UInt64, of release: VersionedName, beside pending: Pending
  ) throws -> Decoys {
    guard pending.sources.count < 256 else { throw WorkflowFailure.tooManyToDilute(release) }
    let source = try index(of: release).source
    let sets = try publicSets(of: release.name)
    var wanted = try decoysWanted(release, pending, sets)
    var open = wanted.values.reduce(UInt64(0)) { $0.addingSaturated($1) }
    guard count >= open else { throw WorkflowFailure.stillShown(release) }
    var spare = count - open
    let excluded = pending.keys.union(try illegalRows(of: release.name).keys)
      .union(try reinstatedKeys(before: release))
    var keys: [Digest] = []
    for place in RandomPlaces(below: source.count) where open > 0 || spare > 0 {
      guard let entry = try source.entries(place..<place + 1).first, entry.rows == 1,
        !excluded.contains(entry.key)
      else { continue }
      let trait = try sets.trait(of: entry.key)
      guard let share = wanted[trait] else { continue }
      if share > 0 {
        wanted[trait] = share - 1
        open -= 1
      } else if spare > 0 {
        spare -= 1
      } else {
        continue
      }
      keys.append(entry.key)
    }
    guard open == 0, spare == 0 else { throw WorkflowFailure.tooFewRows(release) }
    return Decoys(keys: EntrySet(keys))
  }

  /// How many decoys each trait of a row of class `illegal` wants that is about to leave.
  private func decoysWanted(
    _ release: VersionedName, _ pending: Pending, _ sets: PublicSets
  ) throws -> [PublicSets.Trait: UInt64] {
    let source = try index(of: release).source
    let illegal = try illegalRows(of: release.name).keys
    let shared = try pending.keys.intersection(illegal).members.filter { try source.holds($0) }
    guard pending.isIllegal, !shared.isEmpty else {
      throw WorkflowFailure.nothingToDilute(release)
    }
    let minimum = try ledger.state.minimumDilution
    var wanted = try sets.traits(of: shared).mapValues { count in
      let (product, overflow) = count.multipliedReportingOverflow(by: minimum)
      return overflow ? .max : product
    }
    for key in pending.keys.members where try source.entry(of: key)?.rows == 1 {
      let trait = try sets.trait(of: key)
      if let count = wanted[trait], count > 0 { wanted[trait] = count - 1 }
    }
    return wanted
  }

  /// The fewest decoys that the traits of the rows want, whatever the log says.
  func decoysWanted(_ release: VersionedName, _ pending: Pending) throws -> UInt64 {
    try decoysWanted(release, pending, try publicSets(of: release.name)).values
      .reduce(UInt64(0)) { $0.addingSaturated($1) }
  }

  /// The removal of the decoys, with all that it attaches.
  func draft(
    of decoys: Decoys, _ release: VersionedName, attempt: Attempt, secrets: SecretDirectory
  ) throws -> RemovalDraft {
    RemovalDraft(
      release: release, basis: .precautionary, reasonClass: .decoy, sources: [],
      chosen: try filter(
        of: decoys.keys, saying: "rows drawn at random", release, attempt: attempt,
        secrets: secrets),
      tally: decoys.tally, explainedRows: nil,
      set: try sealSet(
        decoys.keys.members, kind: .unionComputed, attempt: attempt, secrets: secrets))
  }

  /// The decoys of an earlier try.
  func earlierDecoys(_ attempt: Attempt) throws -> DecoysDone? {
    for event in attempt.earlier {
      guard case .removalDecided(let decision) = event.statement.body,
        let union = try ledger.event(id: decision.union),
        case .unionComputed(let body) = union.statement.body
      else { continue }
      return DecoysDone(
        recorded: RemovalRecorded(
          filter: try body.sources.first.map {
            try recorded(earlier: $0.event, .filterCompleted, attempt)
          },
          union: try recorded(earlier: decision.union, .unionComputed, attempt),
          removal: try recorded(earlier: event.id, .removalDecided, attempt)),
        tally: decision.removed)
    }
    return nil
  }

  /// How many rows were drawn as decoys by these removals.
  package func decoyRows(of removals: [EventID]) throws -> UInt64 {
    try removals.map { try removal($0).decision }.filter { $0.reasonClass == .decoy }
      .reduce(0) { $0 + $1.removed.rows }
  }
}
