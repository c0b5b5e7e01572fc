package import LedgerCrypto
package import Provenance
internal import Rows
package import SetCommitment

extension Vault {
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
    return try RowKey.key(
      of: row.json, identity: columns(of: dataset).identity, secret: secret)
  }

  /// The columns of a dataset, which its first release fixed.
  func columns(of dataset: DatasetRecord) throws -> ColumnsFixed {
    guard let columns = dataset.columns else {
      throw WorkflowFailure.badInput(
        "The dataset \(dataset.registration.dataset) has no release yet, so that no row of it has a key; publish one first."
      )
    }
    return columns
  }
}

extension Shelf {
  /// Keys of a release with their rows.
  package func tally(of keys: EntrySet, in release: VersionedName) throws -> Tally {
    Tally(keys: UInt64(keys.count), rows: try rows(of: keys.members, in: release))
  }
}
