package import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
package import Rows

extension Session {
  /// Registers a dataset; a keyed one keeps its secret among the secrets.
  package func registerDataset(
    _ name: Name, identity: [String], content: [String]?, tagging: Tagging,
    secret given: [UInt8]? = nil, derivedFrom: VersionedName? = nil
  ) throws -> Recorded {
    let attempt = try attempt()
    for column in identity + (content ?? []) where !ColumnName.isValid(column) {
      throw WorkflowFailure.badInput(
        "A column's name has 1 to 128 bytes and no control character; name another.")
    }
    guard given.map({ RowSecret(bytes: $0) != nil }) ?? true else {
      throw WorkflowFailure.badInput(
        "A dataset's secret has exactly 32 bytes; give a file of that size.")
    }
    func record(_ secret: RowSecret?) throws -> Recorded {
      let body = DatasetRegistered(
        dataset: name, identity: identity, content: content, tagging: tagging,
        secretCommitment: secret?.commitment, derivedFrom: derivedFrom)
      return try self.record({ _ in .datasetRegistered(body) }, attempt: attempt)
    }
    guard tagging == .keyed else { return try record(nil) }
    if let record = try ledger.state.catalog.datasets[name], record.event != attempt.first?.id {
      throw Refusal.datasetExists(name, at: record.registered)
    }
    return try self.record(
      with: given, as: SecretDirectory.datasetName(name), in: try secrets(),
      isRecorded: { try ledger.state.catalog.datasets[name] != nil }
    ) { bytes in
      try record(RowSecret(bytes: bytes))
    }
  }

  /// Writes the secret of a keyed dataset, 32 bytes, to a new file that its owner alone can read; gives
  /// what the registration committed to.
  package func writeSecret(of name: Name, to target: OutputTarget) throws -> Digest {
    let record = try dataset(name)
    guard let commitment = record.registration.secretCommitment else {
      throw WorkflowFailure.notKeyed(name)
    }
    guard let bytes = try secrets().get(SecretDirectory.datasetName(name)),
      RowSecret(bytes: bytes)?.commitment == commitment
    else { throw WorkflowFailure.secretMissing(name) }
    try target.write(bytes, mode: 0o600)
    return commitment
  }

  /// The dataset as registered.
  package func dataset(_ name: Name) throws -> DatasetRecord {
    guard let record = try ledger.state.catalog.datasets[name] else {
      throw WorkflowFailure.datasetUnknown(name)
    }
    return record
  }

  /// The release as published.
  package func release(_ name: VersionedName) throws -> ReleaseRecord {
    guard let record = try ledger.state.catalog.releases[name] else {
      throw WorkflowFailure.releaseUnknown(name)
    }
    return record
  }

  /// The secret of a keyed dataset; `nil` for a plain one.
  package func rowSecret(of dataset: DatasetRecord) throws -> RowSecret? {
    guard dataset.registration.tagging == .keyed else { return nil }
    let name = dataset.registration.dataset
    guard let bytes = try secrets().get(SecretDirectory.datasetName(name)),
      let secret = RowSecret(bytes: bytes),
      secret.commitment == dataset.registration.secretCommitment
    else { throw WorkflowFailure.secretNeeded(name) }
    return secret
  }
}
