package import LedgerCrypto
internal import Provenance

/// Revokes a key from the next sequence on.
package struct RevokeKey: Deciding {
  let id: Digest
  /// The first sequence from which what the key signed is doubtful.
  let suspectSince: UInt64?

  package init(_ id: Digest, suspectSince: UInt64?) {
    self.id = id
    self.suspectSince = suspectSince
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    try staging.say(
      .keyRevoked(.init(key: id, suspectSince: suspectSince, after: staging.desk.after)))
  }
}
