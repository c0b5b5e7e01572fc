internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

extension Shelf {
  /// Proves that a release has rows with the key of `row`, or that it has none.
  package func proveLookup(
    of row: HeldRow, in name: VersionedName, expecting isPresent: Bool
  ) throws -> Bundle {
    let release = try view.release(name)
    let dataset = try view.dataset(name.name)
    let key = try vault.key(of: row, in: dataset)
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
    return try view.bundle(
      [claim], sequences: view.context(of: dataset) + [release.published])
  }
}

extension LedgerView {
  /// The events that say how rows of a dataset become keys: its registration and first release.
  func context(of dataset: DatasetRecord) -> [UInt64] {
    let releases = state.catalog.releases.values
    let first = releases.first {
      $0.publication.release.name == dataset.registration.dataset
        && $0.publication.columns != nil
    }
    return [dataset.registered] + (first.map { [$0.published] } ?? [])
  }
}
