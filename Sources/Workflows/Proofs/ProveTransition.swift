internal import Datasets
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Shelf {
  /// Proves that two releases differ by exactly the listed keys.
  package func proveTransition(
    from old: VersionedName, to new: VersionedName
  ) throws -> Bundle {
    let before = try view.release(old)
    let after = try view.release(new)
    guard let derivation = after.publication.derivation, derivation.parent == old else {
      throw WorkflowFailure.notDerived(new, from: old)
    }
    if let mark = view.state.catalog.mark(of: new.name) {
      throw WorkflowFailure.transitionMarked(new, at: mark.sequence)
    }
    guard derivation.disclosure == .open else { throw WorkflowFailure.transitionSealed(new) }
    let (diff, witness) = try transition(from: before.publication, to: after.publication)
    let lists = diff.lists.bytes
    let claim = Claim.transition(
      from: before.published, to: after.published, witness: LedgerView.reference(to: witness),
      lists: LedgerView.reference(to: lists))
    return try view.bundle(
      [claim],
      sequences: view.context(of: try view.dataset(old.name)) + [
        before.published, after.published,
      ],
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
}
