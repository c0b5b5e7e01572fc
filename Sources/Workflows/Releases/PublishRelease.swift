internal import CanonicalJSON
package import Datasets
internal import Files
internal import LedgerCrypto
package import Provenance
internal import Rows
internal import SetCommitment

/// Reads the files of a release, keeps its index and catalogue here, and records its root.
package struct PublishRelease: Deciding {
  let release: VersionedName
  let files: [String]
  let reading: Reading
  let parent: VersionedName?

  package init(
    _ release: VersionedName, files: [String], reading: Reading = Reading(),
    parent: VersionedName? = nil
  ) {
    self.release = release
    self.files = files
    self.reading = reading
    self.parent = parent
  }

  /// What was published.
  package struct Answer: Sendable {
    package let publication: ReleasePublished
    /// Columns of the files that are carried, not committed.
    package let carried: [String]
  }

  package var making: VersionedName? { release }

  package struct Plan: Sendable {
    let reader: ReleaseReader
    let shards: [Shard]
    /// What the first try published.
    let earlier: ReleaseRecord?
    /// Whether it is the dataset's first release, which fixes its columns.
    let isFirst: Bool
  }

  package func plan(_ desk: Desk) throws -> Plan {
    let view = desk.view
    let dataset = try view.dataset(release.name)
    let earlier = view.state.catalog.releases[release]
    if let earlier, !desk.isEarlier(earlier.event) {
      throw Refusal.releaseExists(release, at: earlier.published)
    }
    if let parent { _ = try view.release(parent) }
    if case .only(let missing) = reading.missing,
      let name = missing.first(where: { name in
        dataset.registration.identity.contains { NameOrder.areSame($0, name) }
      })
    {
      throw WorkflowFailure.badInput(
        "The column \(name) identifies rows and is never missing; give files that have it.")
    }
    let shards = try desk.shelf.shards(in: files)
    let secret = try desk.vault.rowSecret(of: dataset)
    let reader =
      if let columns = dataset.columns {
        try ReleaseReader(
          shards: shards, identity: columns.identity, content: columns.content, reading: reading,
          secret: secret, engine: desk.shelf.engine)
      } else {
        try ReleaseReader(
          registering: shards, identity: dataset.registration.identity,
          content: dataset.registration.content, reading: reading, secret: secret,
          engine: desk.shelf.engine)
      }
    try reader.requireDistinctFiles()
    return Plan(
      reader: reader, shards: shards, earlier: earlier, isFirst: dataset.columns == nil)
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Answer {
    if let earlier = plan.earlier { return try again(earlier, plan.reader, &staging) }
    let desk = staging.desk
    let indexPath = desk.directory.index(of: release)
    let catalogPath = desk.directory.catalog(of: release)
    try Directory.make(desk.directory.catalogs)
    staging.onFailure {
      try? Directory.remove(file: indexPath)
      try? Directory.remove(file: catalogPath)
    }
    let summary = try plan.reader.index(to: indexPath, work: desk.shelf.work("read"))
    try ReleaseCatalog(
      release: release.description, shards: plan.shards, facts: summary.shards,
      reading: plan.reader.reading, carried: summary.carried
    ).write(to: catalogPath)
    let disclosure: Disclosure =
      desk.view.state.catalog.mark(of: release.name) == nil ? .open : .sealed
    let publication = ReleasePublished(
      release: release, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows),
      columns: plan.isFirst
        ? ColumnsFixed(identity: plan.reader.identity, content: plan.reader.content) : nil,
      shards: UInt64(summary.shards.count),
      manifest: try staging.attach(manifest: summary.manifest.bytes, disclosure),
      derivation: try parent.map {
        try derivation(from: $0, toIndexAt: indexPath, disclosure, desk.shelf)
      })
    try staging.say(.releasePublished(publication))
    return Answer(publication: publication, carried: summary.carried)
  }

  /// What a retry answers when the first try was recorded: the files are read again, and must be
  /// those of then; nothing is written.
  private func again(
    _ record: ReleaseRecord, _ reader: ReleaseReader, _ staging: inout Staging
  ) throws -> Answer {
    let desk = staging.desk
    let publication = record.publication
    let summary = try reader.index(
      to: nil, scratch: desk.directory.indexes, work: desk.shelf.work("read"))
    guard summary.root.root == publication.root, publication.derivation?.parent == parent,
      UInt64(summary.shards.count) == publication.shards,
      let event = desk.earlier.first(where: { $0.id == record.event })
    else { throw WorkflowFailure.nonceUsed(record.published) }
    staging.repeat(event)
    return Answer(publication: publication, carried: summary.carried)
  }

  /// How a release came from its parent, counted from both indexes; not a cleaning.
  private func derivation(
    from parent: VersionedName, toIndexAt path: String, _ disclosure: Disclosure, _ shelf: Shelf
  ) throws -> Derivation {
    let diff = try IndexDiff(
      from: try shelf.index(of: parent).source, to: try IndexFile(path: path).source,
      progress: shelf.progress)
    return Derivation(
      parent: parent, removed: diff.removed, added: diff.added, changed: diff.changed,
      disclosure: disclosure)
  }
}
