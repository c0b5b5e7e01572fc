internal import Datasets
internal import Files
package import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Recomputes the root of a release from files, and keeps the index when it is the published one.
package struct VerifyRelease: Sendable {
  let release: VersionedName
  /// Those of the catalogue by default.
  let files: [String]

  package init(_ release: VersionedName, files: [String]) {
    self.release = release
    self.files = files
  }

  /// What was found.
  package struct Check: Sendable {
    package let matches: Bool
    package let root: Digest
    package let rows: UInt64
    /// Names of catalogued files that are not what was published; empty for files that were given,
    /// for between two releases the names would say which files lost rows.
    package let changed: [String]
  }

  package func check(_ shelf: Shelf) throws -> Check {
    if shelf.hasIndex(of: release) { return try checkAlone(shelf) }
    return try shelf.alone(with: release) { try checkAlone(shelf) }
  }

  private func checkAlone(_ shelf: Shelf) throws -> Check {
    let record = try shelf.view.release(release)
    let published = files.isEmpty ? try shelf.catalog(of: release) : nil
    let shards = try published?.shards() ?? shelf.shards(in: files)
    let path = shelf.directory.index(of: release)
    let reader = try shelf.reader(of: release, shards: shards)
    let isKept = Directory.holds(path)
    let summary = try reader.index(
      to: isKept ? nil : path, scratch: shelf.directory.indexes, work: shelf.work("read"))
    let matches = summary.root.root == record.publication.root
    if !isKept {
      if matches {
        try Directory.make(shelf.directory.catalogs)
        try ReleaseCatalog(release: release.description, shards: shards, facts: summary.shards)
          .write(to: shelf.directory.catalog(of: release))
      } else {
        try Directory.remove(file: path)
      }
    }
    let changed = zip(summary.shards, published?.entries ?? []).filter { $0 != $1.facts }
    return Check(
      matches: matches, root: summary.root.root, rows: summary.rows,
      changed: matches ? [] : changed.map(\.0.name))
  }
}
