internal import Datasets
internal import Files
package import Provenance

/// What a cleaning would read and write, looked at and left as it is.
package struct CleaningRehearsal: Sendable {
  package let plan: CleaningPlan
  /// How many files it would write.
  package let files: Int

  /// Plans the cleaning of `release` to `target` in the directory `out`.
  ///
  /// The files must be where the catalogue says and of the size that it says; their digests are not
  /// read. What is to be written must be free, and the directory one to write in.
  package init(
    of release: VersionedName, to target: VersionedName, out: String, _ shelf: Shelf
  ) throws {
    plan = try CleaningPlan(of: release, to: target, shelf)
    let entries = try shelf.filesOfSize(release)
    for source in plan.sources { _ = try shelf.filesOfSize(source.release) }
    files = entries.count
    let out = AbsolutePath.of(out)
    let unfinished = try UnfinishedFiles(
      of: target.description, at: shelf.directory.unfinished(of: target))
    for entry in entries {
      let path = "\(out)/\(entry.facts.name)"
      if try unfinished.isTaken(path) { throw DatasetFailure.alreadyExists(path) }
    }
    let missing = Directory.missing(out)
    let start = missing.last.map(Directory.parent(of:)) ?? out
    // What is there and no directory is in the way of one.
    guard !missing.contains(where: Directory.holds), Access.mayWrite(start) else {
      throw WorkflowFailure.notWritable(out)
    }
  }
}

extension Shelf {
  /// The catalogued files of a release, which must be there and have their sizes.
  fileprivate func filesOfSize(_ release: VersionedName) throws -> [ReleaseCatalog.Entry] {
    let entries = try catalogOfFilesHere(of: release).entries
    for entry in entries where Access.size(entry.path) != entry.facts.size {
      throw WorkflowFailure.shardChanged(entry.facts.name)
    }
    return entries
  }
}
