internal import LedgerCrypto
package import Provenance
internal import Rows

/// Registers a dataset; a keyed one keeps its secret among the secrets.
package struct RegisterDataset: Deciding {
  let dataset: Name
  /// The columns that name a row.
  let identity: [String]
  /// The columns that are committed to, in any order; all of the first release by default.
  let content: [String]?
  let tagging: Tagging
  /// 32 bytes for a keyed dataset; random ones by default.
  let secret: [UInt8]?
  let derivedFrom: VersionedName?

  package init(
    _ dataset: Name, identity: [String], content: [String]?, tagging: Tagging,
    secret: [UInt8]? = nil, derivedFrom: VersionedName? = nil
  ) {
    self.dataset = dataset
    self.identity = identity
    self.content = content?.sorted(by: Column.precedes)
    self.tagging = tagging
    self.secret = secret
    self.derivedFrom = derivedFrom
  }

  package func plan(_ desk: Desk) throws {
    for column in identity + (content ?? []) where !ColumnName.isValid(column) {
      throw WorkflowFailure.badInput(
        "A column's name has 1 to 128 bytes and no control character; name another.")
    }
    guard secret.map({ RowSecret(bytes: $0) != nil }) ?? true else {
      throw WorkflowFailure.badInput(
        "A dataset's secret has exactly 32 bytes; give a file of that size.")
    }
    if tagging == .keyed, let record = desk.view.state.catalog.datasets[dataset],
      record.event != desk.first?.id
    {
      throw Refusal.datasetExists(dataset, at: record.registered)
    }
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    var commitment: Digest?
    if tagging == .keyed {
      let bytes = try staging.secret(
        secret, as: SecretDirectory.datasetName(dataset),
        isRecorded: staging.desk.view.state.catalog.datasets[dataset] != nil)
      commitment = RowSecret(bytes: bytes)?.commitment
    }
    try staging.say(
      .datasetRegistered(
        DatasetRegistered(
          dataset: dataset, identity: identity, content: content, tagging: tagging,
          secretCommitment: commitment, derivedFrom: derivedFrom)))
  }
}
