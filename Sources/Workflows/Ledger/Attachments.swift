internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// Attachments as events name them: salted when open, encrypted when sealed.
extension Session {
  /// The random bytes before the content of an open attachment.
  package static let saltSize = 32

  /// Stores `content` as an open attachment, salted so that its digest tells nothing about it.
  package func attachOpen(
    _ content: [UInt8], mediaType: String
  ) throws -> AttachmentReference {
    let bytes = try Random.bytes(Self.saltSize) + content
    let digest = try put(bytes)
    return AttachmentReference(
      sha256: digest, size: UInt64(bytes.count), mediaType: mediaType, disclosure: .open)
  }

  private func put(_ bytes: [UInt8]) throws -> Digest {
    let digest = try ledger.putAttachment(bytes)
    let path = ledger.attachmentPath(digest)
    onFailure { try Directory.remove(file: path) }
    return digest
  }

  /// Stores a secret that goes again when the event that it belongs to is refused.
  func put(secret: [UInt8], as name: String, in secrets: SecretDirectory) throws {
    try secrets.put(secret, as: name)
    onFailure { try secrets.discard(name) }
  }

  /// Stores text as an open attachment.
  package func attach(text: String) throws -> AttachmentReference {
    try attachOpen(Array(text.utf8), mediaType: "text/plain")
  }

  /// The content of an open attachment, or `nil` when it is not here.
  package func openContent(_ reference: AttachmentReference) throws -> [UInt8]? {
    guard reference.disclosure == .open,
      let bytes = try ledger.attachment(reference.sha256), bytes.count >= Self.saltSize
    else { return nil }
    return Array(bytes[Self.saltSize...])
  }

  /// What a sealed attachment is bound to: ledger ‖ event kind ‖ field.
  static func associatedData(_ ledger: EventID, _ kind: Kind, _ field: String) -> [UInt8] {
    ledger.digest.bytes + Array(kind.rawValue.utf8) + Array(field.utf8)
  }

  /// Stores `content` encrypted under a fresh data key, which lies among the secrets.
  package func attachSealed(
    _ content: [UInt8], mediaType: String, kind: Kind, field: String, secrets: SecretDirectory
  ) throws -> AttachmentReference {
    guard let ledgerID = try ledger.state.ledger else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    let dataKey = try Random.bytes(32)
    guard let cipher = AES256GCM(key: dataKey) else { throw CryptoFailure.notAuthentic }
    let sealed = try cipher.seal(
      content, associated: Self.associatedData(ledgerID, kind, field))
    let digest = try put(sealed)
    try put(secret: dataKey, as: SecretDirectory.attachmentName(digest), in: secrets)
    return AttachmentReference(
      sha256: digest, size: UInt64(sealed.count), mediaType: mediaType, disclosure: .sealed)
  }

  /// Commits to `keys` under a fresh secret; the members stay here, sealed.
  ///
  /// The stored bytes hold the secret ‖ the member file; their data key lies among the secrets.
  package func sealSet(
    _ keys: [Digest], kind: Kind, secrets: SecretDirectory
  ) throws -> SetReference {
    let secret = try Random.bytes(32)
    let members = EntrySet(keys)
    return SetReference(
      root: members.sealed(under: HMAC256(key: secret)).root.root,
      keys: UInt64(members.count), disclosure: .sealed,
      members: try attachSealed(
        secret + members.file, mediaType: "application/vnd.winnow.set", kind: kind, field: "set",
        secrets: secrets))
  }

  /// The most bytes of an attachment that is read into memory: 4 GiB.
  static let maximumAttachment = 4 << 30

  /// The members of a set that an event committed to, checked against its root.
  package func members(
    of reference: SetReference, event: AdmittedEvent, secrets: SecretDirectory
  ) throws -> [Digest] {
    guard let attachment = reference.members, let ledgerID = try ledger.state.ledger,
      let dataKey = try secrets.get(SecretDirectory.attachmentName(attachment.sha256)),
      let cipher = AES256GCM(key: dataKey)
    else { throw WorkflowFailure.membersSealed(event.sequence) }
    guard
      let stored = try ledger.attachment(
        attachment.sha256, maxBytes: Self.maximumAttachment)
    else {
      throw WorkflowFailure.memberMissing(event.sequence)
    }
    let kind = event.statement.body.kind
    let plain = try cipher.open(
      stored, associated: Self.associatedData(ledgerID, kind, "set"))
    guard plain.count >= 32 else { throw WorkflowFailure.memberMissing(event.sequence) }
    let set = try EntrySet(file: Array(plain[32...]))
    let secret = HMAC256(key: Array(plain[..<32]))
    guard set.sealed(under: secret).root.root == reference.root else {
      throw WorkflowFailure.memberMissing(event.sequence)
    }
    return set.members
  }
}
