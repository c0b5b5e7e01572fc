package import Datasets
internal import Files
package import Provenance
internal import SetCommitment

/// Computes the root of a release from files that the observer has, and records it.
package struct ObserveRelease: Deciding {
  let release: VersionedName
  let files: [String]
  /// As the catalogue has it by default.
  let reading: Reading?

  package init(_ release: VersionedName, files: [String], reading: Reading? = nil) {
    self.release = release
    self.files = files
    self.reading = reading
  }

  package struct Plan: Sendable {
    package let observation: ReleaseObserved
    /// Whether it is the published root.
    package let matches: Bool
    /// Columns of the files that are carried, not committed.
    package let carried: [String]
  }

  package func plan(_ desk: Desk) throws -> Plan {
    let record = try desk.view.release(release)
    let shards = try desk.shelf.shards(in: files)
    try Directory.make(desk.directory.indexes)
    let reader = try desk.shelf.reader(
      of: release, shards: shards, reading: reading ?? desk.shelf.reading(of: release))
    let summary = try reader.index(
      to: nil, scratch: desk.directory.indexes, work: desk.shelf.work("read"))
    let observation = ReleaseObserved(
      release: release, publication: record.event, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows))
    return Plan(
      observation: observation, matches: observation.root == record.publication.root,
      carried: summary.carried)
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Plan {
    try staging.say(.releaseObserved(plan.observation))
    return plan
  }
}
