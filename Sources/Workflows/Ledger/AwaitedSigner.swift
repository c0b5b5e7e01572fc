package import LedgerCrypto
package import Provenance

/// A signer whose signature a statement still lacks.
package struct AwaitedSigner: Hashable, Sendable {
  package let actor: ActorName
  package let keyID: Digest
}
