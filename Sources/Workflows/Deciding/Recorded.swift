internal import LedgerCrypto
package import LedgerStore
package import Provenance

/// What a deciding command recorded.
package struct Recorded: Sendable {
  package let receipt: Ledger.Receipt
  package let kind: Kind
  /// The nonce, for a retry.
  package let nonce: [UInt8]
  /// The sequence of an earlier event that says the same, nonce and times aside.
  package let repeats: UInt64?
  /// Whose signatures are to be made elsewhere before it is recorded.
  package let awaited: [AwaitedSigner]
}
