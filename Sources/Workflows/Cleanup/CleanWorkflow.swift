internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// What `clean` recorded.
  package struct CleanDone: Sendable {
    package let union: Recorded
    package let release: Recorded
    package let publication: ReleasePublished
    package let removed: Tally
    package let absentKeys: UInt64
    package let disclosure: Disclosure
  }

  /// What is to leave a release: the union of the removals of its line that none applied yet.
  struct Pending {
    let sources: [SourceTally]
    let keys: EntrySet
    /// What the removals say, in the order of the sources.
    let decisions: [RemovalDecided]

    /// Whether rows of class `illegal` may be among those that go.
    var isIllegal: Bool { decisions.contains { $0.reasonClass == .illegal } }
    var removals: [EventID] { sources.map(\.event) }
  }

  func pending(_ release: VersionedName, secrets: SecretDirectory) throws -> Pending {
    let ids = try ledger.state.catalog.pendingRemovals(for: release)
    guard !ids.isEmpty else { throw WorkflowFailure.nothingPending(release) }
    var keys = EntrySet([Digest]())
    var sources: [SourceTally] = []
    var decisions: [RemovalDecided] = []
    for id in ids.prefix(256) {
      guard let event = try ledger.event(id: id),
        case .removalDecided(let removal) = event.statement.body,
        let unionEvent = try ledger.event(id: removal.union),
        case .unionComputed(let union) = unionEvent.statement.body
      else { throw WorkflowFailure.noEvent(id.description) }
      keys = keys.union(
        EntrySet(try members(of: union.set, event: unionEvent, secrets: secrets)))
      sources.append(SourceTally(event: id, tally: removal.removed))
      decisions.append(removal)
    }
    return Pending(sources: sources, keys: keys, decisions: decisions)
  }

  /// How many rows and keys cleaning would remove now.
  package func cleaningPlan(_ release: VersionedName) throws -> Tally {
    _ = try self.release(release)
    let pending = try pending(release, secrets: try secrets())
    return Tally(
      keys: UInt64(pending.keys.count),
      rows: try rows(of: pending.keys.members, in: release))
  }

  /// Writes `name` without the rows that are to go, reads back what was written, and publishes it.
  ///
  /// Interrupted, nothing is left: the files appear under their names only when they were read back.
  package func clean(
    _ name: VersionedName, to target: VersionedName, out: String
  ) throws -> CleanDone {
    guard target.name == name.name else {
      throw WorkflowFailure.badInput(
        "A cleaned release is one of the same dataset; name it \(name.name)@VERSION.")
    }
    return try alone(with: target) { try cleanAlone(name, to: target, out: out) }
  }

  private func cleanAlone(
    _ name: VersionedName, to target: VersionedName, out: String
  ) throws -> CleanDone {
    let parent = try release(name)
    if let record = try ledger.state.catalog.releases[target] {
      throw Refusal.releaseExists(target, at: record.published)
    }
    let key = try signer()
    let secrets = try secrets()
    let pending = try pending(name, secrets: secrets)
    let catalog = try catalog(of: name)
    try Directory.make(directory.catalogs)
    let cleaned = try reader(of: name, shards: try catalog.shards()).clean(
      removing: pending.keys.members, catalog: catalog, root: parent.publication.root,
      to: Self.absolute(out), index: directory.index(of: target), work: work("clean"))
    return try undoing {
      // Files of a release that was not published are not to be mistaken for one.
      let files =
        cleaned.shards.map(\.path) + [directory.index(of: target), directory.catalog(of: target)]
      onFailure { for file in files { try? Directory.remove(file: file) } }
      return try record(
        cleaned, of: parent, as: target, pending: pending, key: key, secrets: secrets)
    }
  }

  private func record(
    _ cleaned: CleanResult, of parent: ReleaseRecord, as target: VersionedName, pending: Pending,
    key: SigningKey, secrets: SecretDirectory
  ) throws -> CleanDone {
    let name = parent.publication.release
    let summary = cleaned.cleaned
    let removed = Tally(keys: UInt64(cleaned.removedKeys), rows: cleaned.removedRows)
    let absent = UInt64(cleaned.absentKeys)
    // The rule by which the release is admitted: what it would not leave open is sealed.
    let isDilute = try ledger.state.isDilute(removed: removed, by: pending.decisions)
    let disclosure: Disclosure = isDilute ? .open : .sealed
    let set = try sealSet(pending.keys.members, kind: .unionComputed, secrets: secrets)
    // Beside the old one, a manifest says how many rows each shard lost: with rows of class illegal
    // among them it goes with the data, under its gate.
    let manifest =
      !pending.isIllegal
      ? try attachOpen(summary.manifest.bytes, mediaType: "application/json")
      : try attachSealed(
        summary.manifest.bytes, mediaType: "application/json", kind: .releasePublished,
        field: "manifest", secrets: secrets)
    try ReleaseCatalog(
      release: target.description, shards: cleaned.shards, facts: summary.shards
    ).write(to: directory.catalog(of: target))
    return try ledger.append(now: now) { transaction in
      let union = try record(
        .unionComputed(
          .init(
            release: name, sources: pending.sources, minus: [],
            union: Tally(keys: UInt64(pending.keys.count), rows: removed.rows), set: set)),
        keys: [key], in: &transaction)
      let publication = ReleasePublished(
        release: target, root: summary.root.root,
        tally: Tally(keys: summary.keys, rows: summary.rows), columns: nil,
        shards: UInt64(summary.shards.count), manifest: manifest,
        derivation: Derivation(
          parent: name, removed: removed, added: Tally(keys: 0, rows: 0),
          changed: ChangedTally(keys: 0, rowsBefore: 0, rowsAfter: 0),
          removals: pending.removals, reinstatements: [], union: union.receipt.id,
          absentKeys: absent, disclosure: disclosure, unreconciled: nil))
      let release = try record(.releasePublished(publication), keys: [key], in: &transaction)
      return CleanDone(
        union: union, release: release, publication: publication, removed: removed,
        absentKeys: absent, disclosure: disclosure)
    }
  }
}
