internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// What changed from one version of a hash list to another, and which removals lost their ground by it.
///
/// A removal's ground for a key is that one of its sources found it. Where a match with the older list
/// did, the newest match of the same release, column and method with the newer list takes its place; a
/// key that this one does not find, nor any other source of the removal, has lost its ground, unless a
/// reinstatement took it back. What is counted is what the sealed sets here show.
package struct ListDiff: Sendable {
  /// One of the two versions.
  package struct Version: Sendable {
    package let list: VersionedName
    package let hashes: UInt64
  }

  /// Two matches that differ in the list alone.
  package struct Pair: Sendable {
    package let older: UInt64
    package let newer: UInt64
    package let column: String
  }

  /// A removal that rests on a match with the older list.
  package struct Ground: Sendable {
    package let sequence: UInt64
    /// What was decided to go.
    package let removed: Tally
    /// What of it nothing holds any more.
    package let lost: Tally
    let keys: EntrySet
  }

  /// A release that was matched with both.
  package struct Release: Sendable {
    package let release: VersionedName
    package let pairs: [Pair]
    package let grounds: [Ground]
  }

  package let older: Version
  package let newer: Version
  package let added: UInt64
  package let dropped: UInt64
  package let kept: UInt64
  package let releases: [Release]
  /// Releases with a removal that rests on the older list and no match with the newer.
  package let unmatched: [VersionedName]
  /// What is not here and would have to be, so that not every ground is known.
  package let missing: [Missing]

  /// A piece that is not here.
  package enum Missing: Hashable, Sendable {
    /// The rows that this sequence names.
    case members(UInt64)
    case index(VersionedName)
  }
}

extension ListDiff {
  /// Reads both files, each of which must be the registered list, and the sealed sets of what rests on
  /// the older.
  package init(
    from older: VersionedName, _ olderFile: ListFile, to newer: VersionedName,
    _ newerFile: ListFile, _ shelf: Shelf
  ) throws {
    let (old, new) = (try shelf.view.list(older), try shelf.view.list(newer))
    guard old.event != new.event else {
      throw WorkflowFailure.badInput("These are one list; name two versions of it.")
    }
    guard old.receipt.algorithm == new.receipt.algorithm, old.receipt.of == new.receipt.of else {
      throw WorkflowFailure.listsUnlike(older, newer)
    }
    let before = EntrySet(try shelf.contents(of: old, olderFile).entryKeys())
    let after = EntrySet(try shelf.contents(of: new, newerFile).entryKeys())
    let both = UInt64(before.overlapCount(with: after))
    var grounds = GroundsOfList(shelf: shelf, older: old.event, newer: new.event)
    var releases: [Release] = []
    var unmatched: [VersionedName] = []
    for name in shelf.view.state.catalog.releases.keys.sorted() {
      if shelf.progress.isCancelled() { throw WorkflowFailure.cancelled }
      switch try grounds.release(name) {
      case .compared(let release): releases.append(release)
      case .unmatched: unmatched.append(name)
      case .untouched: break
      }
    }
    self.init(
      older: Version(list: older, hashes: UInt64(before.count)),
      newer: Version(list: newer, hashes: UInt64(after.count)),
      added: UInt64(after.count) - both, dropped: UInt64(before.count) - both, kept: both,
      releases: releases, unmatched: unmatched, missing: grounds.missing)
  }
}

/// Looks for what the removals of releases rest on.
private struct GroundsOfList {
  let shelf: Shelf
  let older: EventID
  let newer: EventID
  private(set) var missing: [ListDiff.Missing] = []

  init(shelf: Shelf, older: EventID, newer: EventID) {
    self.shelf = shelf
    self.older = older
    self.newer = newer
  }

  enum Outcome {
    case compared(ListDiff.Release)
    /// Something rests on the older list, and the newer was not compared.
    case unmatched
    case untouched
  }

  private struct Match {
    let event: AdmittedEvent
    let body: MatchCompleted
  }

  mutating func release(_ name: VersionedName) throws -> Outcome {
    let matches = try shelf.view.matches(on: name).compactMap { event -> Match? in
      guard case .matchCompleted(let body) = event.statement.body else { return nil }
      return Match(event: event, body: body)
    }
    let old = matches.filter { $0.body.list == older }
    let new = matches.filter { $0.body.list == newer }
    if old.isEmpty { return .untouched }
    // The newest match with the newer list, for each with the older that it can stand in for.
    var pairs: [EventID: Match] = [:]
    for match in old {
      pairs[match.event.id] = new.last { $0.body.compares(as: match.body) }
    }
    let removals = try shelf.view.release(name).removals.map { try shelf.view.removal($0) }
      .filter { removal in
        removal.body.sources.contains { source in old.contains { $0.event.id == source.event } }
      }
    if pairs.isEmpty { return removals.isEmpty ? .untouched : .unmatched }
    let grounds = try removals.compactMap { event, body in
      try ground(event, body, old, pairs, name)
    }
    return .compared(
      ListDiff.Release(
        release: name,
        pairs: old.compactMap { match in
          pairs[match.event.id].map {
            .init(
              older: match.event.sequence, newer: $0.event.sequence, column: match.body.column)
          }
        }, grounds: grounds))
  }

  /// What a removal has lost; `nil` where something is not here that would say it.
  private mutating func ground(
    _ event: AdmittedEvent, _ body: RemovalDecided, _ old: [Match], _ pairs: [EventID: Match],
    _ name: VersionedName
  ) throws -> ListDiff.Ground? {
    guard shelf.hasIndex(of: name) else {
      lack(.index(name))
      return nil
    }
    var found = EntrySet([Digest]())
    var still = EntrySet([Digest]())
    var isWhole = true
    func unite(_ set: EntrySet?, _ into: inout EntrySet) {
      if let set { into = into.union(set) } else { isWhole = false }
    }
    for source in body.sources {
      let sourceEvent = try shelf.view.event(of: source.event)
      if let match = old.first(where: { $0.event.id == source.event }),
        let pair = pairs[match.event.id]
      {
        unite(try members(of: match.body.set, match.event), &found)
        unite(try members(of: pair.body.set, pair.event), &still)
      } else if let set = sourceEvent.statement.body.content.sets.first {
        unite(try members(of: set, sourceEvent), &still)
      }
    }
    for decision in shelf.view.state.catalog.releases.values.flatMap(\.decisions)
    where decision.removals.contains(event.id) {
      let taken = try shelf.view.event(of: decision.event)
      if case .reinstatementDecided(let reinstatement) = taken.statement.body {
        unite(try members(of: reinstatement.set, taken), &still)
      }
    }
    let decided = try members(of: body.set, event)
    guard isWhole, let decided else { return nil }
    let lost = found.intersection(decided).subtracting(still)
    return ListDiff.Ground(
      sequence: event.sequence, removed: body.removed, lost: try shelf.tally(of: lost, in: name),
      keys: lost)
  }

  private mutating func members(of set: SetReference, _ event: AdmittedEvent) throws -> EntrySet? {
    if let members = try shelf.vault.membersHere(of: set, event: event) { return members }
    lack(.members(event.sequence))
    return nil
  }

  private mutating func lack(_ piece: ListDiff.Missing) {
    if !missing.contains(piece) { missing.append(piece) }
  }
}

extension MatchCompleted {
  /// Whether `other` differs in the list alone.
  fileprivate func compares(as other: MatchCompleted) -> Bool {
    release == other.release && column.utf8.elementsEqual(other.column.utf8)
      && method == other.method && nearness == other.nearness
  }
}

extension LedgerView {
  /// The list as registered.
  package func list(_ name: VersionedName) throws -> HashListRecord {
    guard let record = state.catalog.lists[name] else { throw WorkflowFailure.listUnknown(name) }
    return record
  }

  fileprivate func event(of id: EventID) throws -> AdmittedEvent {
    guard let event = try event(id: id) else { throw WorkflowFailure.noEvent(id.description) }
    return event
  }
}

extension Shelf {
  /// The list that was registered, from its file.
  ///
  /// - Throws: ``WorkflowFailure/listSealed(_:)`` where the list's secret is not here, for without it no
  ///   file is known to be the list.
  fileprivate func contents(of list: HashListRecord, _ file: ListFile) throws -> HashList {
    do {
      return try vault.contents(of: list, file, progress)
    } catch WorkflowFailure.membersSealed {
      throw WorkflowFailure.listSealed(list.receipt.list)
    }
  }
}
