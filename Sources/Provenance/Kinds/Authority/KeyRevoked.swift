package import LedgerCrypto

/// A key counts no longer, from the next sequence on.
package struct KeyRevoked: AuthorityKind {
  package static let kind = Kind.keyRevoked
  package var body: Body { .keyRevoked(self) }

  package let key: Digest
  package let suspectSince: UInt64?
  package let after: EventID

  package init(key: Digest, suspectSince: UInt64?, after: EventID) {
    self.key = key
    self.suspectSince = suspectSince
    self.after = after
  }

  package static let form = Form<Self>(
    "A key counts no longer, from the next sequence on.",
    about: .called("key", \.key, "The key, by its identifier."),
    Member("key", \.key, "The key that counts no longer.", as: "keyId"),
    Member(
      "suspectSince", \.suspectSince,
      "The first sequence from which what the key signed is doubtful."),
    Member("after", \.after, as: "after"),
    make: Self.init)

  package func lastTouch(in authority: Authority) -> UInt64 {
    let record = authority.keys[key]
    return max(record?.added ?? 0, record?.revoked ?? 0)
  }

  package func check(_ authority: Authority, at sequence: UInt64, signers _: [Digest])
    throws(Refusal)
  {
    guard let record = authority.keys[key] else { throw .keyUnknown(key) }
    if let at = record.revoked { throw .keyAlreadyRevoked(key, at: at) }
    if let suspectSince, suspectSince > sequence { throw .suspectLater(suspectSince) }
  }

  package func change(_ authority: inout Authority, at sequence: UInt64) -> [ProjectionChange] {
    guard var record = authority.keys[key] else { return [] }
    record.revoked = sequence
    record.suspectSince = suspectSince
    authority.keys[key] = record
    return [ProjectionChange(record)]
  }
}
