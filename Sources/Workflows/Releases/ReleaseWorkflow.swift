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
    _ release: VersionedName, files: [String], types: DeclaredTypes = [:],
    parent: VersionedName? = nil
  ) throws -> ReleaseDone {
    try alone(with: release) {
      try publishAlone(release, files: files, types: types, parent: parent)
    }
  }

  /// Holds the files that the ledger keeps of `release` while `body` makes them: another process
  /// that makes them too would take them away when its event is refused.
  func alone<Result>(with release: VersionedName, _ body: () throws -> Result) throws -> Result {
    try Directory.make(directory.indexes)
    let lock = try FileLock(of: directory.index(of: release), waiting: false)
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  private func publishAlone(
    _ release: VersionedName, files: [String], types: DeclaredTypes, parent: VersionedName?
  ) throws -> ReleaseDone {
    let dataset = try dataset(release.name)
    let attempt = try attempt()
    let earlier = try ledger.state.catalog.releases[release]
    if let earlier, try !isEarlier(earlier.event, attempt) {
      throw Refusal.releaseExists(release, at: earlier.published)
    }
    if let parent { _ = try self.release(parent) }
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
    if let earlier {
      return try earlierPublication(earlier, reader, parent: parent, attempt)
    }
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
      let disclosure: Disclosure =
        try ledger.state.catalog.mark(of: release.name) == nil ? .open : .sealed
      let derivation: Derivation? =
        if let parent {
          try self.derivation(from: parent, toIndexAt: indexPath, disclosure: disclosure)
        } else { nil }
      let publication = ReleasePublished(
        release: release, root: summary.root.root,
        tally: Tally(keys: summary.keys, rows: summary.rows),
        columns: dataset.columns == nil
          ? ColumnsFixed(identity: reader.identity, content: reader.content) : nil,
        shards: UInt64(summary.shards.count),
        // A dataset's first stands beside no other.
        manifest: try attachManifest(
          summary, disclosure: dataset.columns == nil ? .open : disclosure, attempt: attempt),
        derivation: derivation)
      let recorded = try append { transaction in
        try record(
          .releasePublished(publication), signers: attempt.signers, attempt: attempt,
          in: &transaction)
      }
      return ReleaseDone(recorded: recorded, publication: publication)
    }
  }

  /// What a retry answers when the first try was recorded: the files are read again, and must be
  /// those of then; nothing is written.
  private func earlierPublication(
    _ record: ReleaseRecord, _ reader: ReleaseReader, parent: VersionedName?, _ attempt: Attempt
  ) throws -> ReleaseDone {
    let publication = record.publication
    let summary = try reader.index(to: nil, scratch: directory.indexes, work: work("read"))
    guard summary.root.root == publication.root, publication.derivation?.parent == parent,
      UInt64(summary.shards.count) == publication.shards
    else { throw WorkflowFailure.nonceUsed(record.published) }
    return ReleaseDone(
      recorded: try recorded(earlier: record.event, .releasePublished, attempt),
      publication: publication)
  }

  /// The shard manifest: names, sizes and digests of the files.
  func attachManifest(
    _ summary: ReleaseSummary, disclosure: Disclosure, attempt: Attempt
  ) throws -> AttachmentReference {
    guard disclosure == .sealed else {
      return try attachOpen(
        summary.manifest.bytes, mediaType: "application/json", kind: .releasePublished,
        field: "manifest", attempt: attempt)
    }
    return try attachSealed(
      summary.manifest.bytes, mediaType: "application/json", kind: .releasePublished,
      field: "manifest", attempt: attempt, secrets: try secrets())
  }

  /// How a release came from its parent, counted from both indexes; not a cleaning.
  private func derivation(
    from parent: VersionedName, toIndexAt path: String, disclosure: Disclosure
  ) throws -> Derivation {
    let diff = try IndexDiff(
      from: try index(of: parent).source, to: try IndexFile(path: path).source,
      progress: progress)
    return Derivation(
      parent: parent, removed: diff.removed, added: diff.added, changed: diff.changed,
      disclosure: disclosure)
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
    /// Names of catalogued files that are not what was published; empty for files that were given,
    /// for between two releases the names would say which files lost rows.
    package let changed: [String]
  }

  /// Recomputes the root of a release from files, and keeps the index when it is the published one.
  package func verifyRelease(
    _ name: VersionedName, files: [String]
  ) throws -> ReleaseCheck {
    guard !Directory.holds(directory.index(of: name)) else {
      return try verifyAlone(name, files: files)
    }
    return try alone(with: name) { try verifyAlone(name, files: files) }
  }

  private func verifyAlone(_ name: VersionedName, files: [String]) throws -> ReleaseCheck {
    let release = try release(name)
    let shards: [Shard]
    var published: [ReleaseCatalog.Entry] = []
    if files.isEmpty {
      let catalog = try catalog(of: name)
      shards = try catalog.shards()
      published = catalog.entries
    } else {
      for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
      shards = try Shard.list(files.map(Self.absolute))
    }
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
    let changed = zip(summary.shards, published).filter { $0 != $1.facts }.map(\.0.name)
    return ReleaseCheck(
      matches: matches, root: summary.root.root, rows: summary.rows,
      changed: matches ? [] : changed)
  }

  /// `path` from the root on, so that the catalogue holds wherever it is read from.
  static func absolute(_ path: String) -> String {
    AbsolutePath.of(path)
  }
}
