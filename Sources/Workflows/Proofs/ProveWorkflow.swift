internal import Datasets
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import Rows
internal import SetCommitment
internal import TransparencyLog

extension Session {
  /// Proves that an event is in the log, signed as it says.
  package func proveEvent(_ sequence: UInt64) throws -> Bundle {
    try bundle([.event(sequence)], sequences: [sequence])
  }

  /// Proves the same in C2SP's own format, for any log client.
  package func proveEventAsTLogProof(_ sequence: UInt64) throws -> [UInt8] {
    let (head, note) = try latestCheckpoint()
    guard sequence < head.size.rawValue else {
      throw WorkflowFailure.notCovered(sequence, size: head.size.rawValue)
    }
    return try TLogProof(
      index: sequence,
      inclusion: try ledger.inclusionProof(sequence: sequence, size: head.size.rawValue),
      checkpoint: try SignedNote(parsing: note)
    ).bytes
  }

  /// Proves that a release has rows with the key of `row`, or that it has none.
  package func proveLookup(
    of row: HeldRow, in name: VersionedName, expecting isPresent: Bool
  ) throws -> Bundle {
    let release = try release(name)
    let dataset = try dataset(name.name)
    let key = try key(of: row, in: dataset)
    let source = try index(of: name).source
    let witness = try WitnessMaker.lookup(key, in: source)
    let isThere: Bool
    switch SetLookup.check(witness, root: release.publication.root, kind: .release, key: key) {
    case .present: isThere = true
    case .absent: isThere = false
    case .failed: throw WorkflowFailure.indexDiffers(name)
    }
    guard isThere == isPresent else {
      throw isThere ? WorkflowFailure.keyPresent(name) : WorkflowFailure.keyAbsent(name)
    }
    let claim: Claim =
      isPresent
      ? .presence(release: release.published, key: key, witness: witness)
      : .absence(release: release.published, key: key, witness: witness)
    return try bundle(
      [claim], sequences: try context(of: dataset) + [release.published])
  }

  /// Proves that two releases differ by exactly the listed keys.
  package func proveTransition(
    from old: VersionedName, to new: VersionedName
  ) throws -> Bundle {
    let before = try release(old)
    let after = try release(new)
    guard let derivation = after.publication.derivation, derivation.parent == old else {
      throw WorkflowFailure.notDerived(new, from: old)
    }
    if let mark = try ledger.state.catalog.mark(of: new.name) {
      throw WorkflowFailure.transitionMarked(new, at: mark.sequence)
    }
    guard derivation.disclosure == .open else { throw WorkflowFailure.transitionSealed(new) }
    let (diff, witness) = try transition(from: before.publication, to: after.publication)
    let lists = diff.lists.bytes
    let claim = Claim.transition(
      from: before.published, to: after.published, witness: Self.reference(to: witness),
      lists: Self.reference(to: lists))
    return try bundle(
      [claim],
      sequences: try context(of: try dataset(old.name)) + [before.published, after.published],
      blobs: [witness, lists])
  }

  /// What changed from one release to the next, and a witness that leads from root to root.
  ///
  /// - Throws: ``WorkflowFailure/indexDiffers(_:)`` for the release whose index is damaged.
  private func transition(
    from old: ReleasePublished, to new: ReleasePublished
  ) throws -> (IndexDiff, witness: [UInt8]) {
    do {
      let source = try index(of: old.release).source
      let diff = try IndexDiff(
        from: source, to: try index(of: new.release).source, progress: progress)
      let witness = try WitnessMaker.transition(diff.lists, in: source)
      _ = try Transition.check(
        WitnessBytes(witness), diff.lists.stream, from: old.root, to: new.root)
      return (diff, witness)
    } catch let error
      where error is SetSourceFailure || error is WitnessMakingFailure
      || error is TransitionRefusal
    {
      for release in [old.release, new.release] {
        do {
          try index(of: release).verify(isCancelled: progress.isCancelled)
        } catch DatasetFailure.index {
          throw WorkflowFailure.indexDiffers(release)
        }
      }
      throw error
    }
  }

  /// The key of a row that someone holds.
  package func key(of row: HeldRow, in dataset: DatasetRecord) throws -> Digest {
    let secret: RowSecret?
    switch (dataset.registration.tagging, row.secret) {
    case (.plain, _): secret = nil
    case (.keyed, nil): secret = try rowSecret(of: dataset)
    case (.keyed, let bytes?):
      // With another secret every row would seem absent.
      guard let given = RowSecret(bytes: bytes),
        given.commitment == dataset.registration.secretCommitment
      else { throw WorkflowFailure.otherSecret(dataset.registration.dataset) }
      secret = given
    }
    guard let columns = dataset.columns else {
      throw WorkflowFailure.badInput(
        "The dataset \(dataset.registration.dataset) has no release yet, so that no row of it has a key; publish one first."
      )
    }
    return try RowKey.key(of: row.json, identity: columns.identity, secret: secret)
  }

  /// The events that say how rows of a dataset become keys: its registration and first release.
  private func context(of dataset: DatasetRecord) throws -> [UInt64] {
    let releases = try ledger.state.catalog.releases.values
    let first = releases.first {
      $0.publication.release.name == dataset.registration.dataset
        && $0.publication.columns != nil
    }
    return [dataset.registered] + (first.map { [$0.published] } ?? [])
  }
}
