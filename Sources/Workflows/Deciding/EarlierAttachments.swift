internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What an earlier try of a command attached.
///
/// Salts, secrets and data keys are random and made once: a retry finds them by what they belong to,
/// so that it makes the very same statement again.
extension Desk {
  /// The reference that an earlier try made to `content`; `nil` when there was none.
  ///
  /// Of what was erased since, only the size is left to compare.
  func attached(
    _ content: [UInt8], mediaType: String, disclosure: Disclosure, kind: Kind, field: String
  ) throws -> AttachmentReference? {
    try references(kind, field).first { reference in
      guard reference.mediaType == mediaType, reference.disclosure == disclosure else {
        return false
      }
      if view.state.attachments.records[reference.sha256]?.state == .erased {
        return reference.size
          == (disclosure == .open
            ? UInt64(content.count + LedgerView.saltSize)
            : SealedContent.storedSize(of: content.count))
      }
      return try vault.content(of: reference, kind: kind, field: field) == content
    }
  }

  /// The sealed set of exactly these members that an earlier try made; `nil` when there was none.
  ///
  /// Not one of `taken`, which this try named already: two sets of the same members each have their own.
  func sealedSet(
    _ members: FoundMembers, kind: Kind, field: String, besides taken: Set<Digest>
  ) throws -> SetReference? {
    for reference in references(kind, field)
    where reference.disclosure == .sealed && !taken.contains(reference.sha256) {
      guard let plain = try vault.content(of: reference, kind: kind, field: field),
        plain.count >= 32, Array(plain[32...]) == members.file
      else { continue }
      return SetReference(
        root: members.keys.sealed(under: HMAC256(key: Array(plain[..<32]))).root.root,
        keys: UInt64(members.keys.count), disclosure: .sealed, members: reference)
    }
    return nil
  }
}
