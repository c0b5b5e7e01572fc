package import Files
package import LedgerCrypto
package import Provenance
internal import Rows

/// The secret of a keyed dataset, for those who are to look up rows elsewhere.
package enum DatasetSecret {
  /// Writes it, 32 bytes, to a new file that its owner alone can read.
  ///
  /// - Returns: what the registration committed to.
  package static func write(
    of name: Name, to target: OutputTarget, _ vault: Vault
  ) throws -> Digest {
    let record = try vault.view.dataset(name)
    guard let commitment = record.registration.secretCommitment else {
      throw WorkflowFailure.notKeyed(name)
    }
    guard let bytes = try vault.secrets().get(SecretDirectory.datasetName(name)),
      RowSecret(bytes: bytes)?.commitment == commitment
    else { throw WorkflowFailure.secretMissing(name) }
    try target.write(bytes, mode: 0o600)
    return commitment
  }
}
