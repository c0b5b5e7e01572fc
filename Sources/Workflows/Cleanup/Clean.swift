internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `clean` recorded.
  package struct CleanDone: Sendable {
    package let release: Recorded
    package let publication: ReleasePublished
    package let removed: Tally
    /// What came back.
    package let added: Tally
    package let disclosure: Disclosure
    /// How many decisions a further cleaning is to apply.
    package let later: Int
  }

  /// Writes `name` without the rows that are to go and with those that are to come back, reads back
  /// what was written, and publishes it.
  ///
  /// Interrupted, nothing is left: the files appear under their names only when they were read back.
  /// Killed, it can be run again: what it left under its names is recorded until the release is
  /// published, recognised by its digests, and replaced. The decisions that are pending then are
  /// applied, whatever was before. A retry of what was published answers what was recorded, and
  /// reads nothing again.
  package func clean(
    _ name: VersionedName, to target: VersionedName, out: String
  ) throws -> CleanDone {
    try checkTarget(target, of: name)
    let missing = Directory.missing(Self.absolute(out))
    func takeAwayMade() { for path in missing { _ = try? Directory.removeIfEmpty(path) } }
    do {
      let done = try alone(with: target) { try cleanAlone(name, to: target, out: out) }
      if ledger.isRehearsal { takeAwayMade() }
      return done
    } catch {
      takeAwayMade()
      throw error
    }
  }

  /// What cleaning `name` to `target` would do now; the files are neither read nor written, so that
  /// what only they show is not found.
  package func cleaningPlan(
    _ name: VersionedName, to target: VersionedName
  ) throws -> CleaningPlan {
    try checkTarget(target, of: name)
    _ = try release(name)
    try ledger.state.checkIsNew(target)
    return try cleaningPlan(name)
  }

  /// Refuses a target of another dataset.
  private func checkTarget(_ target: VersionedName, of name: VersionedName) throws {
    guard target.name == name.name else {
      throw WorkflowFailure.badInput(
        "A cleaned release is one of the same dataset; name it \(name.name)@VERSION.")
    }
  }

  private func cleanAlone(
    _ name: VersionedName, to target: VersionedName, out: String
  ) throws -> CleanDone {
    _ = try release(name)
    try Directory.make(directory.catalogs)
    let unfinished = try UnfinishedFiles(
      of: target.description, at: directory.unfinished(of: target))
    if let record = try ledger.state.catalog.releases[target] {
      // Killed after the release was published: the files are what it says.
      try unfinished.end()
      return try earlierClean(record, of: name, out: out)
    }
    let attempt = try attempt()
    let plan = try cleaningPlan(name)
    let cleaned = try cleanedFiles(plan, as: target, out: out, unfinished: unfinished)
    let done = try undoing {
      // Files of a release that was not published are not to be mistaken for one.
      let files =
        cleaned.shards.map(\.path) + [
          directory.index(of: target), directory.catalog(of: target), unfinished.path,
        ]
      onFailure { for file in files { try? Directory.remove(file: file) } }
      try ReleaseCatalog(
        release: target.description, shards: cleaned.shards, facts: cleaned.summary.shards
      ).write(to: directory.catalog(of: target))
      let publication = try publication(
        of: cleaned.summary, as: target, plan, attempt, try secrets())
      let release = try append { transaction in
        try record(
          .releasePublished(publication), signers: attempt.signers, attempt: attempt,
          in: &transaction)
      }
      return CleanDone(
        release: release, publication: publication, removed: plan.removed, added: plan.added,
        disclosure: plan.disclosure, later: plan.later)
    }
    // Until signatures from elsewhere make the release stand, the record of its files does.
    if signing.unsigned != nil { return done }
    // The release stands; a record that stays is taken away by the next command on it.
    try? unfinished.end()
    return done
  }

  /// What is said of the cleaned release, with the set of what left sealed.
  private func publication(
    of summary: ReleaseSummary, as target: VersionedName, _ plan: CleaningPlan, _ attempt: Attempt,
    _ secrets: SecretDirectory
  ) throws -> ReleasePublished {
    ReleasePublished(
      release: target, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows), columns: nil,
      shards: UInt64(summary.shards.count),
      manifest: try attachManifest(
        summary, disclosure: plan.disclosure, attempt: attempt),
      derivation: Derivation(
        parent: plan.release, removed: plan.removed, added: plan.added,
        changed: ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
        removals: plan.decisions.filter(\.isRemoval).map(\.event),
        reinstatements: plan.decisions.filter { !$0.isRemoval }.map(\.event),
        set: try sealSet(
          plan.leaving.members, kind: .releasePublished, attempt: attempt, secrets: secrets),
        disclosure: plan.disclosure))
  }

  /// What a retry answers when the first try was recorded.
  private func earlierClean(
    _ record: ReleaseRecord, of name: VersionedName, out: String
  ) throws -> CleanDone {
    let publication = record.publication
    let attempt = try attempt()
    guard try isEarlier(record.event, attempt) else {
      throw Refusal.releaseExists(publication.release, at: record.published)
    }
    guard let derivation = publication.derivation, derivation.parent == name,
      derivation.isCleaning,
      try catalog(of: publication.release).entries.allSatisfy({
        Directory.parent(of: $0.path) == Self.absolute(out)
      })
    else { throw WorkflowFailure.nonceUsed(record.published) }
    return CleanDone(
      release: try recorded(earlier: record.event, .releasePublished, attempt),
      publication: publication, removed: derivation.removed, added: derivation.added,
      disclosure: derivation.disclosure,
      later: try ledger.state.catalog.pending(for: publication.release).count)
  }
}
