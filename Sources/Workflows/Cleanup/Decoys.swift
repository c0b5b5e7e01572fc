internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// Rows that leave with those of class `illegal` so that nobody can tell these by the list of what
/// left (DESIGN.md section 11.2).
///
/// Drawn at random, they are a filter's choice, sealed like any rows given by hand, and a removal of
/// class `decoy`: every count of removed rows can be settled with theirs.
struct Decoys {
  let keys: EntrySet
  var tally: Tally { Tally(keys: UInt64(keys.count), rows: UInt64(keys.count)) }
  var figures: RemovalFigures { RemovalFigures(reasonClass: .decoy, removed: tally) }
}

extension Session {
  /// What `clean` recorded of its decoys.
  package struct DecoysDone: Sendable {
    package let recorded: RemovalRecorded
    package let tally: Tally
  }

  /// Draws `count` rows of `release`, each alone under its key, that no removal of class `illegal` and
  /// none that is pending names.
  ///
  /// A row under a key with others hides nothing that is alone. Cost: a read of the index for each
  /// place drawn, and memory for it.
  func drawDecoys(
    _ count: UInt64, of release: VersionedName, beside pending: Pending
  ) throws -> Decoys {
    guard pending.isIllegal else { throw WorkflowFailure.nothingToDilute(release) }
    guard pending.sources.count < 256 else { throw WorkflowFailure.tooManyToDilute(release) }
    let source = try index(of: release).source
    let named = pending.keys.union(try illegalRows(of: release.name).keys)
    var keys: [Digest] = []
    for place in RandomPlaces(below: source.count) {
      if UInt64(keys.count) == count { break }
      guard let entry = try source.entries(place..<place + 1).first, entry.rows == 1,
        !named.contains(entry.key)
      else { continue }
      keys.append(entry.key)
    }
    guard UInt64(keys.count) == count else {
      throw WorkflowFailure.tooFewRows(release, UInt64(keys.count))
    }
    return Decoys(keys: EntrySet(keys))
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
}

extension Session {
  /// How many rows were drawn as decoys by these removals.
  package func decoyRows(of removals: [EventID]) throws -> UInt64 {
    try removals.map { try removal($0).decision }.filter { $0.reasonClass == .decoy }
      .reduce(0) { $0 + $1.removed.rows }
  }
}

/// What leaves a release in one cleaning, and what comes back.
struct LeavingBatch {
  let parent: VersionedName
  let pending: Pending
  /// Of all that leaves, decoys included.
  let removed: Tally
  /// The keys that come back.
  let returned: EntrySet
}

extension Session {
  /// Whether the list of what leaves may be shown.
  ///
  /// By the rule under which the release is admitted; beyond it, what was decided as illegal elsewhere
  /// counts, too.
  func disclosure(of batch: LeavingBatch) throws -> Disclosure {
    let isDilute = try ledger.state.isDilute(
      removed: batch.removed, from: batch.parent, by: batch.pending.figures,
      returned: batch.pending.returned)
    let isHidden = try mayShow(
      batch.pending.leaving, rows: batch.removed.rows, returned: batch.returned, of: batch.parent,
      illegal: try illegalRows(of: batch.parent.name))
    return isDilute && isHidden ? .open : .sealed
  }

  /// The fewest decoys with which the list of what leaves could be shown; `nil` when no number of
  /// them would do.
  ///
  /// The number follows from what the log says, so that it gives nothing away.
  func decoysNeeded(_ batch: LeavingBatch) throws -> UInt64? {
    guard batch.pending.isIllegal, batch.pending.sources.count < 256 else { return nil }
    let state = try ledger.state
    let figures = batch.pending.decisions.map(\.figures)
    let drawn = batch.pending.decoys?.tally.keys ?? 0
    let keys = batch.removed.keys - drawn
    let rows = batch.removed.rows - drawn
    func suffices(_ count: UInt64) -> Bool {
      let decoys = Tally(keys: count, rows: count)
      return state.isDilute(
        removed: Tally(keys: keys + count, rows: rows + count), from: batch.parent,
        by: figures + [RemovalFigures(reasonClass: .decoy, removed: decoys)],
        returned: batch.pending.returned)
    }
    var least: UInt64 = 1
    var enough = try release(batch.parent).publication.tally.keys
    guard enough > 0, suffices(enough) else { return nil }
    while least < enough {
      let middle = least + (enough - least) / 2
      if suffices(middle) { enough = middle } else { least = middle + 1 }
    }
    let isHidden = try mayShow(
      batch.pending.keys, rows: rows + enough, returned: batch.returned, of: batch.parent,
      decoys: enough, illegal: try illegalRows(of: batch.parent.name))
    return isHidden ? enough : nil
  }
}
