internal import Datasets
internal import Files
package import Provenance

/// Compares Git LFS pointers or a repository's listing with the files that a release was published
/// with: by name, size and SHA-256, and no row is read.
package struct CompareRelease: Sendable {
  let release: VersionedName
  let files: [String]
  let listings: [String]

  /// Takes files and directories, of which pointers may stand for some; or the pages of a repository's
  /// listing.
  package init(_ release: VersionedName, files: [String], listings: [String]) {
    self.release = release
    self.files = files
    self.listings = listings
  }

  /// What was found.
  package struct Comparison: Sendable {
    /// How many files the release has.
    package let files: Int
    package let difference: FilesDifference
  }

  /// Whether a pointer stands for one of these files.
  package static func isAsked(of files: [String]) throws -> Bool {
    try HeldFiles(files).hasPointers
  }

  package func compare(_ shelf: Shelf) throws -> Comparison {
    let publication = try shelf.view.release(release).publication
    let manifest = try shelf.manifest(of: publication)
    let listed =
      listings.isEmpty
      ? try HeldFiles(files).listed(shelf.progress) : try RepositoryListing.read(listings)
    return Comparison(
      files: manifest.shards.count, difference: FilesDifference(of: listed, from: manifest))
  }
}

extension Shelf {
  /// The manifest that a release was published with, sealed or not.
  fileprivate func manifest(of publication: ReleasePublished) throws -> ShardManifest {
    let isReadable =
      publication.manifest.disclosure == .open || Directory.exists(directory.secrets)
    guard isReadable,
      let bytes = try vault.content(
        of: publication.manifest, kind: .releasePublished, field: "manifest")
    else { throw WorkflowFailure.manifestSealed(publication.release) }
    guard let manifest = ShardManifest(bytes, of: publication) else {
      throw WorkflowFailure.manifestMalformed(publication.release)
    }
    return manifest
  }
}
