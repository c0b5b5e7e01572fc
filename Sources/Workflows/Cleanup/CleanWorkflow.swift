internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `clean` recorded.
  package struct CleanDone: Sendable {
    /// Rows that were drawn to leave with those of class `illegal`.
    package let decoys: DecoysDone?
    /// Releases whose list of what left was to be shown and is sealed from here on.
    package let exposed: [VersionedName]
    package let union: Recorded
    package let release: Recorded
    package let publication: ReleasePublished
    package let removed: Tally
    /// What came back.
    package let added: Tally
    package let absentKeys: UInt64
    package let disclosure: Disclosure
  }

  /// Writes `name` without the rows that are to go and with those that are to come back, reads back
  /// what was written, and publishes it.
  ///
  /// Interrupted, nothing is left: the files appear under their names only when they were read back.
  /// Killed, it can be run again: what it left under its names is recorded until the release is
  /// published, recognised by its digests, and replaced. The removals that are pending then are
  /// applied, whatever was before. A retry of what was published answers what was recorded, and
  /// reads nothing again.
  ///
  /// With `decoys`, as many others, drawn at random, leave with rows of class `illegal`. All events have
  /// the command's one nonce and are admitted together.
  package func clean(
    _ name: VersionedName, to target: VersionedName, out: String, decoys: UInt64? = nil
  ) throws -> CleanDone {
    try checkTarget(target, of: name)
    let missing = Directory.missing(Self.absolute(out))
    func takeAwayMade() { for path in missing { _ = try? Directory.removeIfEmpty(path) } }
    do {
      let done = try alone(with: target) { try cleanAlone(name, to: target, out: out, decoys) }
      if ledger.isRehearsal { takeAwayMade() }
      return done
    } catch {
      takeAwayMade()
      throw error
    }
  }

  /// Refuses a target of another dataset.
  func checkTarget(_ target: VersionedName, of name: VersionedName) throws {
    guard target.name == name.name else {
      throw WorkflowFailure.badInput(
        "A cleaned release is one of the same dataset; name it \(name.name)@VERSION.")
    }
  }

  private func cleanAlone(
    _ name: VersionedName, to target: VersionedName, out: String, _ count: UInt64?
  ) throws -> CleanDone {
    let parent = try release(name)
    try Directory.make(directory.catalogs)
    let unfinished = try UnfinishedFiles(
      of: target.description, at: directory.unfinished(of: target))
    if let record = try ledger.state.catalog.releases[target] {
      // Killed after the release was published: the files are what it says.
      try unfinished.end()
      return try earlierClean(record, of: name, out: out, count)
    }
    let attempt = try attempt()
    let secrets = try secrets()
    let decided = try pending(name, secrets: secrets)
    let pending = try count.map { try diluted(decided, by: $0, name) } ?? decided
    let cleaned = try cleanedFiles(
      of: name, as: target, out: out, pending: pending, unfinished: unfinished)
    let done = try undoing {
      // Files of a release that was not published are not to be mistaken for one.
      let files =
        cleaned.shards.map(\.path) + [
          directory.index(of: target), directory.catalog(of: target), unfinished.path,
        ]
      onFailure { for file in files { try? Directory.remove(file: file) } }
      return try record(
        cleaned, of: parent, as: target, pending: pending, attempt: attempt, secrets: secrets)
    }
    // Until signatures from elsewhere make the release stand, the record of its files does.
    if signing.unsigned != nil { return done }
    // The release stands; a record that stays is taken away by the next command on it.
    try? unfinished.end()
    return done
  }

  /// What a retry answers when the first try was recorded.
  private func earlierClean(
    _ record: ReleaseRecord, of name: VersionedName, out: String, _ count: UInt64?
  ) throws -> CleanDone {
    let publication = record.publication
    let attempt = try attempt()
    guard try isEarlier(record.event, attempt) else {
      throw Refusal.releaseExists(publication.release, at: record.published)
    }
    let decoys = try earlierDecoys(attempt)
    guard let derivation = publication.derivation, derivation.parent == name,
      let union = derivation.union, decoys?.tally.rows == count,
      try catalog(of: publication.release).entries.allSatisfy({
        Directory.parent(of: $0.path) == Self.absolute(out)
      })
    else { throw WorkflowFailure.nonceUsed(record.published) }
    return CleanDone(
      decoys: decoys, exposed: [], union: try recorded(earlier: union, .unionComputed, attempt),
      release: try recorded(earlier: record.event, .releasePublished, attempt),
      publication: publication, removed: derivation.removed, added: derivation.added,
      absentKeys: derivation.absentKeys,
      disclosure: derivation.disclosure)
  }

  private func record(
    _ cleaned: CleanedFiles, of parent: ReleaseRecord, as target: VersionedName, pending: Pending,
    attempt: Attempt, secrets: SecretDirectory
  ) throws -> CleanDone {
    let name = parent.publication.release
    let summary = cleaned.summary
    let keys = pending.leaving
    let absent = UInt64(keys.count) - cleaned.removed.keys
    let held = UInt64(pending.named.count) - cleaned.added.keys
    let disclosure = try disclosure(
      of: LeavingBatch(
        parent: name, pending: pending, removed: cleaned.removed, returned: cleaned.returned))
    let draft = try pending.decoys.map {
      try self.draft(of: $0, name, attempt: attempt, secrets: secrets)
    }
    let set = try sealSet(keys.members, kind: .unionComputed, attempt: attempt, secrets: secrets)
    // Beside the old one, a manifest says how many rows each shard lost: with rows of class illegal
    // among them, or gone before, it goes with the data, under its gate.
    let manifest =
      try !pending.isIllegal && disclosure == .open && !isManifestGated(of: name.name)
      ? try attachOpen(
        summary.manifest.bytes, mediaType: "application/json", kind: .releasePublished,
        field: "manifest", attempt: attempt)
      : try attachSealed(
        summary.manifest.bytes, mediaType: "application/json", kind: .releasePublished,
        field: "manifest", attempt: attempt, secrets: secrets)
    try ReleaseCatalog(
      release: target.description, shards: cleaned.shards, facts: summary.shards
    ).write(to: directory.catalog(of: target))
    var index = PublicSets()
    index.add(try IndexFile(path: directory.index(of: target)))
    let exposed = try exposed(of: name.name, beside: index)
    return try append { transaction in
      var sources = pending.sources
      let diluted = try draft.map { draft in
        let recorded = try record(draft, attempt: attempt, in: &transaction)
        sources.append(SourceTally(event: recorded.removal.receipt.id, tally: draft.tally))
        return DecoysDone(recorded: recorded, tally: draft.tally)
      }
      let union = try record(
        .unionComputed(
          .init(
            release: name, sources: sources, minus: pending.reinstatements,
            union: Tally(keys: UInt64(keys.count), rows: cleaned.removed.rows), set: set)),
        signers: attempt.signers, attempt: attempt, in: &transaction)
      let publication = ReleasePublished(
        release: target, root: summary.root.root,
        tally: Tally(keys: summary.keys, rows: summary.rows), columns: nil,
        shards: UInt64(summary.shards.count), manifest: manifest,
        derivation: Derivation(
          parent: name, removed: cleaned.removed, added: cleaned.added,
          changed: ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
          removals: sources.map(\.event), reinstatements: pending.reinstatements,
          union: union.receipt.id, absentKeys: absent,
          heldKeys: pending.returned.isEmpty ? nil : held, disclosure: disclosure, unreconciled: nil
        ))
      let release = try record(
        .releasePublished(publication), signers: attempt.signers, attempt: attempt, in: &transaction
      )
      return CleanDone(
        decoys: diluted, exposed: exposed, union: union, release: release, publication: publication,
        removed: cleaned.removed, added: cleaned.added, absentKeys: absent, disclosure: disclosure)
    }
  }
}
