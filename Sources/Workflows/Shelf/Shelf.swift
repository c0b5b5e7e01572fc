package import Datasets
internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// The files that a ledger directory keeps of its releases: indexes, catalogues, and the shards that
/// these name.
package struct Shelf: Sendable {
  package let vault: Vault
  package let progress: Progress
  /// What reads and writes Parquet.
  package let engine: Engine
  package var view: LedgerView { vault.view }
  package var directory: LedgerDirectory { vault.directory }

  package init(_ vault: Vault, _ progress: Progress, _ engine: Engine) {
    self.vault = vault
    self.progress = progress
    self.engine = engine
  }

  /// How long work on rows is done, and told.
  package func work(_ step: String) -> Work { progress.work(step) }

  /// The index of a release, which must have the published root.
  package func index(of release: VersionedName) throws -> IndexFile {
    let path = directory.index(of: release)
    guard Directory.holds(path) else { throw WorkflowFailure.noIndex(release) }
    let index = try IndexFile(path: path)
    guard index.root == (try view.release(release)).publication.root else {
      throw WorkflowFailure.indexDiffers(release)
    }
    return index
  }

  /// Whether the index of a release is here.
  package func hasIndex(of release: VersionedName) -> Bool {
    Directory.holds(directory.index(of: release))
  }

  /// The catalogue of a release: where its shards are and what they were.
  package func catalog(of release: VersionedName) throws -> ReleaseCatalog {
    let path = directory.catalog(of: release)
    guard Directory.holds(path) else { throw WorkflowFailure.noCatalog(release) }
    return try ReleaseCatalog.read(path)
  }

  /// Whether the catalogue of a release is here.
  package func hasCatalog(of release: VersionedName) -> Bool {
    Directory.holds(directory.catalog(of: release))
  }

  /// The catalogue of a release, whose files must be where it says.
  package func catalogOfFilesHere(of release: VersionedName) throws -> ReleaseCatalog {
    let catalog = try catalog(of: release)
    if let gone = catalog.entries.first(where: { !Access.exists($0.path) }) {
      throw WorkflowFailure.filesMoved(release, from: gone.folder)
    }
    return catalog
  }

  /// How the files of a release are read, as far as its catalogue is here and says so.
  func reading(of release: VersionedName) throws -> Reading {
    try catalogIfHere(of: release)?.reading ?? Reading()
  }

  /// Columns of a release's files that are carried, not committed; `nil` when its catalogue is not
  /// here.
  package func carried(of release: VersionedName) throws -> [String]? {
    try catalogIfHere(of: release)?.carried
  }

  private func catalogIfHere(of release: VersionedName) throws -> ReleaseCatalog? {
    hasCatalog(of: release) ? try catalog(of: release) : nil
  }

  /// The rows of a release as it was published, from the files of its catalogue.
  package func reader(
    of release: VersionedName, _ catalog: ReleaseCatalog
  ) throws -> ReleaseReader {
    try reader(of: release, shards: try catalog.shards(), reading: catalog.reading)
  }

  /// The rows of a published release, as its dataset reads them.
  package func reader(
    of release: VersionedName, shards: [Shard], reading: Reading
  ) throws -> ReleaseReader {
    let dataset = try view.dataset(release.name)
    guard let columns = dataset.columns else { throw WorkflowFailure.releaseUnknown(release) }
    return try ReleaseReader(
      shards: shards, identity: columns.identity, content: columns.content, reading: reading,
      secret: try vault.rowSecret(of: dataset), engine: engine)
  }

  /// The shards in files that someone names.
  package func shards(in files: [String]) throws -> [Shard] {
    for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
    for file in files {
      // A file that cannot be read is told of when its rows are.
      if let head = try? OpenFile(path: file), try LFSPointer(in: head) != nil {
        throw WorkflowFailure.pointerToRows(file)
      }
    }
    return try Shard.list(files.map(AbsolutePath.of))
  }

  /// What changed between two releases of one dataset, or of two whose rows have the same keys and
  /// columns.
  package func diff(_ old: VersionedName, _ new: VersionedName) throws -> IndexDiff {
    let datasets = try [old, new].map { try view.dataset($0.name) }
    guard old.name == new.name || datasets[0].isComparable(with: datasets[1]) else {
      throw WorkflowFailure.unlikeDatasets(old, new)
    }
    return try IndexDiff(
      from: try index(of: old).source, to: try index(of: new).source, progress: progress)
  }

  /// How many rows of `release` have one of `keys`, ascending.
  package func rows(of keys: [Digest], in release: VersionedName) throws -> UInt64 {
    let source = try index(of: release).source
    var count = RowCount(of: try view.release(release))
    for key in keys {
      if let entry = try source.entry(of: key) { try count.add(entry) }
    }
    return count.rows
  }

  /// Holds the files that the ledger keeps of `release` while `body` makes them: another process
  /// that makes them too would take them away when its event is refused.
  package func alone<Result>(with release: VersionedName, _ body: () throws -> Result) throws
    -> Result
  {
    try Directory.make(directory.indexes)
    let lock = try FileLock(of: directory.index(of: release), waiting: false)
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }
}

extension DatasetRecord {
  /// Whether rows of both have the same keys and digests.
  fileprivate func isComparable(with other: DatasetRecord) -> Bool {
    registration.tagging == .plain && other.registration.tagging == .plain
      && columns == other.columns
  }
}

extension Progress {
  /// How long work on rows is done, and told.
  func work(_ step: String) -> Work {
    Work(
      memory: memory,
      progress: { done in
        report(step, UInt64(done.bytes), UInt64(done.totalBytes), done.rows)
      }, isCancelled: isCancelled)
  }
}
