internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What cleaning wrote.
struct CleanedFiles {
  let summary: ReleaseSummary
  let shards: [Shard]
  let reading: Reading
  /// The folders that were made for them.
  let folders: NewFolders
}

extension Shelf {
  /// What a release had of a key when the last cleaning that applied one of `removals` took it from the
  /// line of `release`; `nil` when none did.
  func entry(
    of key: Digest, takenBy removals: [EventID], before release: VersionedName
  ) throws -> SetEntry? {
    let removals = Set(removals)
    for record in view.state.catalog.line(of: release) {
      guard let derivation = record.publication.derivation,
        derivation.removals.contains(where: removals.contains)
      else { continue }
      if let entry = try entry(of: key, in: derivation.parent) { return entry }
    }
    return nil
  }

  /// What a release has of a key.
  ///
  /// - Throws: ``WorkflowFailure/indexDiffers(_:)`` for more rows than the release has.
  func entry(of key: Digest, in release: VersionedName) throws -> SetEntry? {
    guard let entry = try index(of: release).source.entry(of: key) else { return nil }
    guard entry.rows <= (try view.release(release)).publication.tally.rows else {
      throw WorkflowFailure.indexDiffers(release)
    }
    return entry
  }

  /// The keys of entries of several releases, and their rows.
  func tally(of entries: [SetEntry], in release: VersionedName) throws -> Tally {
    var rows: UInt64 = 0
    for entry in entries {
      let (sum, overflows) = rows.addingReportingOverflow(entry.rows)
      guard !overflows else { throw WorkflowFailure.indexDiffers(release) }
      rows = sum
    }
    return Tally(keys: UInt64(entries.count), rows: rows)
  }

  /// For each row that comes back, the nearest release before `release` that has it so and whose files
  /// are here.
  ///
  /// - Throws: ``WorkflowFailure/filesNeeded(_:)`` for the nearest release that has a row so, where the
  ///   files of none are here.
  func sources(
    of entries: [SetEntry], before release: VersionedName
  ) throws -> [CleaningPlan.Source] {
    var left = entries
    var sources: [CleaningPlan.Source] = []
    var needed: [Digest: VersionedName] = [:]
    for record in view.state.catalog.line(of: release).dropFirst() where !left.isEmpty {
      let name = record.publication.release
      guard hasIndex(of: name) else { continue }
      let index = try index(of: name).source
      let areHere = try hasFiles(of: name)
      var found: [Digest] = []
      left = try left.filter { entry in
        guard try index.entry(of: entry.key) == entry else { return true }
        if areHere {
          found.append(entry.key)
        } else if needed[entry.key] == nil {
          needed[entry.key] = name
        }
        return !areHere
      }
      if !found.isEmpty { sources.append(.init(release: name, keys: EntrySet(found))) }
    }
    if let entry = left.first { throw WorkflowFailure.filesNeeded(needed[entry.key] ?? release) }
    return sources.reversed()
  }

  /// Whether all catalogued files of a release are where the catalogue says.
  private func hasFiles(of release: VersionedName) throws -> Bool {
    guard Directory.holds(directory.catalog(of: release)) else { return false }
    return try catalog(of: release).entries.allSatisfy { Directory.holds($0.path) }
  }

  /// Writes the release that the plan cleans, without what leaves and with what comes back.
  ///
  /// Of older releases only the rows are read that come back, each with its place among those that
  /// both releases have. Where rows come back, or when `rebuilding`, the root that comes of the index is
  /// held against the rows that were written, before anything is recorded.
  func cleanedFiles(
    _ plan: CleaningPlan, as target: VersionedName, out: String, unfinished: UnfinishedFiles,
    rebuilding: Bool
  ) throws -> CleanedFiles {
    let name = plan.release
    let before = try index(of: name)
    let returning = try plan.sources.map { try rows(back: $0, into: before.source) }
    let catalog = try catalogOfFilesHere(of: name)
    for folder in Set(catalog.entries.map { Directory.parent(of: "\(out)/\($0.facts.name)") }) {
      try OutputTarget.checkOutsideLedgers(folder)
    }
    let result: CleanResult
    do {
      result = try reader(of: name, catalog).clean(
        Cleaning(removing: plan.leaving.members, adding: plan.returning, returning),
        catalog: catalog, root: try view.release(name).publication.root, from: before, to: out,
        index: directory.index(of: target), unfinished: unfinished, rebuilding: rebuilding,
        work: work("clean"))
    } catch DatasetFailure.rebuiltDiffers where !plan.returning.isEmpty {
      throw WorkflowFailure.notRestorable(name)
    }
    guard result.removedKeys == plan.leaving.count, result.removedRows == plan.removed.rows else {
      for file in result.shards.map(\.path) + [directory.index(of: target), unfinished.path] {
        try? Directory.remove(file: file)
      }
      result.folders.remove()
      throw WorkflowFailure.indexDiffers(name)
    }
    return CleanedFiles(
      summary: result.cleaned, shards: result.shards, reading: result.reading,
      folders: result.folders)
  }

  /// Reads rows that come back from an older release.
  private func rows(
    back source: CleaningPlan.Source, into after: SetSource
  ) throws -> ReturningRows {
    let diff = try IndexDiff(
      from: try index(of: source.release).source, to: after, progress: progress)
    let changed = diff.lists.changed.map(\.key)
    let gone = EntrySet(diff.lists.removed + changed).subtracting(source.keys)
    let catalog = try catalogOfFilesHere(of: source.release)
    let rows = try reader(of: source.release, catalog).placedRows(
      of: source.keys.members, passing: gone.members, catalog: catalog, work: work("read"))
    return ReturningRows(rows, others: EntrySet(diff.lists.added.map(\.key) + changed).members)
  }
}
