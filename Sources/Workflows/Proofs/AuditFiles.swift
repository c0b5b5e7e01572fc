package import Datasets
internal import Files
internal import LedgerCrypto
package import Provenance
internal import Rows
internal import SetCommitment

/// Holds files against a release that a bundle proves; needs no ledger, network or database.
///
/// Nothing of the bundle is used that it does not prove: root, rows, keys and manifest are those of the
/// release's publication, and columns and the secret's commitment those of its dataset.
package struct AuditFiles: Sendable {
  let release: VersionedName
  let files: [String]
  let listings: [String]
  let reading: Reading
  /// The secret of a keyed dataset.
  let secret: [UInt8]?
  let engine: Engine

  /// Takes files and directories, of which pointers may stand for some; or the pages of a repository's
  /// listing.
  package init(
    _ release: VersionedName, files: [String], listings: [String], reading: Reading? = nil,
    secret: [UInt8]? = nil, engine: Engine = Engine()
  ) {
    self.release = release
    self.files = files
    self.listings = listings
    self.reading = reading ?? Reading()
    self.secret = secret
    self.engine = engine
  }

  /// Verifies the bundle at `path`, and then the files.
  package func verdict(
    _ path: String, anchors: TrustAnchors, _ progress: Progress
  ) throws -> Verdict {
    let held = listings.isEmpty ? try HeldFiles(files) : nil
    let readsRows = held.map { !$0.hasPointers } ?? false
    let (verdict, proven) = try BundleFile.examine(
      path, anchors: anchors, filesOf: FilesQuestion(release: release, readsRows: readsRows))
    guard let proven else { return verdict.withoutFiles() }
    var manifest: ShardManifest?
    if let bytes = proven.manifest {
      manifest = ShardManifest(bytes, of: proven.publication)
      if manifest == nil { return verdict.with(malformedManifestOf: proven) }
    }
    if let held, let rule = proven.rule {
      var rowSecret: RowSecret?
      if rule.registration.tagging == .keyed {
        guard let secret else { return verdict.withoutRows(.skipped(.noSecret)) }
        guard let given = RowSecret(bytes: secret),
          given.commitment == rule.registration.secretCommitment
        else { return verdict.withoutRows(.failed(.otherSecret)) }
        rowSecret = given
      }
      let summary = try read(held, rule.columns, rowSecret, progress)
      return verdict.with(
        FilesEvidence(
          means: .rows(
            root: summary.root.root, Tally(keys: summary.keys, rows: summary.rows)),
          files: summary.shards.count,
          difference: manifest.map {
            FilesDifference(of: summary.shards.map { ListedFile($0) }, from: $0, byBytes: true)
          }), of: proven)
    }
    // Without a manifest the bundle is not verified when rows are not read.
    guard let manifest else { return verdict.withoutFiles() }
    let listed = try held?.listed(progress) ?? RepositoryListing.read(listings)
    return verdict.with(
      FilesEvidence(
        means: held == nil ? .listing : .pointers, files: manifest.shards.count,
        difference: FilesDifference(of: listed, from: manifest)), of: proven)
  }

  private func read(
    _ held: HeldFiles, _ columns: ColumnsFixed, _ secret: RowSecret?, _ progress: Progress
  ) throws -> ReleaseSummary {
    let reader = try ReleaseReader(
      shards: try held.shards(), identity: columns.identity, content: columns.content,
      reading: reading, secret: secret, engine: engine)
    return try reader.index(to: nil, scratch: Directory.temporary, work: progress.work("read"))
  }
}
