internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What cleaning wrote, against the release that it cleans.
struct CleanedFiles {
  let summary: ReleaseSummary
  let shards: [Shard]
  let removed: Tally
  let added: Tally
  /// The keys that came back.
  let returned: EntrySet
}

extension Session {
  /// Writes `name` without what is to go and with what comes back.
  ///
  /// Rows that come back need their bytes and their places among the others. Both are in the files of
  /// the release that they left, and cleaning keeps the order of rows: so the cleaned release is
  /// written from the nearest ancestor that holds them all and of which everything in `name` is still
  /// a part, less whatever left since and stays away. What comes of it is held against `name`'s own
  /// index, key by key, before anything is recorded.
  func cleanedFiles(
    of name: VersionedName, as target: VersionedName, out: String, pending: Pending,
    unfinished: UnfinishedFiles
  ) throws -> CleanedFiles {
    let leaving = pending.leaving
    let returned = try returning(pending, to: name)
    guard returned.count > 0 else {
      let result = try write(
        name, without: leaving.members, as: target, out: out, unfinished)
      return CleanedFiles(
        summary: result.cleaned, shards: result.shards,
        removed: Tally(keys: UInt64(result.removedKeys), rows: result.removedRows),
        added: Tally(keys: 0, rows: 0), returned: returned)
    }
    try checkFiles(of: name)
    let (ancestor, gone) = try ancestor(of: name, holding: returned)
    let result = try write(
      ancestor, without: gone.union(leaving).subtracting(returned).members, as: target,
      out: out, unfinished)
    do {
      let diff = try IndexDiff(
        from: try index(of: name).source,
        to: try IndexFile(path: directory.index(of: target)).source, progress: progress)
      guard diff.changed.keys == 0, diff.lists.added.map(\.key) == returned.members,
        EntrySet(diff.lists.removed).isSubset(of: leaving)
      else { throw WorkflowFailure.notRestorable(name) }
      return CleanedFiles(
        summary: result.cleaned, shards: result.shards, removed: diff.removed, added: diff.added,
        returned: returned)
    } catch {
      for file in result.shards.map(\.path) + [directory.index(of: target), unfinished.path] {
        try? Directory.remove(file: file)
      }
      throw error
    }
  }

  private func write(
    _ source: VersionedName, without keys: [Digest], as target: VersionedName, out: String,
    _ unfinished: UnfinishedFiles
  ) throws -> CleanResult {
    let catalog = try catalog(of: source)
    return try reader(of: source, shards: try catalog.shards()).clean(
      removing: keys, catalog: catalog, root: try release(source).publication.root,
      to: Self.absolute(out), index: directory.index(of: target), unfinished: unfinished,
      work: work("clean"))
  }

  /// Recomputes the root of a release from its catalogued files.
  private func checkFiles(of name: VersionedName) throws {
    let catalog = try catalog(of: name)
    let summary = try reader(of: name, shards: try catalog.shards()).index(
      to: nil, scratch: directory.indexes, work: work("read"))
    for (facts, entry) in zip(summary.shards, catalog.entries) where facts != entry.facts {
      throw WorkflowFailure.shardChanged(facts.name)
    }
    guard summary.root.root == (try release(name)).publication.root else {
      throw WorkflowFailure.shardChanged(name.description)
    }
  }

  /// The nearest ancestor that has all of `keys` and every row of `name`, and what left since.
  private func ancestor(
    of name: VersionedName, holding keys: EntrySet
  ) throws -> (VersionedName, gone: EntrySet) {
    let after = try index(of: name).source
    for record in try ledger.state.catalog.line(of: name).dropFirst() {
      let candidate = record.publication.release
      let before = try index(of: candidate).source
      guard try keys.members.allSatisfy({ try before.holds($0) }) else { continue }
      let diff = try IndexDiff(from: before, to: after, progress: progress)
      if diff.added.keys == 0, diff.changed.keys == 0 {
        return (candidate, EntrySet(diff.lists.removed))
      }
    }
    throw WorkflowFailure.notRestorable(name)
  }
}
