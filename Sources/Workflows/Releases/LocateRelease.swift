internal import CanonicalJSON
internal import Datasets
internal import Files
internal import LedgerCrypto
package import Provenance

/// Finds the files of a release where they lie now, and says so in its catalogue.
///
/// A file is one of the release's by what it holds, byte for byte: its size and SHA-256 are those of
/// the catalogue or, where that is not here, of the published manifest.
package struct LocateRelease: Sendable {
  let release: VersionedName
  /// Files, directories of files, and patterns of both.
  let paths: [String]

  package init(_ release: VersionedName, in paths: [String]) {
    self.release = release
    self.paths = paths
  }

  /// What was found.
  package struct Located: Sendable {
    /// How many files the release has.
    package let files: Int
    /// How many of them were found where the caller said.
    package let found: Int
    /// Whether the catalogue says so now.
    package let isKept: Bool
    /// Names of those that are neither there nor where the catalogue had them.
    package let missing: [String]
    /// Paths that hold one of the release's files under another name.
    package let renamed: [(path: String, name: String)]
  }

  package func locate(_ shelf: Shelf) throws -> Located {
    let catalog = try catalog(shelf)
    let known = catalog.entries
    let sizes = Set(known.map(\.facts.size))
    let places = Dictionary(grouping: known.indices) { known[$0].facts.sha256 }
    var paths: [Int: String] = [:]
    var renamed: [(path: String, name: String)] = []
    for path in try candidates() {
      // A file that may not be read is none of the release's, as far as anyone here can tell.
      guard Access.isFile(path), let file = try? OpenFile(path: path),
        sizes.contains(file.size)
      else { continue }
      let same = places[try FileDigest.of(file, shelf.progress)] ?? []
      let whole = AbsolutePath.of(path)
      if let place = same.first(where: { ShardName.isName(known[$0].facts.name, of: whole) }) {
        paths[place] = whole
      } else if let place = same.first {
        renamed.append((path, known[place].facts.name))
      }
    }
    let entries = known.enumerated().map { place, entry in
      ReleaseCatalog.Entry(facts: entry.facts, path: paths[place] ?? entry.path)
    }
    let missing = entries.filter { !Access.isFile($0.path) }.map(\.facts.name)
    let gone = Set(missing.map { Array($0.utf8) })
    // Nothing says where the others were when there is no catalogue.
    let isKept = !paths.isEmpty && (shelf.hasCatalog(of: release) || missing.isEmpty)
    if isKept {
      try Directory.make(shelf.directory.catalogs)
      try ReleaseCatalog(
        release: release.description, entries: entries, reading: catalog.reading,
        carried: catalog.carried
      ).write(to: shelf.directory.catalog(of: release))
    }
    return Located(
      files: known.count, found: paths.count, isKept: isKept, missing: missing,
      renamed: renamed.filter { gone.contains(Array($0.name.utf8)) })
  }

  /// What the release's files are: by its catalogue, or else by its manifest.
  private func catalog(_ shelf: Shelf) throws -> ReleaseCatalog {
    let record = try shelf.view.release(release)
    if shelf.hasCatalog(of: release) { return try shelf.catalog(of: release) }
    guard
      let bytes = try shelf.vault.content(
        of: record.publication.manifest, kind: .releasePublished, field: "manifest")
    else { throw WorkflowFailure.noCatalog(release) }
    let name = "\(record.published)/manifest"
    return ReleaseCatalog(
      release: release.description,
      entries: try ShardManifest(parsing: bytes, path: name).shards.map {
        ReleaseCatalog.Entry(facts: $0, path: "/" + $0.name)
      })
  }

  private func candidates() throws -> [String] {
    try paths.flatMap { path in
      let isPattern = !Directory.holds(path) && FilePattern.isPattern(path)
      let found = isPattern ? try FilePattern.paths(path) : [path]
      guard !found.isEmpty, isPattern || Directory.holds(path) else {
        throw WorkflowFailure.noFile(path)
      }
      return try found.flatMap {
        Directory.exists($0) ? try Directory.files(below: $0) : [$0]
      }
    }
  }
}
