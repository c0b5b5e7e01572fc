internal import Datasets
internal import LedgerCrypto
internal import Provenance
internal import Rows
internal import SetCommitment

/// Rows that were chosen by hand: what a filter says that is recorded with the removal.
package struct HandFilter: Sendable {
  let keys: EntrySet
  let tally: Tally
  /// The choice in words, which are sealed.
  let words: String
  /// Rows that were asked for, and how many of these the release has not.
  package let asked: UInt64?
  package let absent: UInt64
}

extension RemovalChoice {
  /// What is chosen by hand, rows first.
  func handFilters(of release: VersionedName, _ desk: Desk) throws -> [HandFilter] {
    var filters: [HandFilter] = []
    if let rows { filters.append(try chosen(rows, of: release, desk)) }
    if !conditions.isEmpty { filters.append(try chosen(conditions, of: release, desk)) }
    return filters
  }

  /// The rows of a list that the release has.
  private func chosen(
    _ list: AskedList, of release: VersionedName, _ desk: Desk
  ) throws -> HandFilter {
    let source = try desk.shelf.index(of: release).source
    let asked = try desk.vault.keys(of: list, in: release, desk.progress)
    var present: [Digest] = []
    var absent: [Int] = []
    for (number, place) in asked.keys.indices.sorted(by: { asked.keys[$0] < asked.keys[$1] })
      .enumerated()
    {
      if number % 4096 == 0, desk.progress.isCancelled() { throw WorkflowFailure.cancelled }
      let key = asked.keys[place]
      if present.last == key { continue }
      if try source.holds(key) {
        present.append(key)
      } else {
        absent.append(asked.places[place])
      }
    }
    guard absent.isEmpty || isAbsenceAllowed else {
      throw WorkflowFailure.rowsAbsent(
        release, places: absent.sorted(), of: asked.keys.count)
    }
    let keys = EntrySet(present)
    return HandFilter(
      keys: keys, tally: try desk.shelf.tally(of: keys, in: release),
      words: "rows given by hand", asked: UInt64(asked.keys.count), absent: UInt64(absent.count))
  }

  /// The rows of the release's files that fulfil a condition, which must be those of its catalogue.
  private func chosen(
    _ conditions: [RowCondition], of release: VersionedName, _ desk: Desk
  ) throws -> HandFilter {
    let catalog = try desk.shelf.catalogOfFilesHere(of: release)
    let reader = try desk.shelf.reader(of: release, catalog)
    let result = try reader.choose(conditions, work: desk.shelf.work("choose"))
    guard result.shards == catalog.entries.map(\.facts) else {
      let changed = zip(result.shards, catalog.entries).first { $0 != $1.facts }
      throw WorkflowFailure.shardChanged(changed?.0.name ?? release.description)
    }
    let keys = EntrySet(result.chosen.map(\.key))
    return HandFilter(
      keys: keys, tally: try desk.shelf.tally(of: keys, in: release),
      words: conditions.map(\.words).joined(separator: ", or "), asked: nil, absent: 0)
  }
}
