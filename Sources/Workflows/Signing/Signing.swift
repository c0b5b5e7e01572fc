package import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

/// Who signs what a command records, with what, and within which bounds.
package struct Signing: Sendable {
  /// A directory of keys and what opens them.
  package struct Keyring: Sendable {
    package let directory: KeyDirectory
    package let passphrase: @Sendable () throws -> Passphrase

    package init(
      _ directory: KeyDirectory, _ passphrase: @escaping @Sendable () throws -> Passphrase
    ) {
      self.directory = directory
      self.passphrase = passphrase
    }
  }

  /// Those whose keys are here, or are asked by ``command``; the ledger's founder when none is named.
  package var signers: [SignerName]
  /// Those who sign elsewhere.
  package var cosigners: [SignerName] = []
  /// Where keys are looked for.
  package var keyrings: [Keyring]
  /// Signs in place of a key file.
  package var command: SignerCommand?
  /// The file for the statements, when they are to be signed elsewhere and not recorded now.
  package var unsigned: OutputTarget?
  /// The authority event that a decision follows; the last one by default.
  package var after: EventID?
  /// Until when the statement can be recorded.
  package var notAfter: Timestamp?

  package init(signers: [SignerName] = [], keyrings: [Keyring] = []) {
    self.signers = signers
    self.keyrings = keyrings
  }
}
