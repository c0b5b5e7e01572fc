package import Datasets
internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
package import Rows
internal import SetCommitment

extension Session {
  /// What `release publish` recorded.
  package struct ReleaseDone: Sendable {
    package let recorded: Recorded
    package let publication: ReleasePublished
  }

  /// How long work on rows is done, and told.
  func work(_ step: String) -> Work {
    let progress = progress
    return Work(
      progress: { done in
        progress.report(step, UInt64(done.bytes), UInt64(done.totalBytes), done.rows)
      }, isCancelled: progress.isCancelled)
  }

  /// Reads the files of a release, keeps its index and catalogue here, and records its root.
  package func publishRelease(
    _ release: VersionedName, files: [String], types: [String: ColumnType] = [:],
    parent: VersionedName? = nil
  ) throws -> ReleaseDone {
    let dataset = try dataset(release.name)
    if let record = try ledger.state.catalog.releases[release] {
      throw Refusal.releaseExists(release, at: record.published)
    }
    if let parent { _ = try self.release(parent) }
    let key = try signer()
    for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
    let shards = try Shard.list(files.map(Self.absolute))
    let secret = try rowSecret(of: dataset)
    let reader: ReleaseReader
    if let columns = dataset.columns {
      reader = try ReleaseReader(
        shards: shards, identity: columns.identity, content: columns.content, types: types,
        secret: secret)
    } else {
      reader = try ReleaseReader(
        registering: shards, identity: dataset.registration.identity,
        content: dataset.registration.content, types: types, secret: secret)
    }
    try Directory.make(directory.indexes)
    try Directory.make(directory.catalogs)
    let indexPath = directory.index(of: release)
    let catalogPath = directory.catalog(of: release)
    return try undoing {
      onFailure {
        try? Directory.remove(file: indexPath)
        try? Directory.remove(file: catalogPath)
      }
      let summary = try reader.index(to: indexPath, work: work("read"))
      try ReleaseCatalog(
        release: release.description, shards: shards, facts: summary.shards
      ).write(to: catalogPath)
      let derivation: Derivation? =
        if let parent { try self.derivation(from: parent, toIndexAt: indexPath) } else { nil }
      let publication = ReleasePublished(
        release: release, root: summary.root.root,
        tally: Tally(keys: summary.keys, rows: summary.rows),
        columns: dataset.columns == nil
          ? ColumnsFixed(identity: reader.identity, content: reader.content) : nil,
        shards: UInt64(summary.shards.count),
        manifest: try attachOpen(summary.manifest.bytes, mediaType: "application/json"),
        derivation: derivation)
      let recorded = try ledger.append(now: now) { transaction in
        try record(.releasePublished(publication), keys: [key], in: &transaction)
      }
      return ReleaseDone(recorded: recorded, publication: publication)
    }
  }

  /// How a release came from its parent, counted from both indexes; not a cleaning.
  private func derivation(
    from parent: VersionedName, toIndexAt path: String
  ) throws -> Derivation {
    let diff = try IndexDiff(
      from: try index(of: parent).source, to: try IndexFile(path: path).source,
      progress: progress)
    return Derivation(
      parent: parent, removed: diff.removed, added: diff.added, changed: diff.changed,
      removals: [], reinstatements: [], union: nil, absentKeys: 0, disclosure: .open,
      unreconciled: nil)
  }

  /// The index of a release, which must have the published root.
  package func index(of release: VersionedName) throws -> IndexFile {
    let path = directory.index(of: release)
    guard Directory.holds(path) else { throw WorkflowFailure.noIndex(release) }
    let index = try IndexFile(path: path)
    guard index.root == (try self.release(release)).publication.root else {
      throw WorkflowFailure.indexDiffers(release)
    }
    return index
  }

  /// The catalogue of a release: where its shards are and what they were.
  package func catalog(of release: VersionedName) throws -> ReleaseCatalog {
    let path = directory.catalog(of: release)
    guard Directory.holds(path) else { throw WorkflowFailure.noCatalog(release) }
    return try ReleaseCatalog.read(path)
  }

  /// The rows of a published release, as its dataset reads them.
  package func reader(
    of release: VersionedName, shards: [Shard]
  ) throws -> ReleaseReader {
    let dataset = try dataset(release.name)
    guard let columns = dataset.columns else { throw WorkflowFailure.releaseUnknown(release) }
    return try ReleaseReader(
      shards: shards, identity: columns.identity, content: columns.content,
      secret: try rowSecret(of: dataset))
  }

  /// What changed between two releases.
  package func diff(_ old: VersionedName, _ new: VersionedName) throws -> IndexDiff {
    try IndexDiff(
      from: try index(of: old).source, to: try index(of: new).source, progress: progress)
  }

  /// What `release verify` found.
  package struct ReleaseCheck: Sendable {
    package let matches: Bool
    package let root: Digest
    package let rows: UInt64
  }

  /// Recomputes the root of a release from files, and keeps the index when it is the published one.
  package func verifyRelease(
    _ name: VersionedName, files: [String]
  ) throws -> ReleaseCheck {
    let release = try release(name)
    let shards: [Shard]
    if files.isEmpty {
      shards = try catalog(of: name).shards()
    } else {
      for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
      shards = try Shard.list(files.map(Self.absolute))
    }
    try Directory.make(directory.indexes)
    let path = directory.index(of: name)
    let reader = try reader(of: name, shards: shards)
    let isKept = Directory.holds(path)
    let summary = try reader.index(
      to: isKept ? nil : path, scratch: directory.indexes, work: work("read"))
    let matches = summary.root.root == release.publication.root
    if !isKept {
      if matches {
        try Directory.make(directory.catalogs)
        try ReleaseCatalog(release: name.description, shards: shards, facts: summary.shards)
          .write(to: directory.catalog(of: name))
      } else {
        try Directory.remove(file: path)
      }
    }
    return ReleaseCheck(matches: matches, root: summary.root.root, rows: summary.rows)
  }

  /// `path` from the root on, so that the catalogue holds wherever it is read from.
  static func absolute(_ path: String) -> String {
    AbsolutePath.of(path)
  }
}
