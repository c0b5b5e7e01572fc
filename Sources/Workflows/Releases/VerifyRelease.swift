package import Datasets
internal import Files
package import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Recomputes the root of a release from files, and keeps the index when it is the published one.
package struct VerifyRelease: Sendable {
  let release: VersionedName
  /// Those of the catalogue by default.
  let files: [String]
  /// As the catalogue has it by default.
  let reading: Reading?

  package init(_ release: VersionedName, files: [String], reading: Reading? = nil) {
    self.release = release
    self.files = files
    self.reading = reading
  }

  /// What was found.
  package struct Check: Sendable {
    package let matches: Bool
    package let root: Digest
    package let rows: UInt64
    /// Names of catalogued files that are not what was published; empty for files that were given,
    /// for between two releases the names would say which files lost rows.
    package let changed: [String]
    /// Columns of the files that are carried, not committed.
    package let carried: [String]
  }

  package func check(_ shelf: Shelf) throws -> Check {
    // Who may only read the ledger keeps nothing, and is told the same.
    guard Access.mayWrite(shelf.directory.path) else {
      return try check(shelf, index: nil, scratch: Directory.temporary)
    }
    if shelf.hasIndex(of: release) {
      return try check(shelf, index: nil, scratch: shelf.directory.indexes)
    }
    return try shelf.alone(with: release) {
      try check(
        shelf, index: shelf.directory.index(of: release), scratch: shelf.directory.indexes)
    }
  }

  private func check(_ shelf: Shelf, index: String?, scratch: String) throws -> Check {
    let record = try shelf.view.release(release)
    let published = files.isEmpty ? try shelf.catalogOfFilesHere(of: release) : nil
    let shards = try published?.shards() ?? shelf.shards(in: files)
    let reader = try shelf.reader(
      of: release, shards: shards, reading: reading ?? shelf.reading(of: release))
    let summary = try reader.index(to: index, scratch: scratch, work: shelf.work("read"))
    let matches = summary.root.root == record.publication.root
    if let index, !matches { try Directory.remove(file: index) }
    if matches, Access.mayWrite(shelf.directory.path) {
      try remember(
        ReleaseCatalog(
          release: release.description, shards: shards, facts: summary.shards,
          reading: reader.reading, carried: summary.carried), shelf)
    }
    let changed = zip(summary.shards, published?.entries ?? []).filter { $0 != $1.facts }
    return Check(
      matches: matches, root: summary.root.root, rows: summary.rows,
      changed: matches ? [] : changed.map(\.0.name), carried: summary.carried)
  }

  /// Puts files that were shown to be the release's, byte for byte, in the place of those that are
  /// gone, and says how they were read where that was not known.
  private func remember(_ found: ReleaseCatalog, _ shelf: Shelf) throws {
    if shelf.hasCatalog(of: release) {
      let known = try shelf.catalog(of: release)
      guard known.entries.map(\.facts) == found.entries.map(\.facts),
        known.entries.contains(where: { !Access.exists($0.path) }) || known.carried == nil
          || known.reading != found.reading
      else { return }
    }
    try Directory.make(shelf.directory.catalogs)
    try found.write(to: shelf.directory.catalog(of: release))
  }
}
