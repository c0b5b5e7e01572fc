internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `release observe` recorded.
  package struct ObservationDone: Sendable {
    package let recorded: Recorded
    package let observation: ReleaseObserved
    package let matches: Bool
  }

  /// Computes the root of a release from files that the observer has, and records it.
  package func observeRelease(
    _ name: VersionedName, files: [String]
  ) throws -> ObservationDone {
    let release = try release(name)
    for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
    let attempt = try attempt()
    try Directory.make(directory.indexes)
    let summary = try reader(of: name, shards: try Shard.list(files.map(Self.absolute))).index(
      to: nil, scratch: directory.indexes, work: work("read"))
    let body = ReleaseObserved(
      release: name, publication: release.event, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows))
    return ObservationDone(
      recorded: try record({ _ in .releaseObserved(body) }, attempt: attempt), observation: body,
      matches: body.root == release.publication.root)
  }
}
