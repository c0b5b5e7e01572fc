internal import Datasets
internal import Files
package import Provenance
internal import SetCommitment

/// Writes a release without the rows that are to go and with those that are to come back, reads back
/// what was written, and publishes it.
///
/// Interrupted, nothing is left: the files appear under their names only when they were read back.
/// Killed, it can be run again: what it left under its names is recorded until the release is
/// published, recognised by its digests, and replaced. The decisions that are pending then are applied,
/// whatever was before. A retry of what was published answers what was recorded, and reads nothing
/// again.
package struct Clean: Deciding {
  let release: VersionedName
  let target: VersionedName
  /// The directory for its files.
  let out: String
  /// Whether the new root is computed from the rows that were written, too.
  let rebuilding: Bool

  package init(
    _ release: VersionedName, to target: VersionedName, out: String, rebuilding: Bool = false
  ) {
    self.release = release
    self.target = target
    self.out = AbsolutePath.of(out)
    self.rebuilding = rebuilding
  }

  package var making: VersionedName? { target }

  package enum Plan: Sendable {
    /// The first try, or a run that was killed, published it.
    case done(AdmittedEvent, ReleasePublished)
    case clean(CleaningPlan)
  }

  /// What was published.
  package struct Answer: Sendable {
    package let publication: ReleasePublished
    package let removed: Tally
    /// What came back.
    package let added: Tally
    package let disclosure: Disclosure
    /// How many decisions a further cleaning is to apply.
    package let later: Int
    /// Columns of the files that are carried, not committed.
    package let carried: [String]
    /// Removals that were applied though they had been taken back on a later release.
    package let takenBack: [TakenBack]
  }

  package func plan(_ desk: Desk) throws -> Plan {
    let view = desk.view
    guard let record = view.state.catalog.releases[target] else {
      return .clean(try CleaningPlan(of: release, to: target, desk.shelf))
    }
    guard desk.isEarlier(record.event), let event = try view.event(id: record.event) else {
      // Killed after the release was published: the files are what it says.
      try unfinished(desk).end()
      throw Refusal.releaseExists(target, at: record.published)
    }
    let publication = record.publication
    guard let derivation = publication.derivation, derivation.parent == release,
      derivation.isCleaning,
      try desk.shelf.catalog(of: target).entries.allSatisfy({
        $0.path == "\(out)/\($0.facts.name)"
      })
    else { throw WorkflowFailure.nonceUsed(record.published) }
    return .done(event, publication)
  }

  private func unfinished(_ desk: Desk) throws -> UnfinishedFiles {
    try UnfinishedFiles(of: target.description, at: desk.directory.unfinished(of: target))
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Answer {
    let desk = staging.desk
    let unfinished = try unfinished(desk)
    switch plan {
    case .done(let event, let publication):
      try unfinished.end()
      staging.repeat(event)
      return Answer(
        publication, later: desk.view.state.catalog.pending(for: target).count,
        carried: try desk.shelf.carried(of: target) ?? [],
        takenBack: try desk.view.takenBack(
          publication.derivation?.removals ?? [], outside: target, before: event.sequence))
    case .clean(let plan):
      try Directory.make(desk.directory.catalogs)
      let missing = Directory.missing(out)
      staging.onFailure { for path in missing { _ = try? Directory.removeIfEmpty(path) } }
      let cleaned = try desk.shelf.cleanedFiles(
        plan, as: target, out: out, unfinished: unfinished, rebuilding: rebuilding)
      staging.onFailure { cleaned.folders.remove() }
      // Files of a release that was not published are not to be mistaken for one.
      let files =
        cleaned.shards.map(\.path) + [
          desk.directory.index(of: target), desk.directory.catalog(of: target), unfinished.path,
        ]
      staging.onFailure { for file in files { try? Directory.remove(file: file) } }
      // Until signatures from elsewhere make the release stand, the record of its files does; one that
      // stays is taken away by the next command on it.
      staging.whenRecorded { try? unfinished.end() }
      try ReleaseCatalog(
        release: target.description, shards: cleaned.shards, facts: cleaned.summary.shards,
        reading: cleaned.reading, carried: cleaned.summary.carried
      ).write(to: desk.directory.catalog(of: target))
      let publication = try publication(of: cleaned.summary, plan, &staging)
      try staging.say(.releasePublished(publication))
      return Answer(
        publication, later: plan.later, carried: cleaned.summary.carried,
        takenBack: plan.takenBack)
    }
  }

  /// What is said of the cleaned release, with the set of what left sealed.
  private func publication(
    of summary: ReleaseSummary, _ plan: CleaningPlan, _ staging: inout Staging
  ) throws -> ReleasePublished {
    ReleasePublished(
      release: target, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows), columns: nil,
      shards: UInt64(summary.shards.count),
      manifest: try staging.attach(manifest: summary.manifest.bytes, plan.disclosure),
      derivation: Derivation(
        parent: plan.release, removed: plan.removed, added: plan.added,
        changed: ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
        removals: plan.decisions.filter(\.isRemoval).map(\.event),
        reinstatements: plan.decisions.filter { !$0.isRemoval }.map(\.event),
        set: try staging.seal(set: plan.leaving, kind: .releasePublished),
        disclosure: plan.disclosure))
  }
}

extension Clean.Answer {
  fileprivate init(
    _ publication: ReleasePublished, later: Int, carried: [String], takenBack: [TakenBack]
  ) {
    let none = Tally(keys: 0, rows: 0)
    self.init(
      publication: publication, removed: publication.derivation?.removed ?? none,
      added: publication.derivation?.added ?? none,
      disclosure: publication.derivation?.disclosure ?? .sealed, later: later, carried: carried,
      takenBack: takenBack)
  }
}
