package import LedgerCrypto

/// Another key signs the log's checkpoints, from the size that includes this event on.
///
/// The administrators sign, and the new log key with them: that is its proof of possession, over a
/// statement that names this ledger. The old key need not sign, for it may be lost. Beside sequence 0
/// and checkpoints a log key signs nothing else, ever.
package struct LogKeyChanged: AuthorityKind {
  package static let kind = Kind.logKeyChanged
  package var body: Body { .logKeyChanged(self) }

  package let logKey: String
  package let after: EventID

  package init(logKey: String, after: EventID) {
    self.logKey = logKey
    self.after = after
  }

  /// The new public key; there, for what was read or made from a vkey.
  package var publicKey: VerifyingKey? { LogKey.publicKey(ofVkey: logKey) }

  package static let form = Form<Self>(
    "Another key signs the log's checkpoints; the administrators sign, and the new log key with them.",
    about: .called(
      "log key", { $0.publicKey?.id ?? Digest(sha256: $0.logKey) },
      "The log's new key, by SHA-256 of the raw public key."),
    Member(
      "logKey", \.logKey,
      "The log's new verifier key (C2SP signed-note vkey); its name is the ledger's origin.",
      as: "logKey", allowing: { $0.utf8.count <= 256 && LogKey.publicKey(ofVkey: $0) != nil }),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    authority.founding?.logKeySet ?? 0
  }

  /// The new key was never the log's or an actor's, and signs too.
  package func check(_ authority: Authority, at _: UInt64, signers: [Digest]) throws(Refusal) {
    guard let founding = authority.founding,
      let key = LogKey.publicKey(ofVkey: logKey, origin: founding.origin)
    else { throw .logKeyOfOther }
    try authority.checkNew(key, signers: signers)
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    authority.founding?.change(logKey: logKey, at: sequence)
    return []
  }

  package var broughtKeys: [BroughtKey] {
    publicKey.map { [BroughtKey(publicKey: $0, holder: nil)] } ?? []
  }
}
